using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What the stages need to know of one signal, flat: no name, no reference, found by the signal's index. Two cache lines, which are fetched as a pair.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SignalRule
{
    /// <summary>How the driver's bits are to be read.</summary>
    public ValueKind RawKind;

    /// <summary>How the bits are to be read after the stages.</summary>
    public ValueKind Kind;

    public bool Scaled;
    public double Scale;
    public double Offset;

    public bool Ranged;
    public bool RangeDrops;
    public double Low;
    public double High;

    public bool Rated;
    public bool RateDrops;
    public double RateLimit;

    /// <summary>Seen and never sent.</summary>
    public bool Unsent;

    /// <summary>The signal's swinging door; -1 for none.</summary>
    public int Door;

    /// <summary>Negative: every sample passes. Zero: every change passes.</summary>
    public double Deadband;

    /// <summary>A value inside the deadband passes all the same when the last one sent is this old. Zero: never.</summary>
    public long HeartbeatNanos;

    /// <summary>No sample for so long: the last value is marked. Zero: never.</summary>
    public long StaleNanos;

    /// <param name="plan">The signal.</param>
    /// <param name="door">Its swinging door; -1 for none.</param>
    public static SignalRule Of(SignalPlan plan, int door) => new()
    {
        RawKind = plan.RawKind,
        Kind = plan.Kind,
        Scaled = plan.IsScaled,
        Scale = plan.Scale,
        Offset = plan.Offset,
        Ranged = plan.Low is not null || plan.High is not null,
        RangeDrops = plan.RangeDrops,
        Low = plan.Low ?? double.NegativeInfinity,
        High = plan.High ?? double.PositiveInfinity,
        Rated = plan.RateLimit is not null && plan.Kind is not (ValueKind.Text or ValueKind.Boolean),
        RateDrops = plan.RateDrops,
        RateLimit = plan.RateLimit ?? 0,
        Unsent = plan.IsUnsent,
        Door = door,
        Deadband = plan.Deadband ?? -1,
        HeartbeatNanos = plan.HeartbeatNanos,
        StaleNanos = plan.StaleNanos,
    };
}
