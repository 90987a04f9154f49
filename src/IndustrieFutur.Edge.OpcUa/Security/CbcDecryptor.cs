using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>The way back from <see cref="CbcEncryptor"/>: the first block of each chunk is freed of the last block of the chunk before.</summary>
internal sealed class CbcDecryptor : IDisposable
{
    private const int BlockBytes = SecurityPolicy.BlockBytes;

    private readonly ICryptoTransform _cipher;

    /// <summary>The initial vector and the last block seen, one XOR the other.</summary>
    private readonly byte[] _correction = new byte[BlockBytes];
    private readonly byte[] _nextCorrection = new byte[BlockBytes];
    private readonly byte[] _vector;

    public CbcDecryptor(ReadOnlySpan<byte> key, ReadOnlySpan<byte> vector)
    {
        _vector = vector.ToArray();
        using var aes = CbcEncryptor.NewAes(key, _vector);
        _cipher = aes.CreateDecryptor();
    }

    /// <summary>Whole blocks only.</summary>
    public void Decrypt(byte[] buffer, int start, int count)
    {
        _vector.CopyTo(_nextCorrection, 0);
        Xor(_nextCorrection, buffer.AsSpan(start + count - BlockBytes, BlockBytes));
        _cipher.TransformBlock(buffer, start, count, buffer, start);
        Xor(buffer.AsSpan(start, BlockBytes), _correction);
        _nextCorrection.CopyTo(_correction, 0);
    }

    public void Dispose() => _cipher.Dispose();

    internal static void Xor(Span<byte> block, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= other[i];
        }
    }
}
