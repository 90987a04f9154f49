using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>What holds on one connection after Hello and Acknowledge (OPC UA Part 6, 7.1.2.3 and 7.1.2.4).</summary>
internal sealed record NegotiatedLimits(
    int ReceiveChunkBytes, int ReceiveMessageBytesMax, int ReceiveChunksMax, int SendChunkBytes, int SendMessageBytesMax, int SendChunksMax)
{
    /// <summary>Both sides alike: the peer's receive buffer bounds what we send, and its 0 means that it sets no limit.</summary>
    public static NegotiatedLimits Of(ChannelLimits ours, in BufferOffer peer)
    {
        if (peer.ReceiveBufferBytes < ChannelLimits.BufferBytesMin || peer.SendBufferBytes < ChannelLimits.BufferBytesMin)
        {
            throw new UaException(
                StatusCodes.BadConnectionRejected,
                $"The peer offers buffers of {peer.ReceiveBufferBytes} and {peer.SendBufferBytes} bytes; OPC UA asks for {ChannelLimits.BufferBytesMin} at least. The connection is closed.");
        }

        return new NegotiatedLimits(
            ours.ReceiveBufferBytes,
            ours.MessageBytesMax,
            ours.ChunksMax,
            Lower(ours.SendBufferBytes, peer.ReceiveBufferBytes),
            Lower(ours.MessageBytesMax, peer.MessageBytesMax),
            Lower(ours.ChunksMax, peer.ChunksMax));
    }

    private static int Lower(int ours, uint theirs) => theirs == 0 ? ours : (int)Math.Min((uint)ours, theirs);
}
