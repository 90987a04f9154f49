namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>One sample as it came out of a payload.</summary>
public readonly ref struct TelemetryMetric
{
    internal TelemetryMetric(uint alias, long sourceUtcNanos, TelemetryKind kind, bool isNull, long bits, ReadOnlySpan<byte> text, uint status)
    {
        Alias = alias;
        SourceUtcNanos = sourceUtcNanos;
        Kind = kind;
        IsNull = isNull;
        Bits = bits;
        Text = text;
        Status = status;
    }

    /// <summary>The signal's number in the plan.</summary>
    public uint Alias { get; }

    public long SourceUtcNanos { get; }

    /// <summary>As on the wire, where signed and unsigned integers look alike (<see cref="TelemetryKind.Int64"/>): the plan knows which it is.</summary>
    public TelemetryKind Kind { get; }

    /// <summary>A Bad sample: there is no value.</summary>
    public bool IsNull { get; }

    public long Bits { get; }

    /// <summary>UTF-8 when it is a text; it lives as long as the payload.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>OPC UA StatusCode, raw.</summary>
    public uint Status { get; }
}
