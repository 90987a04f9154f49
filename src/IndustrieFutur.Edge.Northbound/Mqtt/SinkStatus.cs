using System.Collections.Concurrent;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>How a sink fares, for health and metrics. Written by the sink, read by anyone.</summary>
public sealed class SinkStatus : BrokerStatus
{
    private readonly ConcurrentDictionary<string, long> _heard = new();
    private long _acknowledged;
    private long _returned;
    private volatile bool _refused;
    private volatile string _refusedTopic = "";

    /// <summary>The broker is there and refuses the log-in: a person must act.</summary>
    public bool IsRefused
    {
        get => _refused;
        internal set => _refused = value;
    }

    /// <summary>What the connected broker refuses to take, and what to do; empty when nothing.</summary>
    public string Refused
    {
        get => _refusedTopic;
        internal set => _refusedTopic = value;
    }

    /// <summary>Telemetry messages that the broker acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Telemetry messages that were not acknowledged and went back into the spool.</summary>
    public long Returned => Interlocked.Read(ref _returned);

    /// <summary>When a historian was last heard, by the clock's timestamps; 0: never.</summary>
    public long LastHeard(string historian) => _heard.GetValueOrDefault(historian);

    internal void Hear(string historian, long timestamp) => _heard[historian] = timestamp;

    internal void CountAcknowledged() => Interlocked.Increment(ref _acknowledged);

    internal void CountReturned() => Interlocked.Increment(ref _returned);
}
