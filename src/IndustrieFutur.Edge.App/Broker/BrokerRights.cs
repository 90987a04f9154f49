using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// What one user may say and hear. Whatever the filters of a user say, only a historian tells what is stored or asks for a replay, and
/// nobody signs a command with another's name.
/// </summary>
internal sealed class BrokerRights
{
    private static readonly string[] HistorianPublishes = [$"{EdgeTopics.Root}/+/+/stored/+", $"{EdgeTopics.Root}/+/+/replay/+"];
    private static readonly string[] HistorianSubscribes = [$"{EdgeTopics.Root}/#"];

    private readonly string _user;
    private readonly bool _isHistorian;
    private readonly string[] _publish;
    private readonly string[] _subscribe;

    public BrokerRights(string user, BrokerUserOptions options)
    {
        _user = user;
        _isHistorian = options.Historian;
        _publish = [.. options.Publish.Concat(_isHistorian ? HistorianPublishes : []).Select(Named)];
        _subscribe = [.. options.Subscribe.Concat(_isHistorian ? HistorianSubscribes : []).Select(Named)];
    }

    public bool MayPublish(string topic) => Array.Exists(_publish, filter => TopicFilter.Covers(filter, topic)) && !IsReserved(topic);

    /// <summary>What helps a user who may not publish a topic and should, without a full stop.</summary>
    public string AdviceOn(string topic) =>
        !IsReserved(topic) ? $"If it should, add the topic to broker.users.{_user}.publish"
        : IsOfHistorians(topic) ? $"Only a historian says what is stored or asks for a replay: if it is one, write \"historian\": true under broker.users.{_user}; the list \"publish\" does not help here"
        : $"Nobody signs a command with another's name: it is to publish to .../command/{_user}";

    /// <summary>A filter is allowed when all that it can ever match is.</summary>
    public bool MaySubscribe(string filter) => Array.Exists(_subscribe, allowed => TopicFilter.Covers(allowed, filter));

    private static bool IsOfHistorians(string topic) =>
        EdgeTopics.TryParse(topic, out _, out _, out var rest) && rest.Split('/')[0] is ("stored" or "replay");

    private bool IsReserved(string topic)
    {
        if (!EdgeTopics.TryParse(topic, out _, out _, out var rest))
        {
            return false;
        }

        return IsOfHistorians(topic) ? !_isHistorian : rest.Split('/') switch
        {
            [_, "command", var user, ..] => user != _user,
            _ => false,
        };
    }

    private string Named(string filter) => filter.Replace("%u", _user, StringComparison.Ordinal);
}
