using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>The chunk that opens a channel is read by the one it was meant for, whatever the length of both keys, and by nobody else.</summary>
public sealed class OpenChunkTests
{
    private const int ChunkBytesMax = 65_536;

    public static TheoryData<string> Secured => [.. SecurityPolicies.All.Where(policy => !policy.IsNone).Select(policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Secured))]
    public void Bodies_of_every_length_come_out_with_keys_of_different_length(string name)
    {
        var policy = SecurityPolicies.ByName(name)!;

        // 318 or 342 bytes fit a block of the larger key, so some lengths need more padding than one byte can say.
        for (var length = 0; length < 350; length += 7)
        {
            RoundTrip(policy, TestCertificates.Client, TestCertificates.Large, length);
            RoundTrip(policy, TestCertificates.Large, TestCertificates.Client, length);
        }
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void A_chunk_with_any_byte_changed_is_refused(string name)
    {
        var policy = SecurityPolicies.ByName(name)!;
        using var client = Keys(policy, TestCertificates.Client, TestCertificates.Server);
        using var server = Keys(policy, TestCertificates.Server, TestCertificates.Client);
        var chunk = OpenChunkWriter.Write(client, 7, 1, 2, "body"u8, ChunkBytesMax);

        for (var place = 8; place < chunk.Length; place += 13)
        {
            var forged = chunk.ToArray();
            forged[place] ^= 0x01;
            Assert.ThrowsAny<UaException>(() => OpenChunk.Read(forged).Open(server));
        }
    }

    [Fact]
    public void A_stranger_neither_opens_nor_reads_a_channel()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        using var client = Keys(policy, TestCertificates.Client, TestCertificates.Server);
        using var stranger = Keys(policy, TestCertificates.Stranger, TestCertificates.Server);
        using var server = Keys(policy, TestCertificates.Server, TestCertificates.Client);
        using var otherServer = Keys(policy, TestCertificates.Stranger, TestCertificates.Client);
        var fromClient = OpenChunkWriter.Write(client, 0, 1, 1, "body"u8, ChunkBytesMax);
        var fromStranger = OpenChunkWriter.Write(stranger, 0, 1, 1, "body"u8, ChunkBytesMax);

        var forged = Assert.Throws<UaException>(() => OpenChunk.Read(fromStranger).Open(server));
        var misled = Assert.Throws<UaException>(() => OpenChunk.Read(fromClient).Open(otherServer));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, forged.Status);
        Assert.Equal(forged.Message, misled.Message);
    }

    [Fact]
    public void Keys_that_the_policy_does_not_allow_are_refused_before_anything_is_sent()
    {
        var policy = SecurityPolicies.Basic256Sha256;

        var shortPeer = Assert.Throws<UaException>(() => Keys(policy, TestCertificates.Client, TestCertificates.Short));
        var shortOwn = Assert.Throws<UaException>(() => Keys(policy, TestCertificates.Short, TestCertificates.Server));
        var none = Assert.Throws<UaException>(() => AsymmetricKeys.Of(policy, null, null, TestCertificates.Server.RawData));
        var noDer = Assert.Throws<UaException>(() => AsymmetricKeys.Of(policy, TestCertificates.Client, null, "no DER"u8));

        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, shortPeer.Status);
        Assert.Contains("1024 bits", shortPeer.Message, StringComparison.Ordinal);
        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, shortOwn.Status);
        Assert.Equal(StatusCodes.BadCertificateInvalid, none.Status);
        Assert.Equal(StatusCodes.BadCertificateInvalid, noDer.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4F504E46")]
    [InlineData("4F504E46080000000000000000000100")]
    [InlineData("4F504E4608000000000000000000000000000000FFFFFF7F")]
    public void A_chunk_that_ends_too_early_is_refused(string hex)
    {
        var chunk = Convert.FromHexString(hex);

        Assert.Throws<UaDecodingException>(() => OpenChunk.Read(chunk));
    }

    private static void RoundTrip(SecurityPolicy policy, X509Certificate2 from, X509Certificate2 to, int length)
    {
        using var sender = Keys(policy, from, to);
        using var receiver = Keys(policy, to, from);
        var body = new byte[length];
        Random.Shared.NextBytes(body);

        var chunk = OpenChunk.Read(OpenChunkWriter.Write(sender, 7, 0x01020304, 0x05060708, body, ChunkBytesMax));

        Assert.Equal(policy.Uri, chunk.PolicyUri);
        Assert.Equal(7u, chunk.ChannelId);
        Assert.Equal([4, 3, 2, 1, 8, 7, 6, 5, .. body], chunk.Open(receiver).ToArray());
    }

    private static AsymmetricKeys Keys(SecurityPolicy policy, X509Certificate2 own, X509Certificate2 peer) =>
        AsymmetricKeys.Of(policy, own, null, peer.RawData);
}
