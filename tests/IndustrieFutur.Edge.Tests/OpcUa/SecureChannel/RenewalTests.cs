using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Transport;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>A channel outlives its tokens: they follow each other while messages flow, and none is lost or comes twice.</summary>
public sealed class RenewalTests
{
    private const long LongNanos = 20_000_000_000;
    private const int RenewalsWanted = 3;

    /// <summary>Short for the test; two RSA operations on both sides must still fit in its last quarter on a busy machine.</summary>
    private static readonly ChannelSettings ShortLived = new() { Lifetime = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt)]
    public void A_server_that_sends_without_end_loses_nothing_over_renewals(string policy, MessageSecurityMode mode)
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, Count);
        using var channel = ClientChannel.Open(server.Address, LoopbackServer.Security(policy, mode), ShortLived, CancellationToken.None);
        var untilNanos = MonoTime.NowNanos() + LongNanos;
        uint expected = 1;

        while (channel.Counters.Renewals < RenewalsWanted)
        {
            Assert.True(channel.TryReceive(untilNanos, out var message));
            Assert.Equal(expected++, message.RequestId);
        }

        Assert.False(channel.IsBroken);
    }

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt)]
    public void A_silent_client_keeps_its_channel(string policy, MessageSecurityMode mode)
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        using var channel = ClientChannel.Open(server.Address, LoopbackServer.Security(policy, mode), ShortLived, CancellationToken.None);
        var untilNanos = MonoTime.NowNanos() + LongNanos;

        while (channel.Counters.Renewals < RenewalsWanted && MonoTime.NowNanos() < untilNanos)
        {
            Assert.False(channel.TryReceive(MonoTime.NowNanos() + 50_000_000, out _));
        }

        Assert.Equal(RenewalsWanted, channel.Counters.Renewals);
        channel.Send(new PublishRequest());
        Assert.True(channel.TryReceive(untilNanos, out _));
    }

    [Fact]
    public void A_server_that_does_not_renew_loses_its_client_when_the_token_ends()
    {
        using var done = new ManualResetEventSlim();
        using var server = new LoopbackServer(LoopbackServer.Settings, _ => done.Wait(TimeSpan.FromSeconds(30)));
        using var channel = ClientChannel.Open(
            server.Address, ChannelSecurity.None, ShortLived with { Lifetime = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);
        var untilNanos = MonoTime.NowNanos() + LongNanos;

        var ended = Assert.Throws<UaException>(() => channel.TryReceive(untilNanos, out _));

        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, ended.Status);
        Assert.True(channel.IsBroken);
        done.Set();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(257)]
    public void A_nonce_of_the_wrong_length_is_refused(int bytes)
    {
        using var pair = new SocketPair();
        using var core = NewCore(pair);

        var refused = Assert.Throws<UaException>(() => AddToken(core, new byte[32], new byte[bytes]));

        Assert.Equal(StatusCodes.BadNonceInvalid, refused.Status);
    }

    [Fact]
    public void A_nonce_that_was_used_before_is_refused()
    {
        using var pair = new SocketPair();
        using var core = NewCore(pair);
        var (own, other, first) = (Nonce(1), Nonce(2), Nonce(3));
        AddToken(core, own, first);

        var repeated = Assert.Throws<UaException>(() => AddToken(core, other, first));
        var mirrored = Assert.Throws<UaException>(() => AddToken(core, other, other));

        Assert.Equal(StatusCodes.BadNonceInvalid, repeated.Status);
        Assert.Equal(StatusCodes.BadNonceInvalid, mirrored.Status);
        AddToken(core, other, Nonce(4));
    }

    /// <summary>Sends messages numbered from 1, some twenty a millisecond, and gives tokens in between.</summary>
    private static void Count(ServerChannel channel)
    {
        var answer = new MessageBuffer(100);
        var writer = new UaWriter(answer);
        writer.WriteNodeId(new NodeId(0, 1));
        for (uint number = 1; ; number++)
        {
            channel.SendRaw(number, answer.Written);
            if (number % 20 == 0)
            {
                channel.TryReceive(MonoTime.NowNanos() + 1_000_000, out _);
            }
        }
    }

    private static byte[] Nonce(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static ChannelCore NewCore(SocketPair pair)
    {
        var limits = new ChannelLimits();
        var link = new ChunkLink(new UaSocket(pair.Near, "peer", CancellationToken.None), limits, TimeSpan.FromSeconds(1));
        return new ChannelCore(link, NegotiatedLimits.Of(limits, BufferOffer.Of(limits)));
    }

    private static void AddToken(ChannelCore core, byte[] own, byte[] peer) =>
        core.AddToken(SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign, 1, own, peer, 0, 1_000);
}
