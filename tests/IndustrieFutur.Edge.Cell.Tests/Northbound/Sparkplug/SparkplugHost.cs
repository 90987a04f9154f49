using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>A primary host application: hears everything of Sparkplug, says that it is online, and has its death as its will.</summary>
internal sealed class SparkplugHost(int port, NodeJudge judge) : IDisposable
{
    public const string Id = "H";

    private IMqttClient? _client;
    private long _utcMillis;

    /// <summary>Connects, or connects again after the broker was killed; then it is online.</summary>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        _client?.Dispose();
        _client = new MqttClientFactory().CreateMqttClient();
        var connection = judge.Connection;
        _client.ApplicationMessageReceivedAsync += received =>
        {
            if (!received.ApplicationMessage.Topic.Contains("/STATE/", StringComparison.Ordinal) && !received.ApplicationMessage.Topic.Contains("CMD/", StringComparison.Ordinal))
            {
                judge.Hear(connection, received.ApplicationMessage.Topic, received.ApplicationMessage.Payload.ToArray());
            }

            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("host").WithCleanSession().Build();
        await _client.ConnectAsync(options, cancellation);
        await _client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("spBv1.0/#", MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancellation);
        await SayAsync(online: true, cancellation);
    }

    /// <summary>Publishes its STATE, each later than the one before.</summary>
    public Task SayAsync(bool online, CancellationToken cancellation)
    {
        _utcMillis = Math.Max(_utcMillis + 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return PublishAsync($"spBv1.0/STATE/{Id}", Encoding.UTF8.GetBytes($$"""{"online":{{(online ? "true" : "false")}},"timestamp":{{_utcMillis}}}"""), retain: true, cancellation);
    }

    public Task AskRebirthAsync(CancellationToken cancellation) =>
        PublishAsync("spBv1.0/G/NCMD/E", [0x12, 24, 0x0A, 20, .. "Node Control/Rebirth"u8, 0x70, 1], retain: false, cancellation);

    public Task OrderAsync(string device, bool retain, CancellationToken cancellation) =>
        PublishAsync($"spBv1.0/G/DCMD/E/{device}", [0x12, 4, 0x10, 1, 0x58, 1], retain, cancellation);

    public void Dispose() => _client?.Dispose();

    private async Task PublishAsync(string topic, byte[] payload, bool retain, CancellationToken cancellation)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = payload,
            Retain = retain,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        await _client!.PublishAsync(message, cancellation);
    }
}
