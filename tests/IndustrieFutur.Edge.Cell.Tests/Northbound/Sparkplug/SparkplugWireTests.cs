using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>What Sparkplug 3.0 demands of the MQTT around the payloads, read from the wire between the node and a real mosquitto; one test a rule, in both versions.</summary>
[Trait("Proof", "sparkplug-rules")]
public sealed class SparkplugWireTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly NodeJudge _judge = new();
    private Mosquitto? _broker;
    private WireTap? _tap;
    private SparkplugHost? _host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await StartBrokerAsync();
        _tap = new WireTap(_broker.Port);
        _host = new SparkplugHost(_broker.Port, _judge);
        await _host.ConnectAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _host!.Dispose();
        _tap!.Dispose();
        await _broker!.DisposeAsync();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_session_is_clean_and_ends_with_its_connection(int version)
    {
        await using var node = await BornAsync(version);
        var connect = _tap!.Packets(0)[0].AsConnect();

        Assert.Equal((version, true, 0u), (connect.Version, connect.IsClean, connect.SessionExpiry));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_will_is_the_NDEATH_with_QoS_1_not_retained_and_bdSeq_alone(int version)
    {
        await using var node = await BornAsync(version);
        var connect = _tap!.Packets(0)[0].AsConnect();
        var will = DecodedPayload.Read(connect.Will);

        Assert.Equal((true, 1, false, "spBv1.0/G/NDEATH/E"), (connect.HasWill, connect.WillQoS, connect.IsWillRetained, connect.WillTopic));
        Assert.Equal(("bdSeq", 4ul), (will.Metrics.Single().Name, will.Metrics.Single().Datatype));
        Assert.Null(will.Seq);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Commands_and_the_primary_host_are_subscribed_with_QoS_1_before_the_NBIRTH(int version)
    {
        await using var node = await BornAsync(version);
        var packets = _tap!.Packets(0);
        var first = packets.First(packet => packet.Type == WirePacket.Publish);
        var before = packets.TakeWhile(packet => packet != first).Where(packet => packet.Type == WirePacket.Subscribe).SelectMany(packet => packet.Filters(version == 5));

        Assert.Equal("spBv1.0/G/NBIRTH/E", first.Topic);
        Assert.Equal([("spBv1.0/G/NCMD/E", 1), ("spBv1.0/G/DCMD/E/+", 1), ("spBv1.0/STATE/H", 1)], before);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Births_and_data_have_QoS_0_and_are_not_retained(int version)
    {
        await using var node = await BornAsync(version);
        var published = _tap!.Packets(0).Where(packet => packet.Type == WirePacket.Publish).ToArray();

        Assert.Equal(["NBIRTH", "DBIRTH", "DBIRTH", "DDATA"], published.Take(4).Select(packet => packet.Topic.Split('/')[2]));
        Assert.All(published, packet => Assert.Equal((0, false), (packet.QoS, packet.IsRetained)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Each_CONNECT_has_a_bdSeq_of_its_own_the_same_in_will_and_NBIRTH_one_higher_each_time(int version)
    {
        await using var node = await BornAsync(version);
        for (var session = 1; session < 4; session++)
        {
            var before = _judge.Births;
            _tap!.Cut();
            await Until.TrueAsync("the births of the next session", Limit, () => _judge.Births > before && _judge.Born is ["arm", "plc"], Cancellation);
        }

        var sessions = Enumerable.Range(0, _tap!.Connections).Select(_tap.Packets).ToArray();
        var wills = sessions.Select(packets => BdSeq(packets[0].AsConnect().Will));
        var births = sessions.Select(packets => BdSeq(packets.First(packet => packet.Type == WirePacket.Publish).Payload(version == 5)));

        Assert.Equal(["0", "1", "2", "3"], wills);
        Assert.Equal(["0", "1", "2", "3"], births);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task An_orderly_stop_publishes_the_NDEATH_and_then_disconnects_with_version_5_by_reason_4(int version)
    {
        await using var node = await BornAsync(version);
        await node.Node.StopAsync(Cancellation);
        await Until.TrueAsync("the end of the connection", Limit, () => _tap!.Open == 0, Cancellation);
        var packets = _tap!.Packets(0);
        var (death, end) = (packets[^2], packets[^1]);

        Assert.Equal((WirePacket.Publish, "spBv1.0/G/NDEATH/E", 1, false), (death.Type, death.Topic, death.QoS, death.IsRetained));
        Assert.Equal("0", BdSeq(death.Payload(version == 5)));
        Assert.Equal(WirePacket.Disconnect, end.Type);

        // Disconnect with Will Message (Sparkplug 3.0, 6.4.25; MQTT 5, 3.14.2.1). The death is then told twice, of one bdSeq: for a host one death.
        Assert.Equal(version == 5 ? 4 : 0, end.Body.FirstOrDefault());
        Assert.Empty(_judge.Faults);
    }

    [Fact]
    public async Task A_host_that_goes_offline_sends_the_node_to_the_next_server_and_it_is_never_at_two_at_once()
    {
        var second = new NodeJudge();
        await using var broker = await StartBrokerAsync();
        using var tap = new WireTap(broker.Port);
        using var host = new SparkplugHost(broker.Port, second);
        await host.ConnectAsync(Cancellation);
        await using var node = await CountingNode.StartAsync(_tap!.Port, Cancellation, others: [tap.Port]);
        await Until.TrueAsync("the births at the first server", Limit, () => _judge.Born is ["arm", "plc"], Cancellation);
        Assert.Equal((1, 0), (_tap.Open, tap.Connections));

        await _host!.SayAsync(online: false, Cancellation);
        var (open, openMax) = (0, 0);
        await Until.TrueAsync(
            "the births at the second server",
            Limit,
            () =>
            {
                open = _tap.Open + tap.Open;
                openMax = Math.Max(open, openMax);
                return second.Born is ["arm", "plc"];
            },
            Cancellation);

        Assert.Equal(1, openMax);
        Assert.Equal((1, 0), (_judge.Deaths, second.Deaths));
        Assert.Empty(_judge.Faults.Concat(second.Faults));
    }

    [Fact]
    public async Task A_host_that_is_not_online_at_the_first_server_is_sought_at_the_next()
    {
        var second = new NodeJudge();
        await _host!.SayAsync(online: false, Cancellation);
        await using var broker = await StartBrokerAsync();
        using var tap = new WireTap(broker.Port);
        using var host = new SparkplugHost(broker.Port, second);
        await host.ConnectAsync(Cancellation);
        await using var node = await CountingNode.StartAsync(_tap!.Port, Cancellation, others: [tap.Port]);

        await Until.TrueAsync("the births at the second server", Limit, () => second.Born is ["arm", "plc"], Cancellation);

        Assert.DoesNotContain(_tap.Packets(0), packet => packet.Type == WirePacket.Publish);
        Assert.Equal((WirePacket.Disconnect, 0), (_tap.Packets(0)[^1].Type, _judge.Deaths));
        Assert.Empty(_judge.Faults.Concat(second.Faults));
    }

    private static Task<Mosquitto> StartBrokerAsync() => Mosquitto.StartProcessAsync("allow_anonymous true\npersistence false", Cancellation);

    private static string? BdSeq(byte[] payload) => DecodedPayload.Read(payload).Metrics[0].Value;

    /// <summary>A node that has published its births, and data after them.</summary>
    private async Task<CountingNode> BornAsync(int version)
    {
        var node = await CountingNode.StartAsync(_tap!.Port, Cancellation, version == 5 ? "5" : "3.1.1");
        await Until.TrueAsync("births and values", Limit, () => _judge.Born is ["arm", "plc"] && _judge.ValuesOf("plc") > 5, Cancellation);
        return node;
    }
}
