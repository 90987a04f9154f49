using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A plan of two devices with a number and a text each: the stream "first" keeps its oldest samples, "last" its newest.</summary>
internal static class TwoStreams
{
    public static CellPlan Plan()
    {
        var signals = new List<SignalPlan>();
        var devices = new List<DevicePlan>();
        foreach (var (id, drop) in new[] { ("first", DropPolicy.Newest), ("last", DropPolicy.Oldest) })
        {
            SignalPlan[] own = [
                new SignalPlan { Index = signals.Count, Id = "number", Device = id, RawKind = ValueKind.Float64, TextBytes = 0 },
                new SignalPlan { Index = signals.Count + 1, Id = "text", Device = id, RawKind = ValueKind.Text, TextBytes = 16 }];
            signals.AddRange(own);
            devices.Add(new DevicePlan { Id = id, Driver = "modbus", Index = devices.Count, Drop = drop, Signals = own });
        }

        return new CellPlan { Group = "g", Edge = "e", Devices = devices, Signals = signals, Hash = 1, TextBytesMax = 16 };
    }
}
