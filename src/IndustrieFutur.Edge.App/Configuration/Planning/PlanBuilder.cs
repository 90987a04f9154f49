using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>Makes the immutable plan of a checked configuration: devices and signals numbered in the order of the file.</summary>
internal static class PlanBuilder
{
    public static CellPlan Build(EdgeOptions options)
    {
        var devices = new List<DevicePlan>();
        var signals = new List<SignalPlan>();
        foreach (var (id, device) in options.Devices)
        {
            var own = device.Entries().Select((entry, place) => Signal(signals.Count + place, id, entry)).ToList();
            devices.Add(new DevicePlan { Id = id, Driver = device.Driver, Index = devices.Count, Signals = own });
            signals.AddRange(own);
        }

        return new CellPlan
        {
            Group = options.Group,
            Edge = options.Edge,
            Devices = devices,
            Signals = signals,
            Hash = PlanHash.Of(options.Group, options.Edge, devices),
            TextBytesMax = signals.Max(signal => (int?)signal.TextBytes) ?? 0,
        };
    }

    private static SignalPlan Signal(int index, string device, SignalEntry entry)
    {
        var options = entry.Options;
        return new SignalPlan
        {
            Index = index,
            Id = entry.Id,
            Device = device,
            RawKind = options.RawKind,
            Interval = entry.Interval,
            Scale = options.Scale,
            Offset = options.Offset,
            Unit = options.Unit,
            NameFr = options.Name?.Fr ?? "",
            NameEn = options.Name?.En ?? "",
            Low = options.Range?.Low,
            High = options.Range?.High,
            RangeDrops = options.Range?.Drop ?? false,
            Deadband = options.Deadband?.Absolute,
            HeartbeatNanos = options.Deadband is { } deadband ? Nanos(deadband.Heartbeat) : 0,
            StaleNanos = options.StaleAfter is { } stale ? Nanos(stale) : 0,
            TextBytes = options.RawKind == ValueKind.Text ? options.TextBytes : 0,
        };
    }

    private static long Nanos(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;
}
