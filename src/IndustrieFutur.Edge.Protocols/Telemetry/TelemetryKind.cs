namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>How the 64 bits of a sample are to be read; the same numbers as Core's <c>ValueKind</c>.</summary>
public enum TelemetryKind : byte
{
    Float64 = 0,
    Int64 = 1,
    UInt64 = 2,
    Boolean = 3,
    Text = 4,
}
