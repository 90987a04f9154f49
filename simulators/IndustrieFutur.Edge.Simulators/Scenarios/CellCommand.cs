using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary><c>cell-sim cell</c>: the whole cell, until it is told to stop, for a time, or through a scenario whose word it is held to.</summary>
internal sealed class CellCommand(CellArguments arguments, TextWriter output, TextWriter errors) : IDisposable
{
    private const int Held = 0;
    private const int Missed = 1;
    private const int WrongUsage = 2;
    private const int WrongScenario = 3;
    private const int CannotOpen = 4;
    private const int Interrupted = 130;

    private readonly CancellationTokenSource _stop = new();

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        if (CellArguments.Parse(arguments, out var error) is { } parsed)
        {
            using var command = new CellCommand(parsed, output, errors);
            return command.Run();
        }

        errors.WriteLine($"cell-sim cell: {error}\n{CellArguments.Usage}");
        return WrongUsage;
    }

    public void Dispose() => _stop.Dispose();

    private int Run()
    {
        Scenario? scenario = null;
        if (arguments.Scenario is { } name && !Scenario.TryRead(Scenario.FileOf(name), out scenario, out var mistakes))
        {
            errors.WriteLine(string.Join('\n', mistakes));
            return WrongScenario;
        }

        if (scenario is { NeedsOpcUa: true } && arguments.Settings.CobotOpcUa is null)
        {
            errors.WriteLine($"cell-sim cell: the scenario {scenario.Name} is about the cobot's OPC UA server; add --opcua 4840, or another port");
            return WrongUsage;
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var folder = arguments.Settings.PtyFolder is null && OperatingSystem.IsLinux() ? Directory.CreateTempSubdirectory("cell-sim-").FullName : null;
        try
        {
            using var journal = arguments.JournalFile is { } file ? new StreamWriter(file, append: false, new UTF8Encoding(false)) { AutoFlush = true } : null;
            return Run(scenario, arguments.Settings with { PtyFolder = folder ?? arguments.Settings.PtyFolder, JournalTarget = journal });
        }
        catch (Exception cause) when (cause is LinkBrokenException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"cell-sim cell: {cause.Message}");
            return CannotOpen;
        }
        finally
        {
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private int Run(Scenario? scenario, CellSettings settings)
    {
        var speed = arguments.Speed ?? scenario?.Speed ?? 1;
        using var cell = scenario is null ? new CellSimulator(settings with { Speed = speed }) : scenario.Open(settings with { Speed = speed }, Warn);
        foreach (var place in cell.Places)
        {
            output.WriteLine(place);
        }

        if (scenario is not null)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"scenario {scenario.Name}, seed {settings.Seed}, {scenario.Ticks / (double)SimulatedTime.TicksPerSecond} s at {speed} times the wall's pace: {scenario.TitleEn}"));
        }

        cell.Start(scenario?.Ticks ?? arguments.Ticks ?? long.MaxValue);
        Wait(cell);
        return scenario is null ? Held : cell.Clock.Over.IsCancellationRequested ? Judge(scenario, cell) : Interrupted;
    }

    /// <summary>Until the cell is over or somebody stops it; meanwhile it tells when its clock loses time.</summary>
    private void Wait(CellSimulator cell)
    {
        var notice = new SlipNotice(() => cell.Slipped, errors, TimeProvider.System);
        while (!cell.WaitUntilOver(SlipNotice.LookEvery, _stop.Token))
        {
            notice.Look();
        }

        notice.Tell();
    }

    private int Judge(Scenario scenario, CellSimulator cell)
    {
        var missed = scenario.MissedBy(cell.Journal.Lines).ToList();
        foreach (var one in missed)
        {
            errors.WriteLine($"missed: {one}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.Name}: {cell.Journal.Lines.Count} lines in the journal, {scenario.Journal.Count - missed.Count} of {scenario.Journal.Count} expectations about the cell hold; {scenario.Edge.Count} about an edge are not looked at here"));
        return missed.Count == 0 ? Held : Missed;
    }

    /// <summary>What this program cannot do, said when it is due: somebody else must.</summary>
    private void Warn(ScenarioEvent one, bool isBeginning)
    {
        if (one.Kind.Device == CellFaults.Broker)
        {
            output.WriteLine(isBeginning ? "now: the edge's broker goes away; stop yours" : "now: the edge's broker comes back; start yours");
        }
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
    }
}
