using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>The HMAC-SHA256 at the end of each chunk, without garbage.</summary>
internal sealed class ChunkSignature(ReadOnlySpan<byte> key) : IDisposable
{
    public const int Bytes = SecurityPolicy.SignatureBytes;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    public void Write(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        _hash.AppendData(data);
        _hash.GetHashAndReset(signature);
    }

    /// <summary>Takes the same time whatever is wrong with it.</summary>
    public bool IsGood(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[Bytes];
        Write(data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    public void Dispose() => _hash.Dispose();
}
