using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The cell of the throughput: ten devices of a hundred measured values each.</summary>
internal static class ThroughputPlan
{
    public const int Devices = 10;
    public const int SignalsPerDevice = 100;
    public const string Historian = "h1";

    public static CellPlan Make()
    {
        var signals = Enumerable.Range(0, Devices * SignalsPerDevice)
            .Select(index => new SignalPlan { Index = index, Id = $"s{index}", Device = $"d{index / SignalsPerDevice}", RawKind = ValueKind.Float64 })
            .ToArray();
        return new CellPlan
        {
            Group = "bench",
            Edge = "edge1",
            Devices = [.. Enumerable.Range(0, Devices).Select(device => new DevicePlan
            {
                Id = $"d{device}",
                Driver = "modbus",
                Index = device,
                Signals = signals[(device * SignalsPerDevice)..((device + 1) * SignalsPerDevice)],
            })],
            Signals = signals,
            Hash = 0x7_1234,
        };
    }
}
