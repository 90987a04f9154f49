using IndustrieFutur.Edge.App.Configuration;
using Microsoft.Extensions.Logging;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>Asks of each log-in, message and subscription whether it is allowed. What is refused is counted, and the first of each kind told.</summary>
internal sealed class BrokerGate(BrokerLimitsOptions limits, BrokerUsers users, RetainedStock retained, BrokerCounters counters, ILogger logger)
{
    /// <summary>Where the version stands among what the server keeps of a session.</summary>
    private const string VersionItem = "version";

    /// <summary>And where the filters that it has subscribed stand.</summary>
    private const string FiltersItem = "filters";

    /// <summary>Ends the retained message of a topic, whose newer one has no room.</summary>
    public Func<string, Task>? ForgetRetainedAsync { get; set; }

    public bool LogIn(ValidatingConnectionEventArgs connection)
    {
        connection.SessionItems[VersionItem] = connection.ProtocolVersion;
        connection.SessionItems[FiltersItem] = new HashSet<string>(StringComparer.Ordinal);
        if (users.IsOpen || users.IsKnown(connection.UserName, connection.RawPassword))
        {
            return true;
        }

        connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        if (counters.CountLogin() == 1)
        {
            logger.BrokerLoginRefused(Printable(connection.UserName), $"{connection.RemoteEndPoint}");
        }

        return false;
    }

    /// <summary>A client's will comes this way too. MQTT 3.1.1 has no refusal: the message is acknowledged and dropped, as mosquitto does (3.3.5-2).</summary>
    public async Task PublishAsync(InterceptingPublishEventArgs publish)
    {
        var message = publish.ApplicationMessage;
        if (!publish.ProcessPublish)
        {
            return;
        }

        if (!TopicFilter.IsTopic(message.Topic))
        {
            publish.ProcessPublish = false;
            publish.CloseConnection = true;
        }
        else if (!users.MayPublish(publish.UserName, message.Topic))
        {
            publish.ProcessPublish = false;
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            if (counters.CountPublish() == 1)
            {
                logger.BrokerPublishRefused(Printable(publish.UserName), Printable(message.Topic), users.AdviceOn(publish.UserName, message.Topic));
            }
        }
        else if (message.Retain && !retained.TryBook(message.Topic, message.Payload.IsEmpty ? 0 : MessageSize.Of(message)))
        {
            message.Retain = false;
            counters.CountNotRetained();
            await (ForgetRetainedAsync?.Invoke(message.Topic) ?? Task.CompletedTask);
        }
    }

    public Task SubscribeAsync(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter.Topic;
        if (!users.MaySubscribe(subscription.UserName, filter))
        {
            Deny(subscription, MqttSubscribeReasonCode.NotAuthorized);
            if (counters.CountSubscription() == 1)
            {
                logger.BrokerSubscriptionRefused(Printable(subscription.UserName), Printable(filter));
            }
        }
        else if (!TryKeep((HashSet<string>)subscription.SessionItems[FiltersItem]!, filter))
        {
            Deny(subscription, MqttSubscribeReasonCode.QuotaExceeded);
            counters.CountSubscription();
        }

        return Task.CompletedTask;
    }

    public static Task UnsubscribeAsync(InterceptingUnsubscriptionEventArgs unsubscription)
    {
        var filters = (HashSet<string>)unsubscription.SessionItems[FiltersItem]!;
        lock (filters)
        {
            filters.Remove(unsubscription.Topic);
        }

        return Task.CompletedTask;
    }

    /// <summary>MQTT 3.1.1 knows one failure (3.9.3), MQTT 5 says which (3.9.2.1).</summary>
    private static void Deny(InterceptingSubscriptionEventArgs subscription, MqttSubscribeReasonCode why)
    {
        subscription.ProcessSubscription = false;
        subscription.Response.ReasonCode = subscription.SessionItems[VersionItem] is MqttProtocolVersion.V500 ? why : MqttSubscribeReasonCode.UnspecifiedError;
    }

    private bool TryKeep(HashSet<string> filters, string filter)
    {
        lock (filters)
        {
            return filters.Contains(filter) || (filters.Count < limits.Subscriptions && filters.Add(filter));
        }
    }

    /// <summary>What a stranger sent, fit for a line of a log.</summary>
    private static string Printable(string? text) =>
        text is null ? "(nobody)" : string.Concat(text.Take(100).Select(one => char.IsControl(one) ? '?' : one));
}
