using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A small plan: one device with a number and a text.</summary>
internal static class TestPlan
{
    public const int Number = 0;
    public const int Text = 1;

    public static CellPlan Make(string removed = "", DropPolicy drop = DropPolicy.Oldest)
    {
        var signals = new List<SignalPlan>();
        foreach (var (id, kind) in new[] { ("number", ValueKind.Float64), ("text", ValueKind.Text) })
        {
            if (id != removed)
            {
                signals.Add(new SignalPlan { Index = signals.Count, Id = id, Device = "plc", RawKind = kind, TextBytes = kind == ValueKind.Text ? 16 : 0 });
            }
        }

        return new CellPlan
        {
            Group = "g",
            Edge = "e",
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Drop = drop, Signals = signals }],
            Signals = signals,
            Hash = 0x1234,
            TextBytesMax = 16,
        };
    }
}
