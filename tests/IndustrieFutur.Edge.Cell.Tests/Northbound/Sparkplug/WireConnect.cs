namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>A CONNECT with a will, field by field (MQTT 3.1.1 and 5, 3.1).</summary>
/// <param name="Version">4 is 3.1.1.</param>
/// <param name="Flags">Connect flags: 2 clean, 4 will, 8 and 16 its QoS, 32 its retain.</param>
/// <param name="SessionExpiry">Seconds; of version 5 alone.</param>
/// <param name="WillTopic">Where the broker publishes the will.</param>
/// <param name="Will">What it publishes.</param>
internal sealed record WireConnect(int Version, int Flags, uint SessionExpiry, string WillTopic, byte[] Will)
{
    public bool IsClean => (Flags & 2) != 0;

    public bool HasWill => (Flags & 4) != 0;

    public int WillQoS => (Flags >> 3) & 3;

    public bool IsWillRetained => (Flags & 32) != 0;
}
