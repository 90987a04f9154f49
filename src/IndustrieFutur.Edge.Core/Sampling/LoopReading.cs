using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>What a loop's gauges showed at one moment, or between two.</summary>
/// <param name="MonoNanos">When they were read.</param>
/// <param name="SpanNanos">How long a time they cover; 0: since the loop began.</param>
/// <param name="Ticks">Ticks run.</param>
/// <param name="Missed">Deadlines that passed unserved.</param>
/// <param name="Collections">Garbage collections of the process that samples.</param>
/// <param name="WakeUp">From a deadline to the moment when the thread runs.</param>
/// <param name="TickDuration">How long the work of a tick takes.</param>
/// <param name="ArrivalToTick">From a sample's arrival to the tick that takes it.</param>
/// <param name="TickToSpool">From a tick to the moment when the spool has its samples.</param>
public sealed record LoopReading(
    long MonoNanos,
    long SpanNanos,
    long Ticks,
    long Missed,
    long Collections,
    HistogramSnapshot WakeUp,
    HistogramSnapshot TickDuration,
    HistogramSnapshot ArrivalToTick,
    HistogramSnapshot TickToSpool)
{
    /// <summary>Reads the gauges as they are. Allocates: not for hot threads.</summary>
    public static LoopReading Of(LoopGauges gauges, long monoNow)
    {
        ArgumentNullException.ThrowIfNull(gauges);
        return new LoopReading(
            monoNow,
            0,
            gauges.Ticks,
            gauges.Missed,
            gauges.Collections,
            HistogramSnapshot.Of(gauges.WakeUp),
            HistogramSnapshot.Of(gauges.TickDuration),
            HistogramSnapshot.Of(gauges.ArrivalToTick),
            HistogramSnapshot.Of(gauges.TickToSpool));
    }

    /// <summary>What happened after an earlier reading. A process that began anew counts its collections from 0 again: then all of them are new.</summary>
    public LoopReading Since(LoopReading earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new LoopReading(
            MonoNanos,
            MonoNanos - earlier.MonoNanos,
            Ticks - earlier.Ticks,
            Missed - earlier.Missed,
            Collections >= earlier.Collections ? Collections - earlier.Collections : Collections,
            WakeUp.Since(earlier.WakeUp),
            TickDuration.Since(earlier.TickDuration),
            ArrivalToTick.Since(earlier.ArrivalToTick),
            TickToSpool.Since(earlier.TickToSpool));
    }
}
