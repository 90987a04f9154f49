using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>Mode SignAndEncrypt: padded to whole blocks, signed, then encrypted behind the clear header.</summary>
internal sealed class SignAndEncryptKeys(ReadOnlySpan<byte> signing, ReadOnlySpan<byte> encrypting, ReadOnlySpan<byte> vector) : SymmetricKeys
{
    private const int BlockBytes = SecurityPolicy.BlockBytes;

    /// <summary>The byte that says how long the padding is; blocks of AES never need a second one.</summary>
    private const int PaddingSizeBytes = 1;

    private readonly ChunkSignature _signature = new(signing);
    private readonly byte[] _key = encrypting.ToArray();
    private readonly byte[] _vector = vector.ToArray();

    // Keys serve one direction only, so one of the two is ever made.
    private CbcEncryptor? _encryptor;
    private CbcDecryptor? _decryptor;

    public override int BodyBytesMax(int chunkBytes) =>
        ((chunkBytes - ClearBytes) / BlockBytes * BlockBytes) - ChunkSignature.Bytes - SequenceBytes - PaddingSizeBytes;

    public override int Protect(byte[] buffer, int start, int count)
    {
        var padding = PaddingBytes(count - ClearBytes + PaddingSizeBytes + ChunkSignature.Bytes);
        var end = count + PaddingSizeBytes + padding;
        var chunk = buffer.AsSpan(start, end + ChunkSignature.Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(chunk[4..], chunk.Length);
        chunk[count..end].Fill((byte)padding);
        _signature.Write(chunk[..end], chunk[end..]);
        _encryptor ??= new CbcEncryptor(_key, _vector);
        _encryptor.Encrypt(buffer, start + ClearBytes, chunk.Length - ClearBytes);
        return chunk.Length;
    }

    public override int Unprotect(byte[] buffer, int start, int count)
    {
        var end = count - ChunkSignature.Bytes;
        if (end < ClearBytes + SequenceBytes + PaddingSizeBytes || (count - ClearBytes) % BlockBytes != 0)
        {
            throw Failed();
        }

        _decryptor ??= new CbcDecryptor(_key, _vector);
        _decryptor.Decrypt(buffer, start + ClearBytes, count - ClearBytes);
        var chunk = buffer.AsSpan(start, count);

        // The signature first, over the padding too: nobody learns anything from padding that he did not sign.
        if (!_signature.IsGood(chunk[..end], chunk[end..]))
        {
            throw Failed();
        }

        var padding = chunk[end - 1];
        var body = end - PaddingSizeBytes - padding;
        return body >= ClearBytes + SequenceBytes && !chunk[body..end].ContainsAnyExcept(padding) ? body : throw Failed();
    }

    protected override void Dispose(bool disposing)
    {
        _signature.Dispose();
        _encryptor?.Dispose();
        _decryptor?.Dispose();
        CryptographicOperations.ZeroMemory(_key);
        base.Dispose(disposing);
    }

    private static int PaddingBytes(int bytes) => (BlockBytes - (bytes % BlockBytes)) % BlockBytes;
}
