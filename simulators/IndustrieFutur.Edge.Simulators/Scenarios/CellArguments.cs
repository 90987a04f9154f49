using IndustrieFutur.Edge.Simulators.Arguments;
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

    /// <summary>Null with a sentence when something is not understood, or does nothing.</summary>
    public static CellArguments? Parse(ReadOnlySpan<string> words, out string error)
    {
        var parsed = new CellArguments();
        var opcUa = new UaArguments(isOn: false);
        var options = new OptionList(
        [
            .. opcUa.Options,
            Option.Text("--scenario", "a scenario's file, or its name in config/scenarios", name => parsed = parsed with { Scenario = name }),
            Option.Text("--journal", "the path of a file", file => parsed = parsed with { JournalFile = file }),
            Option.Speed(speed => parsed = parsed with { Speed = speed }),
            Option.Text("--for", "a time from 2ms to 60m, such as 60s, 1.5s or 2m", time => parsed = parsed with { Ticks = TicksOf(time) }, static time => TicksOf(time) > 0),
            .. OfCell(change => parsed = parsed with { Settings = change(parsed.Settings) }),
        ]);

        error = options.Read(words);
        if (error.Length == 0)
        {
            error = parsed.Scenario is not null && parsed.Ticks is not null
                ? "--for: a scenario has its own length; leave it out, or change \"for\" in the scenario"
                : opcUa.MistakeIn(options);
        }

        return error.Length > 0 ? null : parsed with { Settings = parsed.Settings with { CobotOpcUa = opcUa.Settings } };
    }

    private static IEnumerable<Option> OfCell(Action<Func<CellSettings, CellSettings>> set) =>
    [
        Option.Number("--seed", 0, int.MaxValue, seed => set(cell => cell with { Seed = seed })),
        Option.Text("--ptys", "the path of a folder", folder => set(cell => cell with { PtyFolder = folder })),
        Option.Port("--rtde", port => set(cell => cell with { RtdePort = port })),
        Option.Port("--dashboard", port => set(cell => cell with { DashboardPort = port })),
        Option.Port("--cobot-modbus", port => set(cell => cell with { CobotModbusPort = port })),
        Option.Port("--plc-modbus", port => set(cell => cell with { PlcModbusPort = port })),
        Option.Port("--torque", port => set(cell => cell with { TorquePort = port })),
    ];

    /// <summary>0 when it is no time, or less than a tick.</summary>
    private static long TicksOf(string time) => ScenarioTime.TryParse(time, out var nanos) ? nanos / SimulatedTime.NanosPerTick : 0;
}
