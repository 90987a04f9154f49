using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Whoever means harm, or knows no better, costs the server his own connection and nobody else's.</summary>
public sealed class ServerLimitsTests
{
    private static readonly NodeId CurrentTime = new(0, NodeIds.ServerStatusCurrentTime);

    [Fact]
    public void Garbage_on_the_port_ends_the_connection_and_serving_goes_on()
    {
        using var bed = new ServerBed();
        var random = new Random(20261125);
        for (var round = 0; round < 50; round++)
        {
            var garbage = new byte[random.Next(1, 5_000)];
            random.NextBytes(garbage);
            if (round % 2 == 0)
            {
                Encoding.ASCII.GetBytes(round % 4 == 0 ? "HELF" : "OPNF").CopyTo(garbage.AsSpan(0, Math.Min(4, garbage.Length)));
            }

            using var socket = Connect(bed);
            socket.Send(garbage);
            socket.Shutdown(SocketShutdown.Send);
        }

        ServerBed.WaitUntil(() => bed.Server.Counters.Connections == 50 && bed.Server.ConnectionCount == 0, "all of them are gone");
        Serves(bed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(65_537)]
    [InlineData(0x7FFF_FFFF)]
    [InlineData(-1)]
    public void A_chunk_of_a_wrong_length_is_refused_before_it_is_waited_for(int length)
    {
        using var bed = new ServerBed();
        using var socket = Connect(bed);
        var header = "HELF\0\0\0\0"u8.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), length);
        socket.Send(header);

