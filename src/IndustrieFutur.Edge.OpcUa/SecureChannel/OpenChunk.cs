using System.Security.Cryptography;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>
/// The chunk that opens or renews a channel, signed and encrypted with the certificates' keys (OPC UA Part 6, 6.7.2 and 6.7.4).
/// This is the side that reads: the clear part first, which says with what to read the rest.
/// </summary>
internal readonly ref struct OpenChunk
{
    /// <summary>Sequence number and request id.</summary>
    private const int SequenceBytes = 8;

    /// <summary>Longer names than any policy has (OPC UA Part 6, 6.7.2.3).</summary>
    private const int PolicyUriBytesMax = 255;

    /// <summary>A certificate with a chain of issuers behind it takes a few kilobytes.</summary>
    private const int CertificateBytesMax = 32_768;

    private static readonly DecodeLimits Limits = new() { StringBytesMax = PolicyUriBytesMax, ByteStringBytesMax = CertificateBytesMax };

    private readonly ReadOnlySpan<byte> _chunk;
    private readonly int _securedFrom;

    private OpenChunk(ReadOnlySpan<byte> chunk, int securedFrom, uint channelId, string? policyUri, ReadOnlySpan<byte> senderDerChain, ReadOnlySpan<byte> receiverThumbprint)
    {
        _chunk = chunk;
        _securedFrom = securedFrom;
        ChannelId = channelId;
        PolicyUri = policyUri;
        SenderDerChain = senderDerChain;
        ReceiverThumbprint = receiverThumbprint;
    }

    public uint ChannelId { get; }

    public string? PolicyUri { get; }

    public ReadOnlySpan<byte> SenderDerChain { get; }

    public ReadOnlySpan<byte> ReceiverThumbprint { get; }

    /// <summary>Takes a whole chunk.</summary>
    public static OpenChunk Read(ReadOnlySpan<byte> chunk)
    {
        var reader = new UaReader(chunk, Limits);
        reader.Skip(ChunkHeader.HeaderBytes);
        var channelId = reader.ReadUInt32();
        var policyUri = reader.ReadUtf8(out _);
        var sender = reader.ReadBytes(out _);
        var receiver = reader.ReadBytes(out _);
        return new OpenChunk(chunk, reader.Position, channelId, Encoding.UTF8.GetString(policyUri), sender, receiver);
    }

    /// <summary>
    /// Decrypts and verifies the rest; returns sequence number, request id and body as they follow each other. What is wrong with it is not
    /// told, and takes the same way whatever it is.
    /// </summary>
    public ReadOnlySpan<byte> Open(AsymmetricKeys keys)
    {
        var secured = _chunk[_securedFrom..];
        if (keys.Policy.IsNone)
        {
            return secured.Length >= SequenceBytes ? secured : throw Failed();
        }

        var isForUs = IsMeantFor(keys);
        var open = new byte[_chunk.Length];
        _chunk[.._securedFrom].CopyTo(open);
        var isDecrypted = keys.Policy.TryDecrypt(keys.Own!, secured, open.AsSpan(_securedFrom), out var bytes);

        // What could not be decrypted is verified all the same, and fails there as a forgery does.
        var end = _securedFrom + (isDecrypted ? bytes : secured.Length);
        var signed = end - SecurityPolicy.RsaBytes(keys.Peer!);
        if (signed <= _securedFrom + SequenceBytes)
        {
            throw Failed();
        }

        var isGenuine = keys.Policy.Verify(keys.Peer!, open.AsSpan(0, signed), open.AsSpan(signed, end - signed));
        var body = WithoutPadding(open.AsSpan(_securedFrom, signed - _securedFrom), keys.Own!);
        return isForUs & isDecrypted & isGenuine & body >= SequenceBytes ? open.AsSpan(_securedFrom, body) : throw Failed();
    }

    /// <summary>Two public facts: it was encrypted for our certificate, and comes from the one that was checked.</summary>
    private bool IsMeantFor(AsymmetricKeys keys) =>
        ReceiverThumbprint.SequenceEqual(keys.OwnThumbprint) & DerChain.Leaf(SenderDerChain).SequenceEqual(keys.PeerDer);

    /// <summary>Where the body ends; -1 when the padding is not as it must be.</summary>
    private static int WithoutPadding(ReadOnlySpan<byte> plain, RSA own)
    {
        var extraBytes = OpenChunkWriter.ExtraPaddingSizeBytes(own);
        var high = extraBytes == 0 ? 0 : plain[^1];
        if (plain.Length < extraBytes + 1)
        {
            return -1;
        }

        // All of them, the one that says how many included, are the low byte of their number; so the last one tells it.
        var low = plain[^(extraBytes + 1)];
        var padding = (high << 8) | low;
        var body = plain.Length - extraBytes - padding - 1;
        return body >= 0 && !plain[body..^extraBytes].ContainsAnyExcept(low) ? body : -1;
    }

    private static UaException Failed() => new(
        StatusCodes.BadSecurityChecksFailed,
        "The opening of a channel failed its security checks, and the connection is closed. Check that both sides have each other's present certificate; it is tried again.");
}
