namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>How much one side of a connection takes and gives; both sides tell theirs, and the lower ones hold.</summary>
public sealed record ChannelLimits
{
    /// <summary>No smaller buffer may be agreed (OPC UA Part 6, 7.1.2.3).</summary>
    public const int BufferBytesMin = 8_192;

    /// <summary>Largest chunk taken. Asked for in the Hello, or some servers send single chunks of 150 kB and more.</summary>
    public int ReceiveBufferBytes { get; init; } = 65_536;

    /// <summary>Largest chunk sent.</summary>
    public int SendBufferBytes { get; init; } = 65_536;

    /// <summary>Largest message, in both directions: a browse of ten thousand references or a read of as many values fits four times.</summary>
    public int MessageBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most chunks of one message: the largest message in the smallest chunks that may be agreed, and some for what is around them.</summary>
    public int ChunksMax { get; init; } = 2_100;
}
