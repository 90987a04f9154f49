using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// How far a server's clock is ahead of ours, from the times in its answers: the answer with the shortest round trip knows best. It is
/// measured anew every few minutes, because clocks drift.
/// </summary>
public sealed class ClockOffset
{
    /// <summary>A quartz drifts by 30 ms at most in this time, as much as a round trip in a plant may take.</summary>
    private const long ValidNanos = 300_000_000_000;

    private long _takenMonoNanos;

    public bool HasValue { get; private set; }

    /// <summary>The server's clock minus ours; wrong by half a round trip at most.</summary>
    public long Nanos { get; private set; }

    /// <summary>The round trip of the answer that it was taken from; 0 = none yet.</summary>
    public long RoundTripNanos { get; private set; }

    /// <summary>Of the last answer, to size what must be on the way at the same time.</summary>
    public long LastRoundTripNanos { get; private set; }

    internal void Observe(long serverTime, long ourTime, long roundTripNanos, long nowMonoNanos)
    {
        LastRoundTripNanos = roundTripNanos;
        if (serverTime <= 0 || (HasValue && roundTripNanos > RoundTripNanos && nowMonoNanos - _takenMonoNanos < ValidNanos))
        {
            return;
        }

        HasValue = true;
        RoundTripNanos = roundTripNanos;
        Nanos = UaTime.ToUtcNanos(serverTime) - (UaTime.ToUtcNanos(ourTime) - (roundTripNanos / 2));
        _takenMonoNanos = nowMonoNanos;
    }

    internal void Forget()
    {
        HasValue = false;
        RoundTripNanos = 0;
    }
}
