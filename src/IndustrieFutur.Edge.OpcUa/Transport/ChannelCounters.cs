namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>What has gone over one connection. Written by its thread; whoever else reads it sees it a little later.</summary>
public sealed class ChannelCounters
{
    public long BytesReceived { get; internal set; }

    public long BytesSent { get; internal set; }

    public long ChunksReceived { get; internal set; }

    public long ChunksSent { get; internal set; }

    public long MessagesReceived { get; internal set; }

    public long MessagesSent { get; internal set; }

    /// <summary>Tokens that followed the first one.</summary>
    public long Renewals { get; internal set; }
}
