using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian;

/// <summary>A sample as the embedded store has it.</summary>
/// <param name="HasValue">False for a Bad sample.</param>
/// <param name="Bits">A double, an integer or a boolean by its kind.</param>
/// <param name="Text">The value of a text; empty otherwise.</param>
/// <param name="Status">OPC UA StatusCode, raw.</param>
public readonly record struct StoredSample(long SourceUtcNanos, TelemetryKind Kind, bool HasValue, long Bits, string Text, uint Status)
{
    /// <summary>The value of any number as a double; NaN when there is none, or it is a text.</summary>
    public double AsDouble => !HasValue ? double.NaN : Kind switch
    {
        TelemetryKind.Float64 => BitConverter.Int64BitsToDouble(Bits),
        TelemetryKind.UInt64 => (ulong)Bits,
        TelemetryKind.Text => double.NaN,
        _ => Bits,
    };
}
