using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>The five numbers of a Hello and of an Acknowledge (OPC UA Part 6, 7.1.2.3 and 7.1.2.4).</summary>
public readonly record struct BufferOffer(
    uint ProtocolVersion, uint ReceiveBufferBytes, uint SendBufferBytes, uint MessageBytesMax, uint ChunksMax)
{
    /// <summary>The only version there is.</summary>
    public const uint Version = 0;

    /// <summary>Ours, for a Hello.</summary>
    public static BufferOffer Of(ChannelLimits limits) => new(
        Version, (uint)limits.ReceiveBufferBytes, (uint)limits.SendBufferBytes, (uint)limits.MessageBytesMax, (uint)limits.ChunksMax);

    /// <summary>Ours, for an Acknowledge: never more than the client asked for.</summary>
    public BufferOffer Answer(ChannelLimits limits)
    {
        var ours = Of(limits);
        return ours with
        {
            ReceiveBufferBytes = Math.Min(ours.ReceiveBufferBytes, SendBufferBytes),
            SendBufferBytes = Math.Min(ours.SendBufferBytes, ReceiveBufferBytes),
        };
    }

    public static BufferOffer Read(ref UaReader reader) =>
        new(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());

    public void Write(ref UaWriter writer)
    {
        writer.WriteUInt32(ProtocolVersion);
        writer.WriteUInt32(ReceiveBufferBytes);
        writer.WriteUInt32(SendBufferBytes);
        writer.WriteUInt32(MessageBytesMax);
        writer.WriteUInt32(ChunksMax);
    }
}
