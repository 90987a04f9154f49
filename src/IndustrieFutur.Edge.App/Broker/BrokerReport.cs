using System.Globalization;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>How the embedded broker is: where it listens, how full it is, and what it has refused; as JSON for programs, as lines for people.</summary>
internal static class BrokerReport
{
    /// <summary>What the broker refuses, by the key of the count, in both languages. Anything but 0 is worth a look.</summary>
    private static readonly (string Key, string French, string English)[] Refusals =
    [
        ("loginsRefused", "connexions refusées (utilisateur ou mot de passe)", "log-ins refused (user or password)"),
        ("publishesRefused", "messages refusés (droits)", "messages refused (rights)"),
        ("subscriptionsRefused", "abonnements refusés (droits)", "subscriptions refused (rights)"),
        ("connectionsRefused", "connexions en trop (limits.connections)", "connections too many (limits.connections)"),
        ("packetsRefused", "paquets trop grands (limits.messageBytes)", "packets too large (limits.messageBytes)"),
        ("undelivered", "messages non remis à un client lent (limits.waiting...)", "messages not given to a slow client (limits.waiting...)"),
        ("clientsCut", "clients coupés, car ils n'acquittent pas", "clients cut off, for they acknowledge nothing"),
        ("notRetained", "messages non retenus (limits.retained...)", "messages not retained (limits.retained...)"),
        ("sessionsForgotten", "sessions oubliées (limits.sessionsAway)", "sessions forgotten (limits.sessionsAway)"),
    ];

    public static JsonObject ToJson(EmbeddedBroker broker) => new()
    {
        ["url"] = broker.Url,
        ["webSocketUrl"] = broker.WebSocketUrl,
        ["connections"] = broker.Connections,
        ["connectionsMax"] = broker.Limits.Connections,
        ["retained"] = broker.Retained.Count,
        ["retainedMax"] = broker.Limits.RetainedMessages,
        ["retainedBytes"] = broker.Retained.Bytes,
        ["retainedBytesMax"] = broker.Limits.RetainedBytes,
        ["retainedFileError"] = broker.Retained.FileError,
        ["loginsRefused"] = broker.Counters.LoginsRefused,
        ["publishesRefused"] = broker.Counters.PublishesRefused,
        ["subscriptionsRefused"] = broker.Counters.SubscriptionsRefused,
        ["connectionsRefused"] = broker.Counters.ConnectionsRefused,
        ["packetsRefused"] = broker.Counters.PacketsRefused,
        ["undelivered"] = broker.Counters.Undelivered,
        ["clientsCut"] = broker.Counters.ClientsCut,
        ["notRetained"] = broker.Counters.NotRetained,
        ["sessionsForgotten"] = broker.Counters.SessionsForgotten,
    };

    /// <summary>One line for the broker and one for each kind of refusal; none without a broker.</summary>
    public static IEnumerable<string> Lines(JsonNode? broker) => broker is null ? [] : [Head(broker), .. Troubles(broker).Select(trouble => $"  ! {trouble}")];

    /// <summary>What a person should look at, French first.</summary>
    public static IEnumerable<string> Troubles(JsonNode broker)
    {
        if ((string?)broker["retainedFileError"] is { Length: > 0 } error)
        {
            yield return $"messages retenus non écrits/retained messages not written: {error}";
        }

        foreach (var (key, french, english) in Refusals.Where(refusal => (long)broker[refusal.Key]! > 0))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{(long)broker[key]!} {french} / {english}");
        }
    }

    private static string Head(JsonNode broker)
    {
        var webSocket = (string?)broker["webSocketUrl"] is { } url ? $", {url}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"broker {broker["url"]}{webSocket} : {broker["connections"]}/{broker["connectionsMax"]} clients, {broker["retained"]} messages retenus/retained ({broker["retainedBytes"]} o/B)");
    }
}
