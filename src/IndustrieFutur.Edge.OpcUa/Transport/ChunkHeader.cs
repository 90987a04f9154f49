using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>The eight bytes that every chunk begins with: type, kind, size (OPC UA Part 6, 7.1.2.2).</summary>
internal readonly record struct ChunkHeader(MessageType Type, ChunkKind Kind, int Bytes)
{
    public const int HeaderBytes = 8;

    /// <summary>Reads and checks it; the size is believed only within the limit that we have told the peer.</summary>
    public static ChunkHeader Read(ReadOnlySpan<byte> bytes, int chunkBytesMax)
    {
        var letters = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var type = (MessageType)(letters & 0xFF_FFFF);
        var kind = (ChunkKind)(letters >> 24);
        if (!IsKnown(type, kind))
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTypeInvalid,
                $"The peer sends a message that begins with 0x{BinaryPrimitives.ReverseEndianness(letters):X8}, which OPC UA does not know; the connection is closed. Check that the port belongs to an OPC UA server.");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (size < HeaderBytes || size > (uint)chunkBytesMax)
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTooLarge,
                $"The peer sends a chunk of {size} bytes; {HeaderBytes} to {chunkBytesMax} were agreed. The connection is closed.");
        }

        return new ChunkHeader(type, kind, (int)size);
    }

    /// <summary>Writes it; a size that is not yet known is written over later.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Type | ((uint)Kind << 24));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Bytes);
    }

    /// <summary>Only messages are cut into chunks; all else comes whole.</summary>
    private static bool IsKnown(MessageType type, ChunkKind kind) => type switch
    {
        MessageType.Message => kind is ChunkKind.Final or ChunkKind.Intermediate or ChunkKind.Abort,
        MessageType.Hello or MessageType.Acknowledge or MessageType.Error => kind == ChunkKind.Final,
        MessageType.OpenSecureChannel or MessageType.CloseSecureChannel => kind == ChunkKind.Final,
        _ => false,
    };
}
