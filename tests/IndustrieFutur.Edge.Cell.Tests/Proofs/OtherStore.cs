using System.Buffers;
using System.Buffers.Binary;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>One plain subscriber of all other cells: QoS 1, and a session that the cluster keeps while it changes its node.</summary>
internal sealed class OtherStore(NatsCluster cluster)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, HashSet<int>> _heard = [];
    private volatile bool _wasReady;

    public bool WasReady => _wasReady;

    /// <summary>How many of these messages of a cell have not come.</summary>
    public long Missing(int cell, int[] numbers)
    {
        lock (_gate)
        {
            return _heard.TryGetValue(cell, out var heard) ? numbers.LongCount(number => !heard.Contains(number)) : numbers.Length;
        }
    }

    public async Task RunAsync(CancellationToken ending)
    {
        for (var node = 0; !ending.IsCancellationRequested; node++)
        {
            using var client = await ConnectAsync(cluster, node, "other-store", isClean: false, Hear, ending);
            if (client is null)
            {
                continue;
            }

            try
            {
                await BrokerConnection.InTimeAsync(
                    token => client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("other/+/telemetry", MqttQualityOfServiceLevel.AtLeastOnce).Build(), token), ending);
                _wasReady = true;
                while (client.IsConnected)
                {
                    await Task.Delay(Pause, TimeProvider.System, ending);
                }
            }
            catch (Exception)
            {
                // The node has gone, or the proof ends.
            }
        }
    }

    /// <summary>Tries one node; null, after a moment: it does not let anybody in now.</summary>
    public static async Task<IMqttClient?> ConnectAsync(
        NatsCluster cluster, int node, string clientId, bool isClean, Action<MqttApplicationMessage>? hear, CancellationToken ending)
    {
        var broker = new MqttSinkOptions
        {
            Sink = "mqtt",
            Url = cluster.Nodes[node % cluster.Nodes.Count].Url,
            User = SiteClusterFiles.OthersUser,
            Password = SecretReference.Parse($"file:{cluster.OthersPasswordFile}", out _),
            CaFile = cluster.CaFile,
        };
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += received =>
        {
            hear?.Invoke(received.ApplicationMessage);
            return Task.CompletedTask;
        };
        try
        {
            var options = BrokerConnection.Describe(broker, clientId, "/", TimeProvider.System).WithCleanSession(isClean).Build();
            if ((await BrokerConnection.InTimeAsync(token => client.ConnectAsync(options, token), ending)).ResultCode == MqttClientConnectResultCode.Success)
            {
                return client;
            }
        }
        catch (Exception)
        {
            // It is gone, or there is no leader: another one is tried.
        }

        client.Dispose();
        await Task.Delay(Pause, TimeProvider.System, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    private void Hear(MqttApplicationMessage message)
    {
        var body = message.Payload.Slice(0, 2 * sizeof(int)).ToArray();
        lock (_gate)
        {
            var cell = BinaryPrimitives.ReadInt32LittleEndian(body);
            if (!_heard.TryGetValue(cell, out var heard))
            {
                _heard[cell] = heard = [];
            }

            heard.Add(BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(sizeof(int))));
        }
    }
}
