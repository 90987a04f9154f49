using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Cuts a message into chunks and makes each what goes on the wire, in one buffer that is used for all of them.</summary>
internal sealed class ChunkWriter(NegotiatedLimits limits)
{
    private const int HeaderBytes = SymmetricKeys.ClearBytes + SymmetricKeys.SequenceBytes;

    private readonly byte[] _chunk = new byte[limits.SendChunkBytes];
    private SequenceNumbers _sequence;

    /// <summary>Also for the chunks that open and renew a channel: one row of numbers for all (OPC UA Part 6, 6.7.2.4).</summary>
    public uint NextSequenceNumber() => _sequence.Next();

    /// <summary>How large a message may be: the peer's limits of size and of chunks.</summary>
    public int MessageBytesMax(SymmetricKeys keys) =>
        (int)Math.Min(limits.SendMessageBytesMax, (long)keys.BodyBytesMax(limits.SendChunkBytes) * limits.SendChunksMax);

    /// <summary>Makes the next chunk of what is left of a body, and shortens that.</summary>
    public ReadOnlySpan<byte> Next(MessageType type, uint channelId, ChannelToken token, uint requestId, ref ReadOnlySpan<byte> left)
    {
        var piece = left[..Math.Min(left.Length, token.Sending.BodyBytesMax(_chunk.Length))];
        left = left[piece.Length..];
        var chunk = _chunk.AsSpan();
        new ChunkHeader(type, left.IsEmpty ? ChunkKind.Final : ChunkKind.Intermediate, 0).Write(chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[8..], channelId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[12..], token.Id);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[16..], _sequence.Next());
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[20..], requestId);
        piece.CopyTo(chunk[HeaderBytes..]);
        return chunk[..token.Sending.Protect(_chunk, 0, HeaderBytes + piece.Length)];
    }
}
