using System.Collections.Concurrent;
using IndustrieFutur.Edge.Northbound.Mqtt;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>How the door for commands at one broker fares, for health and metrics. Written by the listener, read by anyone.</summary>
public sealed class ListenerStatus : BrokerStatus
{
    /// <summary>The gate's rules are some twenty words; should it ever have more, they are one.</summary>
    private const int RulesMax = 32;

    private readonly ConcurrentDictionary<string, long> _refusals = new();
    private long _requests;
    private long _dropped;
    private long _answersLost;

    /// <summary>Messages that were looked at.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Messages above the rate, which nobody looked at.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Answers that did not reach the broker, or had no place to go.</summary>
    public long AnswersLost => Interlocked.Read(ref _answersLost);

    /// <summary>By the rule that refused: this door's own, and the gate's.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    internal void CountAnswerLost() => Interlocked.Increment(ref _answersLost);

    internal void Count(RemoteAnswer answer)
    {
        if (answer.Outcome == RemoteAnswer.Refused)
        {
            var rule = _refusals.Count < RulesMax || _refusals.ContainsKey(answer.Rule) ? answer.Rule : "other";
            _refusals.AddOrUpdate(rule, 1, (_, count) => count + 1);
        }
    }
}
