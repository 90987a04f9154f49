using System.Text.Json;
using IndustrieFutur.Edge.Northbound.Mqtt;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Publishes answers over one connection, no more at once than its broker takes.</summary>
internal sealed class AnswerLane(BrokerSession session, int atOnce)
{
    /// <summary>Who asked looks for half a minute; an answer that comes later would speak of something else.</summary>
    private const uint ExpirySeconds = 30;

    /// <summary>What PUBLISH has besides topic, payload and correlation (MQTT 5, 3.3.2.3): expiry, and the lengths of it all.</summary>
    private const int PropertyBytes = 16;

    private readonly int _atOnce = Math.Min(atOnce, session.ReceiveMax);
    private int _onTheWay;

    public bool IsOpen => session.Client.IsConnected;

    /// <summary>Takes a place on the way; false: all are taken, and it is to be tried again. Who has one gives it back by <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _onTheWay) <= _atOnce)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _onTheWay);

    /// <summary>Null when the broker has it; else why it never will.</summary>
    public async Task<string?> PublishAsync(ReplyAddress reply, RemoteAnswer answer, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, RemoteJson.Default.RemoteAnswer);
        var isModern = session.Version == MqttProtocolVersion.V500;
        var extra = isModern ? PropertyBytes + (reply.Correlation?.Length ?? 0) : 0;
        if (body.Length > PacketRoom.PayloadMax(session.PacketBytesMax - extra, reply.Topic))
        {
            return $"it has {body.Length} bytes, and the broker takes packets of {session.PacketBytesMax} only; raise its limit.";
        }

        var message = new MqttApplicationMessage
        {
            Topic = reply.Topic,
            PayloadSegment = body,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        if (isModern)
        {
            (message.MessageExpiryInterval, message.CorrelationData) = (ExpirySeconds, reply.Correlation);
        }

        var result = await session.Client.PublishAsync(message, cancellationToken);
        return result.IsSuccess ? null : $"the broker refuses it ({result.ReasonCode}); its access list must allow this user to publish there.";
    }
}
