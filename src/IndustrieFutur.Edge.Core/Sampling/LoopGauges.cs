using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// How well a sampling loop keeps its time: four histograms, missed ticks, garbage collections of its process, the privileges it got.
/// In memory that is given; the sampling thread and the spool's thread each write their own part, anyone reads.
/// </summary>
[HotPath]
public sealed unsafe class LoopGauges
{
    /// <summary>Ticks with samples that the spool may lag behind: half a second at 1 kHz, and it comes fifty times a second.</summary>
    private const int MarksMax = 512;

    private readonly LoopGaugesControl* _control;
    private readonly TickMark* _marks;

    /// <summary>Gauges in their memory, which is zeroed, or holds what another process has counted so far.</summary>
    public LoopGauges(HotMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _control = (LoopGaugesControl*)memory.Take(sizeof(LoopGaugesControl));
        _marks = (TickMark*)memory.Take(MarksMax * sizeof(TickMark));
        WakeUp = new LatencyHistogram(memory);
        TickDuration = new LatencyHistogram(memory);
        ArrivalToTick = new LatencyHistogram(memory);
        TickToSpool = new LatencyHistogram(memory);
    }

    public static long BytesNeeded =>
        HotMemory.Padded(sizeof(LoopGaugesControl)) + HotMemory.Padded(MarksMax * sizeof(TickMark)) + (4 * LatencyHistogram.BytesNeeded);

    /// <summary>From a deadline to the moment when the thread runs.</summary>
    public LatencyHistogram WakeUp { get; }

    /// <summary>How long the work of a tick takes.</summary>
    public LatencyHistogram TickDuration { get; }

    /// <summary>From a sample's arrival to the tick that takes it.</summary>
    public LatencyHistogram ArrivalToTick { get; }

    /// <summary>From a tick that put samples out to the moment when the spool has all of them.</summary>
    public LatencyHistogram TickToSpool { get; }

    public long PeriodNanos => Volatile.Read(ref _control->PeriodNanos);

    public long Ticks => Volatile.Read(ref _control->Ticks);

    /// <summary>When the loop last ended a tick, monotonic: its heartbeat. 0: never.</summary>
    public long LastTickMonoNanos => Volatile.Read(ref _control->LastTickMonoNanos);

    /// <summary>Deadlines that passed unserved.</summary>
    public long Missed => Volatile.Read(ref _control->Missed);

    /// <summary>Garbage collections of the process that samples, since it started.</summary>
    public long Collections => Volatile.Read(ref _control->Collections);

    /// <summary>Managed memory that the process that samples has allocated since it started; exact to some 8 KiB a thread.</summary>
    public long AllocatedBytes => Volatile.Read(ref _control->AllocatedBytes);

    /// <summary>How much of each wait the thread spins; 0: none.</summary>
    public long GuardNanos => Volatile.Read(ref _control->GuardNanos);

    /// <summary>What became of a privilege that the sampling thread asked for.</summary>
    public PrivilegeReport Privilege(Privilege privilege) =>
        PrivilegeReport.Unpack(privilege, Volatile.Read(ref _control->Granted[(int)privilege]));

    /// <summary>For the sampling thread, before its first tick.</summary>
    public void Began(long periodNanos) => Volatile.Write(ref _control->PeriodNanos, periodNanos);

    /// <summary>For the sampling thread, before its first tick.</summary>
    public void Obtained(in PrivilegeReport report) => Volatile.Write(ref _control->Granted[(int)report.Privilege], report.Pack());

    /// <summary>For the sampling thread: a tick that was due at a deadline, ran from one moment to another, and found so many missed since the one before.</summary>
    public void Ticked(long deadlineNanos, long beganNanos, long endedNanos, long missedNow)
    {
        WakeUp.Record(beganNanos - deadlineNanos);
        TickDuration.Record(endedNanos - beganNanos);
        Volatile.Write(ref _control->Ticks, _control->Ticks + 1);
        Volatile.Write(ref _control->LastTickMonoNanos, endedNanos);
        if (missedNow != 0)
        {
            Volatile.Write(ref _control->Missed, _control->Missed + missedNow);
        }
    }

    /// <summary>For the sampling thread, now and then: what does not change with every tick.</summary>
    public void Lives(long collections, long allocatedBytes, long guardNanos)
    {
        Volatile.Write(ref _control->AllocatedBytes, allocatedBytes);
        Volatile.Write(ref _control->Collections, collections);
        Volatile.Write(ref _control->GuardNanos, guardNanos);
    }

    /// <summary>For the sampling thread: a sample waited so long in its ring.</summary>
    public void Arrived(long waitedNanos) => ArrivalToTick.Record(waitedNanos);

    /// <summary>For the sampling thread, at a tick's end: the output is filled up to a position. A spool that lags far behind misses some marks, never the oldest.</summary>
    public void Emitted(ulong position, long tickMonoNanos)
    {
        var control = _control;
        if (position == control->LastPosition)
        {
            return;
        }

        control->LastPosition = position;
        if (control->Marked - control->UnreadSeen >= MarksMax)
        {
            control->UnreadSeen = Volatile.Read(ref control->Unmarked);
            if (control->Marked - control->UnreadSeen >= MarksMax)
            {
                return;
            }
        }

        _marks[control->Marked % MarksMax] = new TickMark { Position = position, MonoNanos = tickMonoNanos };
        Volatile.Write(ref control->Marked, control->Marked + 1);
    }

    /// <summary>For the spool's thread: it has taken the output up to a position.</summary>
    public void Spooled(ulong position, long monoNow)
    {
        var control = _control;
        var marked = Volatile.Read(ref control->Marked);
        while (control->Unmarked < marked && _marks[control->Unmarked % MarksMax] is var mark && mark.Position <= position)
        {
            TickToSpool.Record(monoNow - mark.MonoNanos);
            Volatile.Write(ref control->Unmarked, control->Unmarked + 1);
        }
    }
}
