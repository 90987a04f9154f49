using System.Buffers.Binary;
using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Security;

/// <summary>Chunks come out of protection as they went in, forged ones do not come out, and none of it makes garbage.</summary>
public sealed class SymmetricKeysTests
{
    private const int HeaderBytes = SymmetricKeys.ClearBytes + SymmetricKeys.SequenceBytes;

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Seed = RandomNumberGenerator.GetBytes(32);

    public static TheoryData<string, MessageSecurityMode> Secured()
    {
        var data = new TheoryData<string, MessageSecurityMode>();
        foreach (var policy in SecurityPolicies.All.Where(policy => !policy.IsNone))
        {
            data.Add(policy.Name, MessageSecurityMode.Sign);
            data.Add(policy.Name, MessageSecurityMode.SignAndEncrypt);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void Chunks_of_every_length_come_out_as_they_went_in(string policy, MessageSecurityMode mode)
    {
        using var sending = Keys(policy, mode);
        using var receiving = Keys(policy, mode);

        for (var body = 0; body < 70; body++)
        {
            var plain = NewChunk(body);
            var wire = Protected(sending, plain, out var count);

            var end = receiving.Unprotect(wire, 0, count);

            Assert.Equal(plain.Length, end);
            Assert.Equal(plain.AsSpan(8), wire.AsSpan(8, end - 8));
            Assert.Equal(count, BinaryPrimitives.ReadInt32LittleEndian(wire.AsSpan(4)));
        }
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void A_chunk_with_any_byte_changed_is_refused_with_the_same_words(string policy, MessageSecurityMode mode)
    {
        var words = new HashSet<string>();
        using var sending = Keys(policy, mode);
        var wire = Protected(sending, NewChunk(40), out var count);

        for (var place = 0; place < count; place++)
        {
            using var receiving = Keys(policy, mode);
            var forged = wire.ToArray();
            forged[place] ^= 0x40;
            var refused = Assert.Throws<UaException>(() => receiving.Unprotect(forged, 0, count));
            Assert.Equal(StatusCodes.BadSecurityChecksFailed, refused.Status);
            words.Add(refused.Message);
        }

        Assert.Single(words);
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void A_chunk_that_is_too_short_for_a_signature_is_refused(string policy, MessageSecurityMode mode)
    {
        using var keys = Keys(policy, mode);

        for (var count = SymmetricKeys.ClearBytes; count < HeaderBytes + 32; count++)
        {
            Assert.Throws<UaException>(() => keys.Unprotect(new byte[128], 0, count));
        }
    }

    [Theory]
    [InlineData(15, 16, false)]
    [InlineData(15, 14, false)]
    [InlineData(200, 200, false)]
    [InlineData(15, 15, true)]
    public void Padding_that_lies_is_refused_although_it_is_signed(byte size, byte bytes, bool isTaken)
    {
        // 8 + 9 + 15 + 32: four blocks, in the framework's own one-shot cipher.
        Span<byte> derived = stackalloc byte[80];
        PSha256.Derive(Secret, Seed, derived);
        var chunk = new byte[16 + 64];
        chunk.AsSpan(16 + 16, 16).Fill(bytes);
        chunk[16 + 31] = size;
        HMACSHA256.HashData(derived[..32], chunk.AsSpan(0, 48), chunk.AsSpan(48));
        using var aes = Aes.Create();
        aes.SetKey(derived[32..64]);
        aes.EncryptCbc(chunk.AsSpan(16), derived[64..], chunk.AsSpan(16), PaddingMode.None);
        using var keys = Keys("Basic256Sha256", MessageSecurityMode.SignAndEncrypt);

        var end = isTaken ? keys.Unprotect(chunk, 0, chunk.Length) : 0;

        if (isTaken)
        {
            Assert.Equal(32, end);
            return;
        }

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Assert.Throws<UaException>(() => keys.Unprotect(chunk, 0, chunk.Length)).Status);
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void The_largest_body_fills_its_chunk_and_no_more(string policy, MessageSecurityMode mode)
    {
        using var keys = Keys(policy, mode);

        for (var chunkBytes = 8_192; chunkBytes < 8_192 + 32; chunkBytes++)
        {
            var body = keys.BodyBytesMax(chunkBytes);
            Protected(keys, NewChunk(body), out var fits);
            Protected(keys, NewChunk(body + 1), out var tooLong);
            Assert.True(fits <= chunkBytes);
            Assert.True(tooLong > chunkBytes);
        }
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void A_thousand_chunks_there_and_back_make_no_garbage(string policy, MessageSecurityMode mode)
    {
        using var sending = Keys(policy, mode);
        using var receiving = Keys(policy, mode);
        var chunk = new byte[65_536];
        var count = HeaderBytes + sending.BodyBytesMax(chunk.Length);

        Assert.Equal(0, AllocationGuard.BytesOf(ThereAndBack, turns: 1_000));

        void ThereAndBack() => receiving.Unprotect(chunk, 0, sending.Protect(chunk, 0, count));
    }

    [Fact]
    public void Mode_None_leaves_chunks_as_they_are()
    {
        var keys = SecurityPolicies.None.DeriveKeys([], [], MessageSecurityMode.None);
        var plain = NewChunk(10);

        var wire = Protected(keys, plain, out var count);

        Assert.Equal(plain.Length, count);
        Assert.Equal(plain.AsSpan(8), wire.AsSpan(8, count - 8));
        Assert.Equal(count, keys.Unprotect(wire, 0, count));
    }

    private static SymmetricKeys Keys(string policy, MessageSecurityMode mode) => SecurityPolicies.ByName(policy)!.DeriveKeys(Secret, Seed, mode);

    private static byte[] NewChunk(int body) => RandomNumberGenerator.GetBytes(HeaderBytes + body);

    private static byte[] Protected(SymmetricKeys keys, byte[] plain, out int count)
    {
        var wire = new byte[plain.Length + 128];
        plain.CopyTo(wire, 0);
        count = keys.Protect(wire, 0, plain.Length);
        return wire;
    }
}
