using System.Diagnostics;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>Client and server speak over a real connection in every policy and mode, refuse what must be refused, and end in order.</summary>
public sealed class ChannelTests
{
    private const long LongNanos = 20_000_000_000;

    private static readonly ChannelSettings Settings = new();

    public static TheoryData<string, MessageSecurityMode> All
    {
        get
        {
            var data = new TheoryData<string, MessageSecurityMode>();
            foreach (var endpoint in LoopbackServer.Settings.Endpoints)
            {
                data.Add(endpoint.Policy.Name, endpoint.Mode);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Messages_of_every_size_go_there_and_back(string policy, MessageSecurityMode mode)
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        using (var channel = Open(server, LoopbackServer.Security(policy, mode)))
        {
            foreach (var length in (int[])[0, 1, 100, 65_000, 65_536, 200_000, 3_000_000, 5])
            {
                Assert.Equal(length, EchoedLength(channel, length));
            }

            Assert.Equal(8, channel.Counters.MessagesSent);
            Assert.Equal(8, channel.Counters.MessagesReceived);
            Assert.False(channel.IsBroken);
        }

        Assert.Equal(StatusCodes.BadSecureChannelClosed, Assert.IsType<UaException>(server.End()).Status);
    }

    [Fact]
    public void Time_handle_and_timeout_are_written_into_a_request_and_kept_where_they_are_set()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        using var channel = Open(server, ChannelSecurity.None);
        var first = new PublishRequest();
        var second = new PublishRequest();
        second.RequestHeader.RequestHandle = 77;
        second.RequestHeader.TimeoutHint = 5;

        var requestId = channel.Send(first);
        channel.Send(second);

        Assert.Equal(requestId, first.RequestHeader.RequestHandle);
        Assert.Equal(10_000u, first.RequestHeader.TimeoutHint);
        Assert.NotEqual(0, first.RequestHeader.Timestamp);
        Assert.Equal((77u, 5u), (second.RequestHeader.RequestHandle, second.RequestHeader.TimeoutHint));
    }

    [Fact]
    public void A_request_that_the_server_does_not_take_is_refused_and_nothing_of_it_sent()
    {
        var small = LoopbackServer.Settings with { Limits = new ChannelLimits { MessageBytesMax = 20_000 } };
        using var server = new LoopbackServer(small, LoopbackServer.Echo);
        using var channel = Open(server, LoopbackServer.Security("Basic256Sha256", MessageSecurityMode.SignAndEncrypt));

        var refused = Assert.Throws<UaException>(() => channel.Send(Request(30_000)));
        var beyondAll = Assert.Throws<UaException>(() => channel.Send(Request(20_000_000)));

        Assert.Equal(StatusCodes.BadRequestTooLarge, refused.Status);
        Assert.Equal(StatusCodes.BadRequestTooLarge, beyondAll.Status);
        Assert.False(channel.IsBroken);
        Assert.Equal(20_000, channel.RequestBytesMax);
        Assert.Equal(10_000, EchoedLength(channel, 10_000));
    }

    [Fact]
    public void A_peer_that_takes_few_chunks_is_sent_no_more()
    {
        var few = LoopbackServer.Settings with { Limits = new ChannelLimits { ChunksMax = 2, ReceiveBufferBytes = 8_192 } };
        using var server = new LoopbackServer(few, LoopbackServer.Echo);
        using var channel = Open(server, ChannelSecurity.None);

        Assert.Equal(2 * (8_192 - 24), channel.RequestBytesMax);
        Assert.Throws<UaException>(() => channel.Send(Request(16_400)));
        Assert.Equal(16_000, EchoedLength(channel, 16_000));
    }

    [Fact]
    public void An_answer_that_the_client_does_not_take_is_refused_at_the_server()
    {
        UaException? refused = null;
        using var server = new LoopbackServer(LoopbackServer.Settings, channel =>
        {
            refused = Assert.Throws<UaException>(() => channel.SendRaw(1, new byte[9_001]));
            channel.SendRaw(2, new byte[9_000]);
        });
        using var channel = ClientChannel.Open(
            server.Address, ChannelSecurity.None, Settings with { Limits = new ChannelLimits { MessageBytesMax = 9_000 } }, CancellationToken.None);

        Assert.True(channel.TryReceive(Soon(), out var message));

        Assert.Equal(2u, message.RequestId);
        Assert.Equal(StatusCodes.BadResponseTooLarge, refused?.Status);
    }

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign, StatusCodes.BadSecurityPolicyRejected)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign, StatusCodes.BadSecurityModeRejected)]
    [InlineData("None", MessageSecurityMode.None, StatusCodes.BadSecurityPolicyRejected)]
    public void What_the_server_does_not_offer_it_refuses(string policy, MessageSecurityMode mode, uint status)
    {
        var strict = LoopbackServer.Settings with { Endpoints = [new(SecurityPolicies.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt)] };
        using var server = new LoopbackServer(strict, LoopbackServer.Echo);

        var refused = Assert.Throws<UaException>(() => Open(server, LoopbackServer.Security(policy, mode)));

        Assert.Equal(status, refused.Status);
        Assert.Equal(status, Assert.IsType<UaException>(server.End()).Status);
    }

    [Fact]
    public void A_stranger_hears_only_that_the_checks_failed()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        var security = LoopbackServer.Security("Basic256Sha256", MessageSecurityMode.Sign) with { Own = TestCertificates.Stranger };

        var refused = Assert.Throws<UaException>(() => Open(server, security));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, refused.Status);
        Assert.Equal(StatusCodes.BadCertificateUntrusted, Assert.IsType<UaException>(server.End()).Status);
    }

    [Fact]
    public void A_server_with_another_certificate_than_the_checked_one_gets_no_channel()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        var security = LoopbackServer.Security("Basic256Sha256", MessageSecurityMode.Sign) with { PeerDer = TestCertificates.Stranger.RawData };

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Assert.Throws<UaException>(() => Open(server, security)).Status);
    }

    [Fact]
    public void A_policy_does_not_go_with_a_mode_that_leaves_it_out()
    {
        var mixed = LoopbackServer.Security("Basic256Sha256", MessageSecurityMode.Sign) with { Mode = MessageSecurityMode.None };

        Assert.Throws<ArgumentException>(() => ClientChannel.Open(EndpointAddress.Parse("opc.tcp://127.0.0.1"), mixed, Settings, CancellationToken.None));
    }

    [Fact]
    public void A_server_that_hangs_up_breaks_the_channel_for_good()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, _ => { });
        using var channel = Open(server, ChannelSecurity.None);

        var gone = Assert.Throws<UaException>(() => channel.TryReceive(Soon(), out _));

        Assert.Equal(StatusCodes.BadConnectionClosed, gone.Status);
        Assert.True(channel.IsBroken);
        Assert.Equal(gone.Status, Assert.Throws<UaException>(() => channel.Send(Request(1))).Status);
    }

    [Fact]
    public void A_silent_channel_is_waited_for_until_the_deadline()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        using var channel = Open(server, ChannelSecurity.None);
        var untilNanos = MonoTime.NowNanos() + 30_000_000;

        Assert.False(channel.TryReceive(untilNanos, out _));
        Assert.True(MonoTime.NowNanos() >= untilNanos);
        Assert.False(channel.TryReceive(0, out _));
    }

    [Fact]
    public void A_stop_ends_the_wait_and_leaves_time_for_a_farewell()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        using var stop = new CancellationTokenSource();
        using (var channel = ClientChannel.Open(server.Address, ChannelSecurity.None, Settings, stop.Token))
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(20));
            var watch = Stopwatch.StartNew();
            Assert.ThrowsAny<OperationCanceledException>(() => channel.TryReceive(MonoTime.NowNanos() + LongNanos, out _));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}");

            channel.IgnoreStop();

            Assert.False(channel.IsBroken);
            Assert.Equal(10, EchoedLength(channel, 10));
        }

        Assert.Equal(StatusCodes.BadSecureChannelClosed, Assert.IsType<UaException>(server.End()).Status);
    }

    private static ClientChannel Open(LoopbackServer server, ChannelSecurity security) =>
        ClientChannel.Open(server.Address, security, Settings, CancellationToken.None);

    private static long Soon() => MonoTime.NowNanos() + LongNanos;

    /// <summary>A request whose length is chosen by a field that says nothing.</summary>
    private static PublishRequest Request(int length)
    {
        var request = new PublishRequest();
        request.RequestHeader.AuditEntryId = new string('x', length);
        return request;
    }

    private static int EchoedLength(ClientChannel channel, int length)
    {
        var requestId = channel.Send(Request(length));
        Assert.True(channel.TryReceive(Soon(), out var message));
        Assert.Equal(requestId, message.RequestId);
        Assert.Equal(PublishRequest.Id, message.TypeId);
        var reader = new UaReader(message.Body);
        var text = RequestHeader.Decode(ref reader).AuditEntryId!;
        Assert.DoesNotContain(text, letter => letter != 'x');
        return text.Length;
    }
}
