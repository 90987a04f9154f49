using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>One signal of the checked configuration. Immutable; its index is its name on the hot path.</summary>
public sealed record SignalPlan
{
    /// <summary>Place in the plan, from 0; also the alias in telemetry payloads.</summary>
    public required int Index { get; init; }

    /// <summary>The id the integrator gave it, unique within the cell's device.</summary>
    public required string Id { get; init; }

    public required string Device { get; init; }

    /// <summary>How the driver delivers it.</summary>
    public required ValueKind RawKind { get; init; }

    /// <summary>What is sent and stored: a double as soon as a scale or an offset is declared.</summary>
    public ValueKind Kind => IsScaled ? ValueKind.Float64 : RawKind;

    public bool IsScaled => RawKind is not (ValueKind.Text or ValueKind.Boolean) && (Scale != 1 || Offset != 0);

    /// <summary>How often the driver reads it; zero for a signal that comes by itself.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>
    /// A command believes a value of at most this age; 0 for a signal that is told only when it changes, or comes by itself: it is as fresh as its link.
    /// </summary>
    public long FreshNanos { get; init; }

    public double Scale { get; init; } = 1;

    public double Offset { get; init; }

    public string Unit { get; init; } = "";

    public string NameFr { get; init; } = "";

    public string NameEn { get; init; } = "";

    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>A value out of range is filtered instead of marked Uncertain.</summary>
    public bool RangeDrops { get; init; }

    /// <summary>The fastest change per second that is believed; null: any.</summary>
    public double? RateLimit { get; init; }

    /// <summary>A value that changes faster is filtered instead of marked Uncertain.</summary>
    public bool RateDrops { get; init; }

    /// <summary>In engineering units; null lets every sample pass, 0 every change.</summary>
    public double? Deadband { get; init; }

    public long HeartbeatNanos { get; init; }

    /// <summary>How far the line between two points that are sent may lie from what was measured; null: no swinging door.</summary>
    public double? DoorDeviation { get; init; }

    /// <summary>The longest time without a point.</summary>
    public long DoorLongestNanos { get; init; }

    /// <summary>Seen in the table of latest values and by derived signals, and never sent.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>How the stages make it; null for a signal of a device.</summary>
    public DerivedPlan? Derived { get; init; }

    public long StaleNanos { get; init; }

    /// <summary>Longest text in bytes; only for text.</summary>
    public int TextBytes { get; init; }
}
