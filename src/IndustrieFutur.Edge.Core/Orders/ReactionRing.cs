using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>
/// From the sampling tick, which sees that a rule is set off, to the gate, which does the disk's work off the loop: rule indices in memory that two
/// processes may share. Full, the newest is not taken, and counted.
/// </summary>
[HotPath]
public sealed unsafe class ReactionRing
{
    /// <summary>A rule fires once until a person arms it again, and there are 32 at most: eight times as many wait for nobody.</summary>
    private const int EventsMax = 256;

    private readonly ReactionControl* _control;
    private readonly ReactionEvent* _events;

    /// <param name="memory">Where it lives; zeroed memory is an empty ring.</param>
    public ReactionRing(HotMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _control = (ReactionControl*)memory.Take(sizeof(ReactionControl));
        _events = (ReactionEvent*)memory.Take(EventsMax * sizeof(ReactionEvent));
        ArrivalToInbox = new LatencyHistogram(memory);
    }

    public static long BytesNeeded => HotMemory.Padded(sizeof(ReactionControl)) + HotMemory.Padded(EventsMax * sizeof(ReactionEvent)) + LatencyHistogram.BytesNeeded;

    /// <summary>From the arrival of the sample that set a rule off to its order in the driver's inbox; recorded by the gate.</summary>
    public LatencyHistogram ArrivalToInbox { get; }

    /// <summary>Events that found no room.</summary>
    public long Refused => Volatile.Read(ref _control->Refused);

    /// <summary>For the sampling thread.</summary>
    public void Add(int reaction, long arrivalMonoNanos)
    {
        var written = _control->Written;
        if (written - Volatile.Read(ref _control->Read) >= EventsMax)
        {
            Volatile.Write(ref _control->Refused, _control->Refused + 1);
            return;
        }

        _events[written % EventsMax] = new ReactionEvent(reaction, arrivalMonoNanos);
        Volatile.Write(ref _control->Written, written + 1);
    }

    /// <summary>For the gate's thread. False: nothing was set off.</summary>
    public bool TryTake(out ReactionEvent taken)
    {
        var read = _control->Read;
        if (read == Volatile.Read(ref _control->Written))
        {
            taken = default;
            return false;
        }

        taken = _events[read % EventsMax];
        Volatile.Write(ref _control->Read, read + 1);
        return true;
    }

    /// <summary>For a gate that begins: what was set off before it came is past. Returns how much that was.</summary>
    public long Forget()
    {
        var forgotten = Volatile.Read(ref _control->Written) - _control->Read;
        Volatile.Write(ref _control->Read, _control->Read + forgotten);
        return forgotten;
    }
}
