using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Northbound.Commands;

/// <summary>A cell g/e of two devices: "speed" and "stop" of the plc, "play" of the robot.</summary>
internal static class CommandCell
{
    public static CellPlan Plan() => Plan(
        Command(0, "speed", 0) with { Parameters = [new ParameterPlan { Id = "speed" }], SparkplugSignal = 0 },
        Command(1, "stop", 0) with { Values = [0], IsStop = true, SparkplugSignal = 1 },
        Command(2, "play", 1) with { Level = 2, NeedsLease = true, SparkplugSignal = 2 });

    public static CellPlan Plan(params CommandPlan[] commands)
    {
        var (plc, cobot) = (Signals("plc", 0, ValueKind.Float64, ValueKind.Boolean), Signals("cobot", 2, ValueKind.Boolean, ValueKind.Int64, ValueKind.Text));
        return new CellPlan
        {
            Group = "g",
            Edge = "e",
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = plc }, new DevicePlan { Id = "cobot", Driver = "modbus", Index = 1, Signals = cobot }],
            Signals = [.. plc, .. cobot],
            Hash = 1,
            Commands = commands,
        };
    }

    public static CommandPlan Command(int index, string id, int device) =>
        new() { Index = index, Id = id, Device = device, Target = 0, TargetWords = id, Level = 1, EffectNanos = 1_000_000_000 };

    private static SignalPlan[] Signals(string device, int first, params ValueKind[] kinds) =>
        [.. kinds.Select((kind, place) => new SignalPlan { Index = first + place, Id = $"s{first + place}", Device = device, RawKind = kind })];
}
