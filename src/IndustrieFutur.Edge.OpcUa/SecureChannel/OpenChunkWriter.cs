using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Writes the chunk that <see cref="OpenChunk"/> reads. Once per token, so it may make garbage.</summary>
internal static class OpenChunkWriter
{
    /// <summary>Keys beyond this need two bytes to say how much padding there is (OPC UA Part 6, 6.7.2.5).</summary>
    private const int SmallKeyBits = 2048;

    /// <summary>The whole chunk, as it goes on the wire.</summary>
    public static byte[] Write(AsymmetricKeys keys, uint channelId, uint sequenceNumber, uint requestId, ReadOnlySpan<byte> body, int chunkBytesMax)
    {
        var buffer = new MessageBuffer(chunkBytesMax);
        var writer = new UaWriter(buffer);
        Span<byte> header = stackalloc byte[ChunkHeader.HeaderBytes];
        new ChunkHeader(MessageType.OpenSecureChannel, ChunkKind.Final, 0).Write(header);
        writer.WriteRaw(header);
        writer.WriteUInt32(channelId);
        writer.WriteString(keys.Policy.Uri);
        writer.WriteByteString(keys.OwnDerChain);
        writer.WriteByteString(keys.PeerThumbprint);
        var securedFrom = writer.Position;
        writer.WriteUInt32(sequenceNumber);
        writer.WriteUInt32(requestId);
        writer.WriteRaw(body);
        return keys.Policy.IsNone ? Plain(writer, buffer) : Secured(keys, writer, buffer, securedFrom, chunkBytesMax);
    }

    /// <summary>How many bytes say, behind the padding, what one byte in front of it cannot.</summary>
    internal static int ExtraPaddingSizeBytes(RSA receiver) => receiver.KeySize > SmallKeyBits ? 1 : 0;

    private static byte[] Plain(UaWriter writer, MessageBuffer buffer)
    {
        writer.PatchInt32(4, writer.Position);
        return buffer.Written.ToArray();
    }

    private static byte[] Secured(AsymmetricKeys keys, UaWriter writer, MessageBuffer buffer, int securedFrom, int chunkBytesMax)
    {
        var signatureBytes = SecurityPolicy.RsaBytes(keys.Own!);
        WritePadding(keys, ref writer, writer.Position - securedFrom + signatureBytes);
        var blocks = (writer.Position - securedFrom + signatureBytes) / keys.Policy.PlainBlockBytes(keys.Peer!);
        var total = securedFrom + (blocks * SecurityPolicy.RsaBytes(keys.Peer!));
        if (total > chunkBytesMax)
        {
            throw new UaException(
                StatusCodes.BadRequestTooLarge,
                $"The opening of a channel takes {total} bytes with our certificate and its issuers; the peer takes {chunkBytesMax}. Send the certificate without its issuers.");
        }

        // The final size is signed too, so it is written first (OPC UA Part 6, 6.7.2.5).
        writer.PatchInt32(4, total);
        writer.WriteRaw(keys.Policy.Sign(keys.Own!, buffer.Written));
        return [.. buffer.Written[..securedFrom], .. keys.Policy.Encrypt(keys.Peer!, buffer.Written[securedFrom..])];
    }

    private static void WritePadding(AsymmetricKeys keys, ref UaWriter writer, int bytesBesides)
    {
        var extraBytes = ExtraPaddingSizeBytes(keys.Peer!);
        var block = keys.Policy.PlainBlockBytes(keys.Peer!);
        var padding = (block - ((bytesBesides + 1 + extraBytes) % block)) % block;
        for (var i = 0; i <= padding; i++)
        {
            writer.WriteByte((byte)padding);
        }

        if (extraBytes > 0)
        {
            writer.WriteByte((byte)(padding >> 8));
        }
    }
}
