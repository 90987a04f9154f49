using System.Buffers;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.People;

/// <summary>
/// Publishes the newest value of each signal on its own topic for who only looks: QoS 0, at a bounded rate, and nothing is kept for
/// a broker that is away. The durable telemetry does not depend on it.
/// </summary>
internal sealed class PeopleTopics
{
    /// <summary>Ten turns a second: no value is later than a person notices.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly PeopleOptions _options;
    private readonly CellPlan _plan;
    private readonly TimeProvider _clock;
    private readonly NewestSamples _newest;
    private readonly string[] _topics;
    private readonly long[] _sent;
    private readonly byte[] _text;
    private readonly ArrayBufferWriter<byte> _json = new(512);
    private double _allowance;
    private long _allowedAt;
    private int _next;

    public PeopleTopics(PeopleOptions options, CellPlan plan, TimeProvider clock)
    {
        (_options, _plan, _clock) = (options, plan, clock);
        _newest = new NewestSamples(plan);
        _topics = [.. plan.Signals.Select(signal => TopicTemplate.Fill(options.Topic, plan.Group, plan.Edge, signal.Device, signal.Id))];
        _sent = new long[plan.Signals.Count];
        _text = new byte[plan.Signals.Select(signal => signal.TextBytes).DefaultIfEmpty(0).Max()];
        _allowedAt = clock.GetTimestamp();
        _allowance = Share;
    }

    /// <summary>Where the accepted samples are to be handed to.</summary>
    public NewestSamples Tap => _newest;

    /// <summary>Until the connection ends, or the caller ends it; whoever owns the connection sees how it fares.</summary>
    public async Task RunAsync(IMqttClient client, long packetBytesMax, CancellationToken cancellationToken)
    {
        try
        {
            while (client.IsConnected && !cancellationToken.IsCancellationRequested)
            {
                while (TryNext(out var topic, out var payload))
                {
                    await PublishAsync(client, packetBytesMax, topic, payload, cancellationToken);
                }

                await Task.Delay(Turn, _clock, cancellationToken);
            }
        }
        catch (Exception cause) when (cause is OperationCanceledException or MqttCommunicationException or InvalidOperationException or ObjectDisposedException)
        {
            // The connection is over; the next one begins with what is newest then.
        }
    }

    /// <summary>The next signal in turn that has something new and has not been told for a while; false: none, or the rate is spent.</summary>
    internal bool TryNext(out string topic, out ReadOnlyMemory<byte> payload)
    {
        var now = _clock.GetTimestamp();
        var isAllowed = Earn(now);
        for (var tries = 0; isAllowed && tries < _topics.Length; tries++)
        {
            var index = _next;
            _next = (_next + 1) % _topics.Length;
            if (IsDue(index, now) && _newest.TryTake(index, _text, out var sample, out var textLength))
            {
                _sent[index] = now;
                _allowance--;
                _json.ResetWrittenCount();
                ReadableSample.Write(_json, _plan.Signals[index], sample, _text.AsSpan(0, textLength));
                (topic, payload) = (_topics[index], _json.WrittenMemory);
                return true;
            }
        }

        (topic, payload) = ("", default);
        return false;
    }

    /// <summary>Messages in one turn.</summary>
    private double Share => Math.Max(1, _options.MessagesPerSecond * Turn.TotalSeconds);

    private static async Task PublishAsync(IMqttClient client, long packetBytesMax, string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length <= PacketRoom.PayloadMax(packetBytesMax, topic))
        {
            var message = new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
            };
            await client.PublishAsync(message, cancellationToken);
        }
    }

    private bool IsDue(int index, long now) => _sent[index] == 0 || _clock.GetElapsedTime(_sent[index], now) >= _options.Every;

    /// <summary>What was not used is not saved for a burst beyond one turn's share.</summary>
    private bool Earn(long now)
    {
        _allowance = Math.Min(Share, _allowance + _options.MessagesPerSecond * _clock.GetElapsedTime(_allowedAt, now).TotalSeconds);
        _allowedAt = now;
        return _allowance >= 1;
    }
}
