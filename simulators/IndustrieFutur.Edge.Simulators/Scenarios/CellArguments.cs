using System.Globalization;
using System.Net;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>The command line of <c>cell-sim cell</c>.</summary>
internal sealed record CellArguments
{
    public const string Usage =
        """
        usage: cell-sim cell [--scenario NAME|FILE] [--seed N] [--speed X] [--for 60s] [--journal FILE] [--ptys FOLDER]
                             [--opcua [ADDRESS:]PORT] [--rtde PORT] [--dashboard PORT] [--cobot-modbus PORT] [--plc-modbus PORT] [--torque PORT]
          --scenario X      lets a scenario happen: a file, or a name in config/scenarios; it ends with it, and judges the cell's journal
          --seed N          which day of the cell (the same number gives the same day); without it 7, on which nothing goes wrong by chance
                            in the first half minute; on another day a scenario may be missed because more goes wrong than it says
          --speed X         times the wall's pace, 0.1 to 20; without it the scenario's own, else 1
          --for 60s         ends after so long of the cell's time (a scenario has its own length)
          --journal FILE    what happened, a line each: the same bytes for the same seed and scenario
          --ptys FOLDER     links to the pseudo-terminals of PLC, gripper, scale and scanner; without it in a folder of its own below the temporary one
          --opcua PORT      the cobot serves OPC UA too; some scenarios are about that
          --rtde PORT ...   where the servers listen, on loopback; any free port without it
        """
        + "\n" + UaArguments.Usage;

    /// <summary>A day on which nothing goes wrong by chance in the first half minute: a scenario's faults are alone.</summary>
    public const int QuietSeed = 7;

    public string? Scenario { get; init; }

    public string? JournalFile { get; init; }

    /// <summary>Null: the scenario's own.</summary>
    public double? Speed { get; init; }

    /// <summary>How long it runs, in ticks; null: until it is told to stop.</summary>
    public long? Ticks { get; init; }

    public CellSettings Settings { get; init; } = new() { Seed = QuietSeed };

    /// <summary>Null with a sentence when something is not understood.</summary>
    public static CellArguments? Parse(ReadOnlySpan<string> arguments, out string error)
    {
        var parsed = new CellArguments();
        var opcUa = new UaArguments(isOn: false);
        error = "";
        while (!arguments.IsEmpty)
        {
            if (opcUa.TryTake(ref arguments))
            {
                continue;
            }

            if (arguments.Length < 2)
            {
                error = $"{arguments[0]}: not known, or its value is missing";
                return null;
            }

            if (parsed.With(arguments[0], arguments[1]) is not { } next)
            {
                error = $"{arguments[0]} {arguments[1]}: not known, or no value for it";
                return null;
            }

            parsed = next;
            arguments = arguments[2..];
        }

        error = parsed.Scenario is not null && parsed.Ticks is not null
            ? "--for: a scenario has its own length; leave it out, or change \"for\" in the scenario"
            : opcUa.Mistake;
        return error.Length > 0 ? null : parsed with { Settings = parsed.Settings with { CobotOpcUa = opcUa.Settings } };
    }

    private CellArguments? With(string key, string value) => key switch
    {
        "--scenario" => this with { Scenario = value },
        "--journal" => this with { JournalFile = value },
        "--speed" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.1 and <= 20 => this with { Speed = speed },
        "--for" when ScenarioTime.TryParse(value, out var nanos) && nanos >= SimulatedTime.NanosPerTick => this with { Ticks = nanos / SimulatedTime.NanosPerTick },
        _ => Set(key, value) is { } settings ? this with { Settings = settings } : null,
    };

    private CellSettings? Set(string key, string value) => key switch
    {
        "--seed" when Number(value, int.MaxValue) is { } seed => Settings with { Seed = seed },
        "--ptys" => Settings with { PtyFolder = value },
        "--rtde" when Port(value) is { } port => Settings with { RtdePort = port },
        "--dashboard" when Port(value) is { } port => Settings with { DashboardPort = port },
        "--cobot-modbus" when Port(value) is { } port => Settings with { CobotModbusPort = port },
        "--plc-modbus" when Port(value) is { } port => Settings with { PlcModbusPort = port },
        "--torque" when Port(value) is { } port => Settings with { TorquePort = port },
        _ => null,
    };

    private static int? Port(string value) => Number(value, IPEndPoint.MaxPort);

    private static int? Number(string value, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;
}
