using System.Diagnostics.Metrics;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>How well the sampling loop keeps its time, and how full its rings were, as instruments of the cell's meter.</summary>
internal static class LoopMetrics
{
    private static readonly (string Name, double Share)[] Quantiles = [("0.5", 0.5), ("0.9", 0.9), ("0.99", 0.99), ("0.999", 0.999), ("1", 1)];

    public static void AddTo(Meter meter, Cell cell)
    {
        meter.CreateObservableCounter("ifedge.sampling.ticks", () => cell.Ticks, "{tick}", "Ticks of the sampling loop.");
        meter.CreateObservableCounter("ifedge.sampling.missed_ticks", () => cell.MissedTicks, "{tick}", "Deadlines that passed unserved.");
        meter.CreateObservableCounter("ifedge.sampling.collections", () => cell.Links.Gauges.Collections, "{collection}", "Garbage collections of the process that samples.");
        meter.CreateObservableGauge("ifedge.sampler.isolated", () => cell.Sampler is null ? 0 : 1, null, "1: a process of its own samples.");
        meter.CreateObservableCounter("ifedge.sampler.restarts", () => cell.Sampler?.Restarts ?? 0, "{restart}", "Times that the isolated sampler had ended by itself and was started again.");
        meter.CreateObservableGauge("ifedge.sampling.latency", () => Latencies(cell), "ns", "Wake-up, tick, arrival to tick, tick to spool: by quantile, since the start and of the last minute.");
        meter.CreateObservableGauge("ifedge.reactions.latency", () => Latencies("start", "arrival_to_inbox", HistogramSnapshot.Of(cell.Links.Reactions.ArrivalToInbox)), "ns", "From the arrival of a sample that sets off a reaction to its order in the driver's inbox.");
        meter.CreateObservableCounter("ifedge.reactions.refused", () => cell.Links.Reactions.Refused, "{reaction}", "Reactions that found no room on the way to the gate.");
        meter.CreateObservableGauge("ifedge.sampling.privilege", () => LoopReport.Privileges(cell.Links.Gauges).Where(report => report.Asked).Select(Measure), null, "1: the kernel granted what was asked for.");
        meter.CreateObservableGauge("ifedge.rings.most_waiting", () => StatusReport.Rings(cell).Select(Measure), "{sample}", "The most samples that ever waited in a ring.");
    }

    private static IEnumerable<Measurement<long>> Latencies(Cell cell)
    {
        var (sinceStart, recent) = cell.Window.Read(MonoClock.NowNanos());
        return Latencies("start", sinceStart).Concat(Latencies("minute", recent));
    }

    private static IEnumerable<Measurement<long>> Latencies(string window, LoopReading reading) =>
        Latencies(window, "wake_up", reading.WakeUp)
            .Concat(Latencies(window, "tick", reading.TickDuration))
            .Concat(Latencies(window, "arrival_to_tick", reading.ArrivalToTick))
            .Concat(Latencies(window, "tick_to_spool", reading.TickToSpool));

    private static IEnumerable<Measurement<long>> Latencies(string window, string of, HistogramSnapshot histogram) =>
        Quantiles.Select(quantile => new Measurement<long>(
            histogram.PercentileNanos(quantile.Share), Tag("of", of), Tag("window", window), Tag("quantile", quantile.Name)));

    private static Measurement<long> Measure(PrivilegeReport report) => new(report.Granted ? 1 : 0, Tag("privilege", report.Privilege.ToString()));

    private static Measurement<long> Measure((string Name, SampleRing Ring) ring) => new(ring.Ring.MostWaiting, Tag("ring", ring.Name));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
