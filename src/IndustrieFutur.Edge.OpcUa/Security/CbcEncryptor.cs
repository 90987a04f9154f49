using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>
/// AES-CBC that begins each chunk with the same initial vector, in place and without garbage. The framework's one-shot calls allocate, so
/// one cipher lives as long as its key; as it goes on from the last block it made, the first block is freed of that one beforehand.
/// </summary>
internal sealed class CbcEncryptor : IDisposable
{
    private const int BlockBytes = SecurityPolicy.BlockBytes;

    private readonly ICryptoTransform _cipher;

    /// <summary>The initial vector and the last block made, one XOR the other.</summary>
    private readonly byte[] _correction = new byte[BlockBytes];
    private readonly byte[] _vector;

    public CbcEncryptor(ReadOnlySpan<byte> key, ReadOnlySpan<byte> vector)
    {
        _vector = vector.ToArray();
        using var aes = NewAes(key, _vector);
        _cipher = aes.CreateEncryptor();
    }

    /// <summary>Whole blocks only.</summary>
    public void Encrypt(byte[] buffer, int start, int count)
    {
        CbcDecryptor.Xor(buffer.AsSpan(start, BlockBytes), _correction);
        _cipher.TransformBlock(buffer, start, count, buffer, start);
        _vector.CopyTo(_correction, 0);
        CbcDecryptor.Xor(_correction, buffer.AsSpan(start + count - BlockBytes, BlockBytes));
    }

    public void Dispose() => _cipher.Dispose();

    internal static Aes NewAes(ReadOnlySpan<byte> key, byte[] vector)
    {
        var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
        aes.SetKey(key);
        aes.IV = vector;
        return aes;
    }
}
