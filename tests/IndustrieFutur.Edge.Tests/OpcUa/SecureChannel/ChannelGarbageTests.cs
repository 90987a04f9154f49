using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>A hundred thousand messages over a real connection make no garbage, neither on the client's thread nor on the server's.</summary>
public sealed class ChannelGarbageTests
{
    private const long LongNanos = 30_000_000_000;

    /// <summary>Buffers grow and ciphers are made in these.</summary>
    private const int WarmUpRequests = 200;

    /// <summary>What is compiled on the way, as a wait that seldom comes, makes garbage in one of them; what makes some by its nature, in each.</summary>
    private const int Rounds = 2;

    private const int Requests = 12_500;

    /// <summary>As a server publishes: several messages for each request of the client.</summary>
    private const int AnswersPerRequest = 8;

    /// <summary>Every so many requests an answer comes in several chunks.</summary>
    private const int LargeEvery = 50;

    private const int LargeBytes = 150_000;

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt)]
    public void A_hundred_thousand_messages_make_no_garbage_on_either_side(string policy, MessageSecurityMode mode)
    {
        long serverBytes = -1;
        using var server = new LoopbackServer(LoopbackServer.Settings, channel => serverBytes = Serve(channel));
        using var channel = ClientChannel.Open(server.Address, LoopbackServer.Security(policy, mode), new ChannelSettings(), CancellationToken.None);
        var request = new PublishRequest();
        Ask(channel, request, WarmUpRequests);

        var received = 0;
        var clientBytes = LeastBytes(() => received += Ask(channel, request, Requests));

        Assert.Null(server.End());
        Assert.Equal(Rounds * Requests * AnswersPerRequest, received);
        Assert.Equal(0, clientBytes);
        Assert.Equal(0, serverBytes);
    }

    /// <summary>Of all rounds.</summary>
    private static long LeastBytes(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static int Ask(ClientChannel channel, PublishRequest request, int count)
    {
        var received = 0;
        var untilNanos = MonoTime.NowNanos() + LongNanos;
        for (var i = 0; i < count; i++)
        {
            request.RequestHeader.RequestHandle = 0;
            var requestId = channel.Send(request);
            for (var answer = 0; answer < AnswersPerRequest; answer++)
            {
                if (channel.TryReceive(untilNanos, out var message) && message.RequestId == requestId && message.TypeId == 1)
                {
                    received++;
                }
            }
        }

        return received;
    }

    private static long Serve(ServerChannel channel)
    {
        // An answer is i=1 and zeros.
        var large = new byte[LargeBytes];
        large[1] = 1;
        Answer(channel, large, WarmUpRequests);

        return LeastBytes(() => Answer(channel, large, Requests));
    }

    private static void Answer(ServerChannel channel, byte[] large, int count)
    {
        var untilNanos = MonoTime.NowNanos() + LongNanos;
        for (var i = 0; i < count; i++)
        {
            if (!channel.TryReceive(untilNanos, out var message))
            {
                return;
            }

            for (var answer = 0; answer < AnswersPerRequest; answer++)
            {
                var isLarge = answer == 0 && i % LargeEvery == 0;
                channel.SendRaw(message.RequestId, isLarge ? large : large.AsSpan(0, 500));
            }
        }
    }
}
