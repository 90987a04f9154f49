namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>What a CONNECT asked for.</summary>
/// <param name="Level">The protocol level: 4 is MQTT 3.1.1, 5 is 5.</param>
/// <param name="Flags">The connect flags (MQTT 5, 3.1.2.3).</param>
/// <param name="SessionExpirySeconds">Version 5 only.</param>
internal sealed record ScriptedConnect(byte Level, byte Flags, uint SessionExpirySeconds)
{
    public bool IsCleanStart => (Flags & 0x02) != 0;

    /// <summary>A will that is retained, with QoS 1.</summary>
    public bool HasRetainedWill => (Flags & 0x3C) == 0x2C;
}
