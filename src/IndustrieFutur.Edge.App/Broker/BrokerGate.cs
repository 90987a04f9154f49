using Microsoft.Extensions.Logging;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>Asks of each log-in, message and subscription whether it is allowed. What is refused is counted, and the first of each kind told.</summary>
internal sealed class BrokerGate(BrokerUsers users, RetainedStock retained, BrokerCounters counters, ILogger logger)
{
    /// <summary>Where the version stands among what the server keeps of a session.</summary>
    private const string VersionItem = "version";

    /// <summary>Ends the retained message of a topic, whose newer one has no room.</summary>
    public Func<string, Task>? ForgetRetainedAsync { get; set; }

    public Task LogInAsync(ValidatingConnectionEventArgs connection)
    {
        connection.SessionItems[VersionItem] = connection.ProtocolVersion;
        if (users.IsOpen || users.IsKnown(connection.UserName, connection.RawPassword))
        {
            return Task.CompletedTask;
        }

        connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        if (counters.CountLogin() == 1)
        {
            logger.BrokerLoginRefused(Printable(connection.UserName), $"{connection.RemoteEndPoint}");
        }

        return Task.CompletedTask;
    }

    /// <summary>A client's will comes this way too. MQTT 3.1.1 has no refusal: the message is acknowledged and dropped, as mosquitto does (3.3.5-2).</summary>
    public async Task PublishAsync(InterceptingPublishEventArgs publish)
    {
        var message = publish.ApplicationMessage;
        if (!publish.ProcessPublish)
        {
            return;
        }

        if (!users.MayPublish(publish.UserName, message.Topic))
        {
            publish.ProcessPublish = false;
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            if (counters.CountPublish() == 1)
            {
                logger.BrokerPublishRefused(Printable(publish.UserName), Printable(message.Topic));
            }
        }
        else if (message.Retain && !retained.TryBook(message.Topic, message.Payload.Length))
        {
            message.Retain = false;
            counters.CountNotRetained();
            await (ForgetRetainedAsync?.Invoke(message.Topic) ?? Task.CompletedTask);
        }
    }

    public Task SubscribeAsync(InterceptingSubscriptionEventArgs subscription)
    {
        if (users.MaySubscribe(subscription.UserName, subscription.TopicFilter.Topic))
        {
            return Task.CompletedTask;
        }

        // MQTT 3.1.1 knows one failure (3.9.3), MQTT 5 says which (3.9.2.1).
        var isVersion5 = subscription.SessionItems[VersionItem] is MqttProtocolVersion.V500;
        subscription.Response.ReasonCode = isVersion5 ? MqttSubscribeReasonCode.NotAuthorized : MqttSubscribeReasonCode.UnspecifiedError;
        subscription.ProcessSubscription = false;
        if (counters.CountSubscription() == 1)
        {
            logger.BrokerSubscriptionRefused(Printable(subscription.UserName), Printable(subscription.TopicFilter.Topic));
        }

        return Task.CompletedTask;
    }

    /// <summary>What a stranger sent, fit for a line of a log.</summary>
    private static string Printable(string? text) =>
        text is null ? "(nobody)" : string.Concat(text.Take(100).Select(one => char.IsControl(one) ? '?' : one));
}
