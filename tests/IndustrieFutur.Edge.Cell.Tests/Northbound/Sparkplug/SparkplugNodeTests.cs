using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Tests.Northbound.Sparkplug;
using MQTTnet;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>The edge node at a real mosquitto, before a host that judges every message.</summary>
public sealed class SparkplugNodeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "sparkplug-rules")]
    public async Task Births_and_deaths_are_right_across_broker_kills_and_no_value_is_lost()
    {
        var rounds = Proof.Length(100, 4);
        var judge = new NodeJudge();
        await using var broker = await StartBrokerAsync();
        using var host = new SparkplugHost(broker.Port, judge);
        await host.ConnectAsync(Cancellation);
        await using var node = await CountingNode.StartAsync(broker.Port, Cancellation);
        var (wills, links) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            await BornAsync(judge);
            if (round % 2 == 1)
            {
                await LoseLinkAsync(node, judge);
                links++;
            }

            if (round % 3 == 1)
            {
                await TakeOverAsync(broker.Port, judge);
                wills++;
            }

            await KillAsync(broker, host, judge);
        }

        await BornAsync(judge);
        await node.FreezeAsync();
        await Until.TrueAsync("every value of both devices", Limit, () => Math.Min(judge.ValuesOf("plc"), judge.ValuesOf("arm")) == node.Counted, Cancellation);
        var deaths = judge.Deaths;
        await node.Node.StopAsync(Cancellation);
        await Until.TrueAsync("the death of an orderly stop", Limit, () => judge.Deaths == deaths + 1, Cancellation);

        Assert.Empty(judge.Faults);
        Assert.Equal((wills + 1, links), (judge.Deaths, judge.DeviceDeaths));
        Assert.Equal(0, node.Node.Dropped);
        var payloads = judge.Payloads;
        var foreign = await SparkplugPeerDecodesAsync(payloads);
        Proof.Say($"{rounds} broker kills: {judge.Births} births and {judge.DeviceBirths} of devices, {judge.Deaths} and {judge.DeviceDeaths} deaths, each right; {node.Counted} values of 2 devices, 0 lost; the foreign decoder reads all {foreign} payloads");
    }

    [Fact]
    [Trait("Proof", "sparkplug-rules")]
    public async Task A_host_that_says_offline_gets_a_death_and_a_birth_in_a_new_session_once_it_is_back()
    {
        var judge = new NodeJudge();
        await using var broker = await StartBrokerAsync();
        using var host = new SparkplugHost(broker.Port, judge);
        await host.ConnectAsync(Cancellation);
        await using var node = await CountingNode.StartAsync(broker.Port, Cancellation);
        await BornAsync(judge);
        var bdSeq = judge.BdSeq;

        await host.SayAsync(online: false, Cancellation);
        await Until.TrueAsync("the death", Limit, () => judge.Deaths == 1, Cancellation);
        await Until.TrueAsync("the new session, which waits", Limit, () => node.Node.Status.IsConnected && !node.Node.IsBorn, Cancellation);
        await host.SayAsync(online: true, Cancellation);
        await BornAsync(judge);

        Assert.NotEqual(bdSeq, judge.BdSeq);
        Assert.Equal((2, 1), (judge.Births, judge.Deaths));
        Assert.Empty(judge.Faults);
    }

    [Fact]
    [Trait("Proof", "sparkplug-rules")]
    public async Task A_rebirth_is_done_without_a_reconnect_and_orders_are_refused_and_told_once()
    {
        var judge = new NodeJudge();
        await using var broker = await StartBrokerAsync();
        using var host = new SparkplugHost(broker.Port, judge);
        await host.ConnectAsync(Cancellation);
        await host.OrderAsync("plc", retain: true, Cancellation);
        await using var node = await CountingNode.StartAsync(broker.Port, Cancellation);
        await BornAsync(judge);

        for (var i = 0; i < 10; i++)
        {
            await host.OrderAsync("plc", retain: false, Cancellation);
        }

        await host.AskRebirthAsync(Cancellation);
        await Until.TrueAsync("the second birth", Limit, () => judge.Births == 2, Cancellation);
        await BornAsync(judge);

        // A bdSeq that is not the first birth's would be a fault: the judge has seen no end of the session.
        Assert.Empty(judge.Faults);
        Assert.Single(node.Told, line => line.Contains("connected to the broker", StringComparison.Ordinal));
        Assert.Single(node.Told, line => line.Contains("it is retained", StringComparison.Ordinal));
        Assert.Single(node.Told, line => line.Contains("an order for plc.count was not carried out", StringComparison.Ordinal));
    }

    /// <summary>Nothing retained survives a kill: the host's STATE is new after it, as where the host is quicker than its old word.</summary>
    private static Task<Mosquitto> StartBrokerAsync() => Mosquitto.StartProcessAsync("allow_anonymous true\npersistence false", Cancellation);

    /// <summary>Waits for all births, and for live values after them.</summary>
    private static async Task BornAsync(NodeJudge judge)
    {
        await Until.TrueAsync("all births", Limit, () => judge.Born is ["arm", "plc"], Cancellation);
        var seen = judge.ValuesOf("plc");
        await Until.TrueAsync("values after the births", Limit, () => judge.ValuesOf("plc") > seen, Cancellation);
    }

    private static async Task LoseLinkAsync(CountingNode node, NodeJudge judge)
    {
        node.IsArmConnected = false;
        await Until.TrueAsync("the device's death", Limit, () => judge.Born is ["plc"], Cancellation);
        node.IsArmConnected = true;
        await Until.TrueAsync("the device's birth", Limit, () => judge.Born is ["arm", "plc"], Cancellation);
    }

    /// <summary>Another client of the same name: the broker throws the node out and publishes its will.</summary>
    private static async Task TakeOverAsync(int port, NodeJudge judge)
    {
        var deaths = judge.Deaths;
        using var thief = new MqttClientFactory().CreateMqttClient();
        await thief.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("ifedge-G-E-scada").Build(), Cancellation);
        await Until.TrueAsync("the will", Limit, () => judge.Deaths == deaths + 1, Cancellation);
        await BornAsync(judge);
    }

    private static async Task KillAsync(Mosquitto broker, SparkplugHost host, NodeJudge judge)
    {
        broker.Kill();
        judge.Lose();
        await broker.RestartAsync(Cancellation);
        await host.ConnectAsync(Cancellation);
    }

    /// <summary>Each payload as the foreign decoder tells it is what our own tells; returns how many there were.</summary>
    private static async Task<int> SparkplugPeerDecodesAsync(byte[][] payloads)
    {
        var foreign = await Edge.Tests.Protocols.Sparkplug.SparkplugPeer.DecodeAsync(payloads, Cancellation);
        Assert.Equal(payloads.Select(payload => ForeignView.Expected(DecodedPayload.Read(payload))), foreign.Select(ForeignView.Canonical));
        return foreign.Count;
    }
}
