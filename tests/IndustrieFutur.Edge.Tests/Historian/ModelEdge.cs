using System.Collections.Concurrent;
using System.Text.Json;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>An edge as a historian sees it: publishes over a real broker what a test tells it to, keeps what it is told and asked.</summary>
internal sealed class ModelEdge(int port) : IAsyncDisposable
{
    public const string Device = "plc";

    private static readonly EdgeTopics Topics = new("la-roche", "cell1");

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    public ConcurrentQueue<ReplayMessage> Asked { get; } = new();

    /// <summary>The watermark that was told last.</summary>
    public StreamStored? Stored { get; private set; }

    public ulong UpTo => Stored?.UpTo ?? 0;

    public ulong Epoch { get; set; } = 1;

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        _client.ApplicationMessageReceivedAsync += received =>
        {
            var reader = new Utf8JsonReader(received.ApplicationMessage.Payload);
            if (received.ApplicationMessage.Topic == Topics.Replay("h1"))
            {
                Asked.Enqueue(JsonSerializer.Deserialize(ref reader, TelemetryJson.Default.ReplayMessage)!);
                return Task.CompletedTask;
            }

            var told = JsonSerializer.Deserialize(ref reader, TelemetryJson.Default.StoredMessage)!;
            Stored = told.Streams.SingleOrDefault(stream => stream.Stream == Device) ?? Stored;
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("edge").WithCleanSession().Build();
        await _client.ConnectAsync(options, cancellation);
        await _client.SubscribeAsync(Topics.Stored("h1"), MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        await _client.SubscribeAsync(Topics.Replay("h1"), MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
    }

    public Task MetaAsync(ulong planHash = 99) => PublishAsync(
        Topics.Meta(Device),
        JsonSerializer.SerializeToUtf8Bytes(
            new MetaMessage(planHash.ToString("x16"), [new SignalMeta(7, "conveyor.speed", "float64", "m/s", "Vitesse", "Speed")]),
            TelemetryJson.Default.MetaMessage),
        retain: true);

    /// <summary>Sends the numbers from one to another; each one's value is its number.</summary>
    public Task SendAsync(ulong first, ulong last, ulong planHash = 99)
    {
        var count = (int)(last - first + 1);
        var buffer = new byte[TelemetryEncoder.BufferNeeded(count, 0)];
        var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(count)]);
        encoder.Begin(1_700_000_000_000, Epoch, first, planHash, false);
        for (var number = first; number <= last; number++)
        {
            var time = StoreScene.Start + (long)Epoch * 3_600_000_000_000 + (long)number * 1_000_000;
            encoder.TryAdd(7, time, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(number), default, 0);
        }

        return PublishAsync(Topics.Telemetry(Device), buffer[..encoder.End()]);
    }

    public Task GapAsync(ulong from, ulong to, byte cause)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(0, 0)];
        var length = TelemetryEncoder.EncodeGap(buffer, 1_700_000_000_000, Epoch, 99, from, to, cause);
        return PublishAsync(Topics.Telemetry(Device), buffer[..length]);
    }

    public Task HeadAsync(ulong oldest, ulong next, bool flush = true)
    {
        var head = new HeadMessage([new StreamHead(Device, Epoch.ToString("x16"), oldest, next, [], flush)]);
        return PublishAsync(Topics.Head, JsonSerializer.SerializeToUtf8Bytes(head, TelemetryJson.Default.HeadMessage));
    }

    public Task NonsenseAsync(string rest, byte[] body) => PublishAsync($"edge/v1/la-roche/cell1/{rest}", body);

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync();
        }

        _client.Dispose();
    }

    private Task<MqttClientPublishResult> PublishAsync(string topic, byte[] body, bool retain = false) =>
        _client.PublishAsync(new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = body,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        });
}
