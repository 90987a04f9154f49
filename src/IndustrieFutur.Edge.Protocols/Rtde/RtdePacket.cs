namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>One packet where it lies in the buffer: valid until its reader reads on.</summary>
public readonly ref struct RtdePacket(RtdePacketType type, ReadOnlySpan<byte> payload)
{
    public RtdePacketType Type { get; } = type;

    /// <summary>What follows the type.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;
}
