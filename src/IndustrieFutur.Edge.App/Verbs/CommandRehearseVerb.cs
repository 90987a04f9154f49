using System.CommandLine;
using System.Globalization;
using System.Net;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>
/// <c>ifedge commands rehearse</c>: gives every command of a configuration to the simulated cell. What was confirmed there, all of it, may be armed on the
/// machine that has the same set.
/// </summary>
internal static class CommandRehearseVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var target = new Option<string?>("--for") { Description = "The configuration whose data folder gets the record; without it the same. It must have the same set of commands." };
        var command = new Command("rehearse", "Give every command once to the simulated cell, and write down that all were confirmed; only then the set can be armed.") { file, target };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new VerbFailedException(ExitCode.FoundProblems, "the simulated cell needs pseudo-terminals, which only Linux has; rehearse there");
            }

            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var written = ConfigurationFile.Load(parsed.GetValue(file), error);
            var record = parsed.GetValue(target) is { } other ? ConfigurationFile.Load(other, error) : written;
            return RunAsync(written, record, output, error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(EdgeConfiguration written, EdgeConfiguration record, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        Check(written, record);
        using var folder = new DemoFolder();
        var data = Path.Combine(folder.Path, "data");
        var trust = new DemoTrust(data);
        trust.Prepare();
        using var simulated = Open(folder.Path, trust.CobotFolder);
        var missing = SimulatedPlaces.Missing(written.Options, simulated).ToArray();
        if (missing.Length > 0)
        {
            throw new VerbFailedException(
                ExitCode.RefusedByRule, $"no simulator stands for {string.Join(", ", missing)}, so nothing was rehearsed; the simulated cell has the devices of config/demo.json, by their ids and drivers");
        }

        trust.Establish(written.Options.Edge, written.Options.Devices.GetValueOrDefault(SimulatedPlaces.OpcUaDevice) as OpcUaOptions);
        var overrides = SimulatedPlaces.Of(written.Options, simulated);
        overrides["IFEDGE__data"] = data;
        overrides["IFEDGE__commands__enabled"] = "true";
        var configuration = EdgeConfiguration.Load(written.File, DriverCatalog.All, overrides).Configuration
            ?? throw new VerbFailedException(ExitCode.ConfigurationInvalid, $"{written.File} cannot be read with the places of the simulated cell: its devices are linked in another way than those of config/demo.json; rehearse a copy of it whose devices are linked as there, and add --for {written.File}");
        _ = simulated.Cobot.Pendant.SetRemoteControl(true);
        simulated.Start();
        using var cell = new RehearsalCell(configuration, TimeProvider.System);
        cell.Start();
        await error.WriteLineAsync($"Répétition sur la cellule simulée / rehearsal on the simulated cell: {configuration.Plan.Commands.Count} commandes/commands");
        var results = await new Rehearsal(cell, configuration.Plan, TimeProvider.System).RunAsync(result => output.WriteLine(Line(result)), cancellationToken);
        return Judge(results, configuration.Plan.CommandsHash, record, output);
    }

    /// <summary>A rehearsal of another set would say nothing of this one.</summary>
    private static void Check(EdgeConfiguration written, EdgeConfiguration record)
    {
        if (written.Plan.Commands.Count == 0)
        {
            throw new VerbFailedException(ExitCode.RefusedByRule, $"{written.File} declares no commands, so there is nothing to rehearse");
        }

        if (written.Plan.CommandsHash != record.Plan.CommandsHash)
        {
            throw new VerbFailedException(
                ExitCode.RefusedByRule,
                $"{record.File} has another set of commands than {written.File}; the two may differ in the addresses of devices, not in commands, targets, reactions, or the signals that these rest on");
        }
    }

    private static CellSimulator Open(string folder, string cobotFolder)
    {
        try
        {
            return new CellSimulator(new CellSettings
            {
                PtyFolder = folder,
                MinutesBetweenProtectiveStops = 0,
                CobotOpcUa = new UaDeviceSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), DataFolder = cobotFolder },
            });
        }
        catch (LinkBrokenException cause)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, $"the simulated cell cannot be opened, so nothing was rehearsed. {cause.Message}");
        }
    }

    private static int Judge(IReadOnlyList<RehearsalResult> results, ulong hash, EdgeConfiguration record, TextWriter output)
    {
        var failed = results.Count(result => !result.IsConfirmed);
        if (failed > 0)
        {
            output.WriteLine($"{failed} of {results.Count} were not confirmed: the set is not rehearsed, and nothing was written down.");
            return ExitCode.FoundProblems;
        }

        try
        {
            Directory.CreateDirectory(record.DataDirectory);
            new ArmingFile(record.DataDirectory).Rehearsed(hash, Environment.UserName);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, $"all {results.Count} were confirmed, and {record.DataDirectory} takes no record of it ({cause.Message}); run this as the service's user");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All {results.Count} were confirmed. The set {hash:x16} is rehearsed ({record.DataDirectory}); an integrator arms it: ifedge commands arm --config {record.File} --user ..."));
        return ExitCode.Done;
    }

    private static string Line(RehearsalResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"  {(result.IsConfirmed ? "✓" : "✕")} {result.Name}  {result.Millis} ms  {result.Text}");
}
