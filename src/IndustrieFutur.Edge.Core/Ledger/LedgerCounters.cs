using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Ledger;

/// <summary>
/// Counts, per signal, what became of every sample. The driver's thread, the sampling thread and the spool each write their own
/// lane; anyone may read.
/// </summary>
[HotPath]
public sealed unsafe class LedgerCounters
{
    private readonly LedgerLanes* _lanes;

    public LedgerCounters(HotMemory memory, int signals)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Count = signals;
        _lanes = (LedgerLanes*)memory.Take((long)signals * sizeof(LedgerLanes));
    }

    public int Count { get; }

    public static long BytesNeeded(int signals) => HotMemory.Padded((long)signals * sizeof(LedgerLanes));

    public void Produced(int signal) => Up(ref _lanes[signal].ProducedByDriver);

    public void RefusedAtInput(int signal) => Up(ref _lanes[signal].RefusedAtInput);

    public void ProducedByStage(int signal) => Up(ref _lanes[signal].ProducedByStages);

    public void FilteredDuplicate(int signal) => Up(ref _lanes[signal].FilteredDuplicate);

    public void FilteredRange(int signal) => Up(ref _lanes[signal].FilteredRange);

    public void FilteredDeadband(int signal) => Up(ref _lanes[signal].FilteredDeadband);

    public void FilteredUnsent(int signal) => Up(ref _lanes[signal].FilteredUnsent);

    public void RefusedAtOutput(int signal) => Up(ref _lanes[signal].RefusedAtOutput);

    public void TimeMoved(int signal) => Up(ref _lanes[signal].TimesMoved);

    public void ClockFault(int signal) => Up(ref _lanes[signal].ClockFaults);

    /// <summary>Counts a sample of a ring that is passed right afterwards.</summary>
    /// <param name="signal">Whose.</param>
    /// <param name="at">The sample's place in the ring: a kill between the two must not count it twice, see <see cref="TakeOverReading"/>.</param>
    public void Spooled(int signal, ulong at)
    {
        var lanes = _lanes + signal;
        var before = lanes->Spooled;
        Volatile.Write(ref lanes->SpooledBefore, before);
        Volatile.Write(ref lanes->SpoolingAt, at + 1);
        Volatile.Write(ref lanes->Spooled, before + 1);
    }

    /// <summary>
    /// For a new spool over counters whose spool was killed, before anything else: a sample that was counted and not passed will be counted
    /// when it is read.
    /// </summary>
    /// <param name="at">Where the killed reader was in the ring.</param>
    public void TakeOverReading(ulong at)
    {
        for (var signal = 0; signal < Count; signal++)
        {
            var lanes = _lanes + signal;
            if (lanes->SpoolingAt == at + 1)
            {
                Volatile.Write(ref lanes->Spooled, lanes->SpooledBefore);
            }
        }

        ForgetReading();
    }

    /// <summary>Places that were noted are of another ring, or will be read a second time.</summary>
    public void ForgetReading()
    {
        for (var signal = 0; signal < Count; signal++)
        {
            Volatile.Write(ref _lanes[signal].SpoolingAt, 0);
        }
    }

    /// <summary>
    /// For a new spool over counters whose spool was killed, before its first sample: of what it had accepted without knowing its fate,
    /// <paramref name="readAgain"/> samples still lie in the ring and will be accepted anew, and <paramref name="kept"/> were in a file; the
    /// rest is lost.
    /// </summary>
    public void TakeOverSpool(int signal, long readAgain, long kept)
    {
        var lanes = _lanes + signal;
        lanes->Spooled -= readAgain;
        var unknown = lanes->Spooled - lanes->Stored - lanes->DroppedSpoolFull - lanes->DroppedByStore - lanes->DroppedOther - kept;
        lanes->DroppedOther += Math.Max(0, unknown);

        // A sample whose fate was known before its slot was given back will have a second one.
        lanes->Stored += Math.Min(0, unknown);
    }

    /// <summary>
    /// For a new writer and a new loop over counters whose process was killed between moving a sample and counting it: what is known to have
    /// become of the signal's samples, and what still lies in rings, is what was produced.
    /// </summary>
    public void TakeOverSampling(int signal, long inRings)
    {
        var entry = Read(signal);
        _lanes[signal].ProducedByDriver += inRings - entry.InRings;
    }

    /// <summary>
    /// For counters of an earlier run whose rings are gone: what they say lay in those is lost. Before any thread counts.
    /// </summary>
    public void LoseRings(int signal)
    {
        var lost = Math.Max(0, Read(signal).InRings);
        _lanes[signal].Spooled += lost;
        _lanes[signal].DroppedOther += lost;
    }

    public void Stored(int signal) => Up(ref _lanes[signal].Stored);

    public void Dropped(int signal, DropCause cause)
    {
        switch (cause)
        {
            case DropCause.SpoolFull:
                Up(ref _lanes[signal].DroppedSpoolFull);
                return;
            case DropCause.StoreRefused or DropCause.NotStorable:
                Up(ref _lanes[signal].DroppedByStore);
                return;
            default:
                Up(ref _lanes[signal].DroppedOther);
                return;
        }
    }

    /// <summary>
    /// One signal's counters. Read downstream first, so that a sample counted late can only seem to be still on its way, never to
    /// have appeared from nowhere.
    /// </summary>
    public LedgerEntry Read(int signal)
    {
        var lanes = _lanes + signal;
        var stored = Volatile.Read(ref lanes->Stored);
        var droppedFull = Volatile.Read(ref lanes->DroppedSpoolFull);
        var droppedStore = Volatile.Read(ref lanes->DroppedByStore);
        var droppedOther = Volatile.Read(ref lanes->DroppedOther);
        var spooled = Volatile.Read(ref lanes->Spooled);
        var duplicate = Volatile.Read(ref lanes->FilteredDuplicate);
        var range = Volatile.Read(ref lanes->FilteredRange);
        var deadband = Volatile.Read(ref lanes->FilteredDeadband);
        var unsent = Volatile.Read(ref lanes->FilteredUnsent);
        var refusedOut = Volatile.Read(ref lanes->RefusedAtOutput);
        var refusedIn = Volatile.Read(ref lanes->RefusedAtInput);
        var produced = Volatile.Read(ref lanes->ProducedByStages) + Volatile.Read(ref lanes->ProducedByDriver);
        return new LedgerEntry
        {
            Produced = produced,
            FilteredDuplicate = duplicate,
            FilteredRange = range,
            FilteredDeadband = deadband,
            FilteredUnsent = unsent,
            RefusedAtInput = refusedIn,
            RefusedAtOutput = refusedOut,
            Spooled = spooled,
            Stored = stored,
            DroppedSpoolFull = droppedFull,
            DroppedByStore = droppedStore,
            DroppedOther = droppedOther,
            TimesMoved = Volatile.Read(ref lanes->TimesMoved),
            ClockFaults = Volatile.Read(ref lanes->ClockFaults),
        };
    }

    /// <summary>Carries the counters of an earlier run on. Before any thread counts.</summary>
    public void Restore(int signal, in LedgerEntry entry)
    {
        var lanes = _lanes + signal;
        lanes->ProducedByDriver = entry.Produced;
        lanes->FilteredDuplicate = entry.FilteredDuplicate;
        lanes->FilteredRange = entry.FilteredRange;
        lanes->FilteredDeadband = entry.FilteredDeadband;
        lanes->FilteredUnsent = entry.FilteredUnsent;
        lanes->RefusedAtInput = entry.RefusedAtInput;
        lanes->RefusedAtOutput = entry.RefusedAtOutput;
        lanes->Spooled = entry.Spooled;
        lanes->Stored = entry.Stored;
        lanes->DroppedSpoolFull = entry.DroppedSpoolFull;
        lanes->DroppedByStore = entry.DroppedByStore;
        lanes->DroppedOther = entry.DroppedOther;
        lanes->TimesMoved = entry.TimesMoved;
        lanes->ClockFaults = entry.ClockFaults;
    }

    // One writer a lane: a plain addition, published so that a reader on another core sees it soon.
    private static void Up(ref long counter) => Volatile.Write(ref counter, counter + 1);
}