        Assert.Equal("ERR", ReadToEnd(socket)[..3]);
        Serves(bed);
    }

    [Theory]
    [InlineData(5, 100)]
    [InlineData(3, 30_000)]
    public void A_request_of_too_many_chunks_or_bytes_ends_its_connection(int chunks, int bytesEach)
    {
        using var bed = new ServerBed(new ServerLimitsSettings { ChunksMax = 4, MessageBytesMax = 80_000 });
        using var client = new RawClient(bed.Server.EndPoint);
        client.Open();
        for (var i = 1; i <= chunks; i++)
        {
            client.SendChunk(isLast: i == chunks, new byte[bytesEach]);
        }

        Assert.Equal(StatusCodes.BadRequestTooLarge, client.ReadError());
        Serves(bed);
    }

    [Fact]
    public void Messages_that_are_begun_and_never_ended_do_not_pile_up()
    {
        using var bed = new ServerBed();
        using var client = new RawClient(bed.Server.EndPoint);
        client.Open();
        for (var i = 0; i < 5; i++)
        {
            client.NextRequest();
            client.SendChunk(isLast: false, new byte[100]);
        }

        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, client.ReadError());
        Serves(bed);
    }

    /// <summary>The bytes behind a type id of ours are any; they may also happen to be right.</summary>
    [Fact]
    public void Requests_of_random_bytes_are_refused_and_serving_goes_on()
    {
        using var bed = new ServerBed();
        var random = new Random(4);
        uint[] types = [FindServersRequest.Id, GetEndpointsRequest.Id, CreateSessionRequest.Id, ActivateSessionRequest.Id, ReadRequest.Id, BrowseRequest.Id, PublishRequest.Id, 9_999];
        for (var round = 0; round < 40; round++)
        {
            using var client = new RawClient(bed.Server.EndPoint);
            client.Open();
            foreach (var type in types)
            {
                client.NextRequest();
                client.SendChunk(isLast: true, [1, 0, (byte)type, (byte)(type >> 8), .. RandomBytes(random)]);
                Assert.True(client.ReadIsAnswer(), $"Round {round}, request i={type}.");
            }
        }

        Serves(bed);
        Assert.DoesNotContain(bed.Told, sentence => sentence.Contains("mistake of ours", StringComparison.Ordinal));
    }

    [Fact]
    public void Those_who_connect_and_say_nothing_are_few_and_soon_gone()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { HalfOpenPerAddressMax = 3 }, settings => settings with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) });
        var idle = Enumerable.Range(0, 20).Select(_ => Connect(bed)).ToList();

        ServerBed.WaitUntil(() => bed.Server.Counters.RefusedConnections == 17, "all but three are refused at once");
        ServerBed.WaitUntil(() => bed.Server.ConnectionCount == 0, "the three are gone as well");
        Serves(bed);
        idle.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public void When_all_places_are_taken_a_channel_without_a_session_gives_way()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { SessionsMax = 1 });
        using var session = bed.Open();
        var idle = Enumerable.Range(0, 20).Select(_ => bed.OpenChannel()).ToList();

        // Sooner after each other than one that was told to go is gone.
        var late = Enumerable.Range(0, 5).Select(_ => bed.OpenChannel()).ToList();
        ServerBed.WaitUntil(() => bed.Server.ConnectionCount <= 21, "the oldest have gone");

        Assert.All(late, channel => Assert.NotEmpty(channel.Ask(new GetEndpointsRequest()).Endpoints!));
        Assert.Equal(StatusCodes.Good, session.Read([CurrentTime])[0].Status);
        idle.Concat(late).ToList().ForEach(channel => channel.Dispose());
    }

    [Fact]
    public void A_channel_that_carries_no_session_is_closed_after_a_while()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { IdleChannelTimeout = TimeSpan.FromSeconds(2) });
        using var session = bed.Open();
        using var channel = bed.OpenChannel();

        ServerBed.WaitUntil(() => bed.Server.ConnectionCount == 1, "the idle one is closed");

        Assert.True(session.IsConnected);
    }

    [Fact]
    public void A_client_that_never_reads_loses_its_connection_and_takes_no_memory()
    {
        using var bed = new ServerBed();
        using var other = bed.Open();
        using var channel = bed.OpenChannel();
        var header = new RequestHeader { AuthenticationToken = channel.Ask(new CreateSessionRequest()).AuthenticationToken };
        channel.Ask(new ActivateSessionRequest { RequestHeader = header });
        var browse = new BrowseRequest { RequestHeader = header, NodesToBrowse = [.. Enumerable.Range(0, 250).Select(_ => new BrowseDescription { NodeId = new NodeId(0, NodeIds.BaseObjectType), ResultMask = 63 })] };
        var before = GC.GetTotalMemory(forceFullCollection: true);

        SendMany(channel, browse);
        ServerBed.WaitUntil(() => bed.Server.ConnectionCount == 1, "the connection was dropped");
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.InRange(grown, long.MinValue, 64L * 1024 * 1024);
        Assert.Equal(StatusCodes.Good, other.Read([CurrentTime])[0].Status);
    }

    [Fact]
    public void An_answer_that_is_larger_than_the_client_takes_is_refused_and_the_session_lives()
    {
        using var bed = new ServerBed();
        using var channel = bed.OpenChannel();
        var header = new RequestHeader { AuthenticationToken = channel.Ask(new CreateSessionRequest { MaxResponseMessageSize = 10_000 }).AuthenticationToken };
        channel.Ask(new ActivateSessionRequest { RequestHeader = header });
        ReadRequest Reading(int count) => new() { RequestHeader = header, NodesToRead = [.. Enumerable.Range(0, count).Select(_ => new ReadValueId { NodeId = CurrentTime, AttributeId = 13 })] };

        Assert.Equal(StatusCodes.BadResponseTooLarge, Assert.Throws<UaException>(() => channel.Ask(Reading(2_000))).Status);
        Assert.Single(channel.Ask(Reading(1)).Results!);
    }

    [Fact]
    public void A_request_whose_bytes_are_wrong_is_answered_and_the_channel_lives()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        var request = new ReadRequest { NodesToRead = [new() { NodeId = CurrentTime, AttributeId = AttributeIds.Value, IndexRange = new string('1', 2_000_000) }] };

        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, Assert.Throws<UaException>(() => session.Invoke(request)).Status);
        Assert.Equal(StatusCodes.Good, session.Read([CurrentTime])[0].Status);
    }

    /// <summary>Some hundred megabytes of answers; stops when the server has hung up.</summary>
    private static void SendMany(ClientChannel channel, BrowseRequest browse)
    {
        try
        {
            for (var i = 0; i < 300; i++)
            {
                channel.Send(browse);
            }
        }
        catch (UaException)
        {
            // It has hung up already.
        }
    }

    /// <summary>Mostly small numbers, which reach further into a structure than others.</summary>
    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(0, 300)];
        random.NextBytes(bytes);
        return Array.ConvertAll(bytes, value => value < 160 ? (byte)0 : value < 220 ? (byte)(value & 3) : value);
    }

    private static Socket Connect(ServerBed bed)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        socket.Connect(bed.Server.EndPoint);
        return socket;
    }

    private static string ReadToEnd(Socket socket)
    {
        var bytes = new byte[1_000];
        var count = 0;
        for (var more = -1; more != 0; count += more)
        {
            more = socket.Receive(bytes.AsSpan(count));
        }

        return Encoding.ASCII.GetString(bytes, 0, count);
    }

    private static void Serves(ServerBed bed)
    {
        using var session = bed.Open();
        Assert.Equal(StatusCodes.Good, session.Read([CurrentTime])[0].Status);
    }
}
