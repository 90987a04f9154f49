using System.Buffers;
using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>A historian without a store: reads of each message its numbers, throws the samples away, and publishes the watermark each second as a real one does.</summary>
internal sealed class ThroughputHistorian
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>While the edge waits for the last word.</summary>
    private static readonly TimeSpan EveryInFlush = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly EdgeTopics _topics = new("bench", "edge1");
    private readonly SequenceSet[] _have = [.. Enumerable.Range(0, ThroughputPlan.Devices).Select(_ => new SequenceSet())];
    private readonly ulong[] _epochs = new ulong[ThroughputPlan.Devices];
    private long _samples;
    private bool _isFlush;

    /// <summary>A child of the proof: subscribes, answers "=" and then, asked, how many samples have come; ends with its input.</summary>
    public static async Task<int> RunAsync(string brokerPort)
    {
        var historian = new ThroughputHistorian();
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += historian.ReceiveAsync;
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", int.Parse(brokerPort, CultureInfo.InvariantCulture)).Build());
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(historian._topics.Telemetry("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(historian._topics.Head, MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());
        using var end = new CancellationTokenSource();
        var saying = historian.SayAsync(client, end.Token);
        Console.WriteLine("= ready");
        while (Console.ReadLine() is not null)
        {
            Console.WriteLine($"= {Interlocked.Read(ref historian._samples)}");
        }

        await end.CancelAsync();
        await saying;
        return 0;
    }

    private Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        var payload = message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();
        if (message.Topic == _topics.Head)
        {
            _isFlush = JsonSerializer.Deserialize(payload, TelemetryJson.Default.HeadMessage)!.Streams.Any(stream => stream.Flush);
            return Task.CompletedTask;
        }

        if (!TelemetryReader.TryOpen(payload, out var reader))
        {
            throw new InvalidOperationException($"A message of {payload.Length} bytes on {message.Topic} is no telemetry.");
        }

        // edge/v1/bench/edge1/d7/telemetry
        var device = message.Topic.Split('/')[4][1] - '0';
        lock (_gate)
        {
            _epochs[device] = reader.Epoch;
            _have[device].Add(reader.IsGap ? new SequenceRange(reader.GapFrom, reader.GapTo) : new SequenceRange(reader.First, reader.First + (ulong)reader.Count - 1));
        }

        Interlocked.Add(ref _samples, reader.Count);
        return Task.CompletedTask;
    }

    private async Task SayAsync(IMqttClient client, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(_isFlush ? EveryInFlush : Every, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var body = JsonSerializer.SerializeToUtf8Bytes(Watermark(), TelemetryJson.Default.StoredMessage);
            await client.PublishAsync(new MqttApplicationMessage
            {
                Topic = _topics.Stored(ThroughputPlan.Historian),
                PayloadSegment = body,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                Retain = true,
            }, CancellationToken.None);
        }
    }

    private StoredMessage Watermark()
    {
        lock (_gate)
        {
            return new StoredMessage([.. Enumerable.Range(0, _have.Length).Where(device => !_have[device].IsEmpty).Select(Of)]);
        }
    }

    private StreamStored Of(int device)
    {
        var ranges = _have[device].Ranges;
        var isFromStart = ranges[0].First == 1;
        return new StreamStored(
            $"d{device}", _epochs[device].ToString("x16", CultureInfo.InvariantCulture), isFromStart ? ranges[0].Last : 0, [.. ranges.Skip(isFromStart ? 1 : 0)], []);
    }
}
