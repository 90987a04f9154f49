namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>How a device frames its messages.</summary>
public sealed record FrameSettings
{
    /// <summary>The longest message unless told otherwise: scanners send 200 characters at most, Open Protocol's longest result half of it.</summary>
    public const int UsualBytesMax = 512;

    public FrameKind Kind { get; init; } = FrameKind.Line;

    /// <summary>What ends a line; empty: CR, LF or both, and empty lines are no messages.</summary>
    public IReadOnlyList<byte> Terminator { get; init; } = [];

    /// <summary>Longest line or STX body; what is longer is noise or another protocol, and is dropped.</summary>
    public int BytesMax { get; init; } = UsualBytesMax;

    public BlockCheck BlockCheck { get; init; } = BlockCheck.Xor;

    /// <summary>The bytes that every fixed frame begins with.</summary>
    public IReadOnlyList<byte> Sync { get; init; } = [];

    /// <summary>All bytes of a fixed frame, sync and CRC included.</summary>
    public int Length { get; init; }

    /// <summary>A fixed frame ends with a CRC-16/MODBUS over all after the sync bytes, low byte first.</summary>
    public bool Crc { get; init; } = true;
}
