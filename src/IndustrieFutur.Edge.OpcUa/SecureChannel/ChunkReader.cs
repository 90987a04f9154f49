using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Makes messages of chunks: checks token, signature and sequence number, and puts together what came in pieces.</summary>
internal sealed class ChunkReader(NegotiatedLimits limits, TokenRing tokens)
{
    private const int HeaderBytes = SymmetricKeys.ClearBytes + SymmetricKeys.SequenceBytes;

    private readonly Reassembler _pieces = new(limits);
    private SequenceNumbers _sequence;

    /// <summary>How large a message may be, as things stand.</summary>
    public int MessageBytesMax => _pieces.MessageBytesMax;

    /// <summary>See <see cref="Reassembler.Bound"/>.</summary>
    public void Bound(NewcomerLimits? newcomers) => _pieces.Bound(newcomers);

    /// <summary>Also for the chunks that open and renew a channel: one row of numbers for all (OPC UA Part 6, 6.7.2.4).</summary>
    public void CheckSequence(uint number) => _sequence.Check(number);

    /// <summary>
    /// True when the chunk completes a message. One that came whole lies in the receive buffer, decrypted in place; one in pieces in a
    /// buffer of its own. Both hold until the next chunk.
    /// </summary>
    public bool TryRead(byte[] bytes, Chunk chunk, uint channelId, long nowNanos, out ReceivedMessage message)
    {
        var content = Unprotect(bytes, chunk, channelId, nowNanos, out var requestId);
        switch (chunk.Header.Kind)
        {
            case ChunkKind.Intermediate:
                _pieces.Append(requestId, content);
                message = default;
                return false;
            case ChunkKind.Abort:
                _pieces.Close(requestId);
                message = new ReceivedMessage(requestId, 0, default, AbortStatus(content));
                return true;
            default:
                message = Complete(requestId, content);
                return true;
        }
    }

    private ReadOnlySpan<byte> Unprotect(byte[] bytes, Chunk chunk, uint channelId, long nowNanos, out uint requestId)
    {
        var (header, start) = chunk;
        if (header.Bytes < HeaderBytes)
        {
            throw UaDecodingException.Broken($"A chunk of {header.Bytes} bytes is too short to be one of a message; the channel is closed.");
        }

        var whole = bytes.AsSpan(start, header.Bytes);
        CheckChannel(BinaryPrimitives.ReadUInt32LittleEndian(whole[8..]), channelId);
        var token = tokens.ForReceiving(BinaryPrimitives.ReadUInt32LittleEndian(whole[12..]), nowNanos);
        var end = token.Receiving.Unprotect(bytes, start, header.Bytes);
        _sequence.Check(BinaryPrimitives.ReadUInt32LittleEndian(whole[16..]));
        tokens.Used(token);
        requestId = BinaryPrimitives.ReadUInt32LittleEndian(whole[20..]);
        return whole[HeaderBytes..end];
    }

    private ReceivedMessage Complete(uint requestId, ReadOnlySpan<byte> lastPiece)
    {
        var pieces = _pieces.Close(requestId, lastPiece);
        if (pieces is null)
        {
            return Typed(requestId, lastPiece);
        }

        return pieces.IsTooLarge ? new ReceivedMessage(requestId, 0, default, StatusCodes.BadResponseTooLarge) : Typed(requestId, pieces.Bytes);
    }

    private static ReceivedMessage Typed(uint requestId, ReadOnlySpan<byte> content)
    {
        var reader = new UaReader(content);
        var type = reader.ReadNodeId();
        var isOurs = type.NamespaceIndex == 0 && type.IdType == NodeIdType.Numeric;
        return new ReceivedMessage(requestId, isOurs ? type.Numeric : 0, reader.Rest);
    }

    /// <summary>A peer that gives up for no bad reason has given up all the same.</summary>
    private static uint AbortStatus(ReadOnlySpan<byte> content)
    {
        var status = new UaReader(content).ReadStatusCode();
        return (status & 0x8000_0000) != 0 ? status : StatusCodes.BadCommunicationError;
    }

    internal static void CheckChannel(uint received, uint expected)
    {
        if (received != expected)
        {
            throw new UaException(
                StatusCodes.BadTcpSecureChannelUnknown,
                $"A message came for channel {received} on the connection of channel {expected}; it is closed and opened again.");
        }
    }
}
