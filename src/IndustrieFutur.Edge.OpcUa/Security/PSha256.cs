using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>P_SHA256: stretches a secret and a seed to as many key bytes as are wanted (RFC 5246, 5; OPC UA Part 6, 6.7.5).</summary>
internal static class PSha256
{
    /// <summary>Longer than any nonce of a channel that a peer needs; longer ones are refused before they come here.</summary>
    public const int SeedBytesMax = 256;

    public static void Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seed.Length, SeedBytesMax);
        const int HashBytes = HMACSHA256.HashSizeInBytes;
        Span<byte> chain = stackalloc byte[HashBytes + SeedBytesMax];
        chain = chain[..(HashBytes + seed.Length)];
        var link = chain[..HashBytes];
        Span<byte> piece = stackalloc byte[HashBytes];
        HMACSHA256.HashData(secret, seed, link);
        seed.CopyTo(chain[HashBytes..]);
        while (!output.IsEmpty)
        {
            HMACSHA256.HashData(secret, chain, piece);
            var count = Math.Min(HashBytes, output.Length);
            piece[..count].CopyTo(output);
            output = output[count..];
            HMACSHA256.HashData(secret, link, piece);
            piece.CopyTo(link);
        }

        CryptographicOperations.ZeroMemory(piece);
        CryptographicOperations.ZeroMemory(chain);
    }
}
