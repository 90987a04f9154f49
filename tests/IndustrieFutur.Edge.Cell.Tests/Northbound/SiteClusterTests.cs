using System.Collections.Concurrent;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>The broker cluster of config/examples/site-cluster, from its own files: the nodes are one broker, and each user says what is theirs.</summary>
public sealed class SiteClusterTests : IDisposable
{
    private const string Telemetry = "edge/v1/la-roche/cell1/plc/telemetry";
    private const string Claim = "edge/v1/la-roche/cell1/stored/h1";

    /// <summary>The first election takes up to 9 s; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-site-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_edge_at_one_node_and_a_historian_at_another_hear_each_other_and_neither_can_speak_for_the_other()
    {
        await using var cluster = await NatsCluster.StartAsync(Cancellation);
        using var historian = await ConnectAsync(cluster, 0, SiteClusterFiles.HistorianUser);
        using var edge = await ConnectAsync(cluster, 1, SiteClusterFiles.EdgeUser);
        var heardByHistorian = await ListenAsync(historian, "edge/v1/la-roche/+/+/telemetry", "edge/v1/la-roche/+/stored/+");
        var heardByEdge = await ListenAsync(edge, "edge/v1/la-roche/cell1/stored/+");

        // Forbidden ones first: what a node lets through, it delivers in order.
        await PublishAsync(edge, Claim);
        await PublishAsync(edge, "edge/v1/la-roche/cell2/plc/telemetry");
        await PublishAsync(edge, Telemetry);
        await Until.TrueAsync("the telemetry", Patience, () => !heardByHistorian.IsEmpty, Cancellation);
        Assert.Equal([Telemetry], heardByHistorian.ToArray());

        await PublishAsync(historian, Telemetry);
        await PublishAsync(historian, Claim);
        await Until.TrueAsync("the watermark", Patience, () => !heardByEdge.IsEmpty, Cancellation);
        Assert.Equal([Claim], heardByEdge.ToArray());
        await Until.TrueAsync("the watermark at its own node", Patience, () => heardByHistorian.Count > 1, Cancellation);
        Assert.Equal([Telemetry, Claim], heardByHistorian.ToArray());
    }

    [Fact]
    public async Task Nobody_gets_in_with_a_wrong_password()
    {
        await using var cluster = await NatsCluster.StartAsync(Cancellation);
        using var client = new MqttClientFactory().CreateMqttClient();
        using var right = await ConnectAsync(cluster, 2, SiteClusterFiles.EdgeUser);

        var answer = await client.ConnectAsync(Options(cluster, 2, SiteClusterFiles.EdgeUser, "guessed"), Cancellation);

        Assert.NotEqual(MqttClientConnectResultCode.Success, answer.ResultCode);
        Assert.True(right.IsConnected);
    }

    private async Task<IMqttClient> ConnectAsync(NatsCluster cluster, int node, string user)
    {
        var options = Options(cluster, node, user, SiteClusterFiles.PasswordOf(user));
        IMqttClient? client = null;
        await Until.TrueAsync($"{user} to be let in", Patience, async token => (client = await TryAsync(options, token)) is not null, Cancellation);
        return client!;
    }

    /// <summary>Before there is a leader, a node keeps a client waiting and then closes its connection: null.</summary>
    private static async Task<IMqttClient?> TryAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            if ((await BrokerConnection.InTimeAsync(token => client.ConnectAsync(options, token), cancellation)).ResultCode == MqttClientConnectResultCode.Success)
            {
                return client;
            }
        }
        catch (Exception cause) when (cause is MqttCommunicationException or TimeoutException)
        {
            // Not yet.
        }

        client.Dispose();
        return null;
    }

    private MqttClientOptions Options(NatsCluster cluster, int node, string user, string password)
    {
        var file = Path.Combine(_folder, $"{user}.{password}");
        File.WriteAllText(file, password);
        var broker = new MqttSinkOptions
        {
            Sink = "mqtt",
            Url = cluster.Nodes[node].Url,
            User = user,
            Password = SecretReference.Parse($"file:{file}", out _),
            CaFile = cluster.CaFile,
        };
        return BrokerConnection.Describe(broker, $"test-{user}", _folder, TimeProvider.System).Build();
    }

    private static async Task<ConcurrentQueue<string>> ListenAsync(IMqttClient client, params string[] topics)
    {
        var heard = new ConcurrentQueue<string>();
        client.ApplicationMessageReceivedAsync += received =>
        {
            heard.Enqueue(received.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        var filter = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in topics)
        {
            filter.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var answer = await client.SubscribeAsync(filter.Build(), Cancellation);
        Assert.All(answer.Items, item => Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, item.ResultCode));
        return heard;
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic) => client.PublishAsync(
        new MqttApplicationMessage { Topic = topic, PayloadSegment = new byte[] { 1 }, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, Cancellation);
}
