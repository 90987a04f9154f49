using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Derived;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>Makes the immutable plan of a checked configuration: devices and signals numbered in the order of the file.</summary>
internal static class PlanBuilder
{
    private const int FreshReadings = 3;

    /// <summary>A tick and a busy machine hold a value for so long, whatever its interval is.</summary>
    private const long FreshLeastNanos = 250_000_000;

    public static CellPlan Build(EdgeOptions options)
    {
        var devices = new List<DevicePlan>();
        var signals = new List<SignalPlan>();
        var planner = new DerivedPlanner(options);
        var derived = planner.Plan(new Mistakes());
        var commands = new CommandPlanner(options, planner, derived).Plan(new Mistakes());
        foreach (var (id, device) in options.Devices)
        {
            var own = device.Entries().Select((entry, place) => Signal(signals.Count + place, id, device, entry, derived)).ToList();
            var drop = device.SpoolDrop ?? options.Spool.Drop;
            devices.Add(new DevicePlan { Id = id, Driver = device.Driver, Index = devices.Count, Drop = drop, Signals = own });
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
            Commands = commands.Commands,
            Conditions = commands.Conditions,
            SafetySignals = commands.SafetySignals,
            Reactions = commands.Reactions,
            CommandsHash = commands.Hash,
        };
    }

    private static SignalPlan Signal(int index, string device, DeviceOptions of, SignalEntry entry, IReadOnlyDictionary<int, PlannedSignal> derived)
    {
        var options = entry.Options;
        var made = derived.GetValueOrDefault(index);
        var kind = made?.Kind ?? options.RawKind;
        var deadband = options.Deadband ?? (options as DerivedSignalOptions)?.UsualDeadband;
        return new SignalPlan
        {
            Index = index,
            Id = entry.Id,
            Device = device,
            RawKind = kind,
            Interval = entry.Interval,
            FreshNanos = of.IsRead ? FreshNanos(entry.Interval) : 0,
            Scale = options.Scale,
            Offset = options.Offset,
            Unit = options.Unit,
            NameFr = options.Name?.Fr ?? "",
            NameEn = options.Name?.En ?? "",
            Low = options.Range?.Low,
            High = options.Range?.High,
            RangeDrops = options.Range?.Drop ?? false,
            RateLimit = options.RateOfChange?.PerSecond,
            RateDrops = options.RateOfChange?.Drop ?? false,
            Deadband = deadband?.Absolute ?? (deadband?.Percent / 100 * (options.Range?.High - options.Range?.Low)),
            HeartbeatNanos = deadband is null ? 0 : Nanos(deadband.Heartbeat),
            DoorDeviation = options.SwingingDoor?.Deviation,
            DoorLongestNanos = options.SwingingDoor is { } door ? Nanos(door.Longest) : 0,
            IsUnsent = !options.Publish,
            StaleNanos = options.StaleAfter is { } stale ? Nanos(stale) : 0,
            TextBytes = kind == ValueKind.Text ? options.TextBytes : 0,
            Derived = made?.Plan,
        };
    }

    /// <summary>One reading may come late, and one may fail; what comes by itself is as fresh as its link.</summary>
    private static long FreshNanos(TimeSpan interval) => interval == TimeSpan.Zero ? 0 : Math.Max(FreshReadings * Nanos(interval), FreshLeastNanos);

    private static long Nanos(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;
}
