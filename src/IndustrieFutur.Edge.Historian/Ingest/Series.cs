using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>One signal as a store knows it. There is one object for each, so that stores may remember it by reference.</summary>
internal sealed class Series(StreamKey stream, string signal, TelemetryKind kind, string unit)
{
    public StreamKey Stream { get; } = stream;

    public string Signal { get; } = signal;

    public TelemetryKind Kind { get; } = kind;

    public string Unit { get; } = unit;

    /// <summary>What each of its lines begins with.</summary>
    public byte[] LineKey { get; } = Protocols.LineProtocol.LineKey.Telemetry(stream.Cell, stream.Device, signal);

    public override string ToString() => $"{Stream}/{Signal}";
}
