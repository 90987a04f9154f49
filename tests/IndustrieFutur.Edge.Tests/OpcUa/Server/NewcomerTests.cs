using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Who has no session may send little, alone and together with all others like him; who has one notices nothing of them.</summary>
public sealed class NewcomerTests
{
    /// <summary>Above what a newcomer may send, in one message of several chunks.</summary>
    private const int LargeBytes = 200_000;

    private static readonly UserIdentity Anonymous = new UserIdentity.Anonymous();

    [Fact]
    public void Without_a_session_no_large_message_is_taken()
    {
        using var bed = new ServerBed();
        using var client = new RawClient(bed.Server.EndPoint);
        client.Open();
        client.SendChunk(isLast: false, new byte[60_000]);
        client.SendChunk(isLast: true, new byte[60_000]);

        Assert.Equal(StatusCodes.BadRequestTooLarge, client.ReadError());
        bed.WaitUntilTold("before it has a session");
    }

    [Fact]
    public void Messages_that_are_begun_on_many_channels_hold_only_so_much_and_a_session_is_not_in_their_way()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { NewcomerUnfinishedBytesMax = 100_000 });
        using var own = new UserChannel(bed);
        var session = own.Create();
        own.Activate(session, Anonymous);
        using var first = Begin(bed, 45_000);
        using var second = Begin(bed, 45_000);
        using var third = BeginInVain(bed, 45_000);

        Assert.Equal(StatusCodes.BadTcpNotEnoughResources, third.ReadError());
        Assert.Equal(StatusCodes.BadNodeIdUnknown, LargeRead(own, session));
        using var late = bed.Open();
        Assert.Equal(StatusCodes.Good, late.Read([ServerBed.Speed])[0].Status);
        bed.WaitUntilTold("have begun more messages");
    }

    [Fact]
    public void Who_hangs_up_makes_room()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { NewcomerUnfinishedBytesMax = 50_000 });
        using (Begin(bed, 45_000))
        {
            using var refused = BeginInVain(bed, 45_000);
            Assert.Equal(StatusCodes.BadTcpNotEnoughResources, refused.ReadError());
        }

        ServerBed.WaitUntil(() => bed.Server.ConnectionCount == 0, "both are gone");
        using var next = Begin(bed, 45_000);
    }

    [Fact]
    public void When_its_session_is_closed_a_channel_is_a_newcomer_again()
    {
        using var bed = new ServerBed();
        using var own = new UserChannel(bed);
        var session = own.Create();
        own.Activate(session, Anonymous);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, LargeRead(own, session));
        own.Ask(new CloseSessionRequest(), session);

        Assert.Equal(StatusCodes.BadRequestTooLarge, Assert.Throws<UaException>(() => LargeRead(own, session)).Status);
    }

    [Fact]
    public void When_its_session_moves_away_a_channel_is_a_newcomer_again()
    {
        using var bed = new ServerBed();
        using var own = new UserChannel(bed);
        using var next = new UserChannel(bed);
        var session = own.Create();
        own.Activate(session, Anonymous);
        next.Activate(session, Anonymous);

        Assert.Equal(StatusCodes.BadNodeIdUnknown, LargeRead(next, session));
        Assert.Throws<UaException>(() => own.Ask(new ReadRequest(), session));
        Assert.Equal(StatusCodes.BadRequestTooLarge, Assert.Throws<UaException>(() => LargeRead(own, session)).Status);
    }

    /// <summary>The status of the one result.</summary>
    private static uint LargeRead(UserChannel channel, SessionHandle session)
    {
        var read = new ReadRequest { NodesToRead = [new() { NodeId = new NodeId(1, new string('x', LargeBytes)), AttributeId = AttributeIds.Value }] };
        return channel.Ask(read, session).Results!.Single().Status;
    }

    /// <summary>A channel with a message that has begun and is kept: the answer to another one shows it.</summary>
    private static RawClient Begin(ServerBed bed, int bytes)
    {
        var client = BeginInVain(bed, bytes);
        client.NextRequest();
        client.SendChunk(isLast: true, [1, 0, unchecked((byte)GetEndpointsRequest.Id), (byte)(GetEndpointsRequest.Id >> 8)]);
        Assert.True(client.ReadIsAnswer());
        return client;
    }

    private static RawClient BeginInVain(ServerBed bed, int bytes)
    {
        var client = new RawClient(bed.Server.EndPoint);
        client.Open();
        client.SendChunk(isLast: false, new byte[bytes]);
        return client;
    }
}
