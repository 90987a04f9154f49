namespace IndustrieFutur.Edge.Core.Ledger;

/// <summary>
/// Where the samples of one signal, or of all, have gone: produced = filtered + refused + in rings + spooled, and
/// spooled = stored + dropped + pending.
/// </summary>
public readonly record struct LedgerEntry
{
    /// <summary>Written by drivers and by stages (a staleness mark is a sample too).</summary>
    public long Produced { get; init; }

    public long FilteredDuplicate { get; init; }

    public long FilteredRange { get; init; }

    /// <summary>By a deadband or a swinging door.</summary>
    public long FilteredDeadband { get; init; }

    /// <summary>The plan keeps the signal for derived ones and does not send it.</summary>
    public long FilteredUnsent { get; init; }

    /// <summary>Refused by the ring between driver and sampling loop.</summary>
    public long RefusedAtInput { get; init; }

    /// <summary>Refused by the ring between sampling loop and spool.</summary>
    public long RefusedAtOutput { get; init; }

    public long Spooled { get; init; }

    public long Stored { get; init; }

    public long DroppedSpoolFull { get; init; }

    public long DroppedByStore { get; init; }

    public long DroppedOther { get; init; }

    /// <summary>Source times moved by 1 ns and more to keep them strictly increasing.</summary>
    public long TimesMoved { get; init; }

    /// <summary>Source times that stepped back by more than a second.</summary>
    public long ClockFaults { get; init; }

    public long Filtered => FilteredDuplicate + FilteredRange + FilteredDeadband + FilteredUnsent;

    public long Refused => RefusedAtInput + RefusedAtOutput;

    public long Dropped => DroppedSpoolFull + DroppedByStore + DroppedOther;

    /// <summary>On the way between driver and spool.</summary>
    public long InRings => Produced - Filtered - Refused - Spooled;

    /// <summary>In the spool, not yet confirmed.</summary>
    public long Pending => Spooled - Stored - Dropped;

    /// <summary>No sample has come from nowhere: what is on the way, and what is pending, makes up for all the rest.</summary>
    public bool IsBalanced => InRings >= 0 && Pending >= 0;

    /// <summary>At rest (nothing on the way, nothing pending) every sample is accounted for.</summary>
    public bool IsSettled => InRings == 0 && Pending == 0;

    /// <summary>So many samples whose fate was known are pending again: they will be counted once more.</summary>
    public LedgerEntry Reopened(long samples)
    {
        var stored = Math.Min(samples, Stored);
        var full = Math.Min(samples - stored, DroppedSpoolFull);
        var byStore = Math.Min(samples - stored - full, DroppedByStore);
        var other = Math.Min(samples - stored - full - byStore, DroppedOther);
        return this with
        {
            Stored = Stored - stored,
            DroppedSpoolFull = DroppedSpoolFull - full,
            DroppedByStore = DroppedByStore - byStore,
            DroppedOther = DroppedOther - other,
        };
    }

    /// <summary>So many more are in the spool: out of rings, as many as were known of there, and the others were produced after the count.</summary>
    public LedgerEntry Spooling(long samples) =>
        this with { Produced = Produced + Math.Max(0, samples - Math.Max(0, InRings)), Spooled = Spooled + samples };

    public static LedgerEntry operator +(LedgerEntry left, LedgerEntry right) => left.Add(right);

    public LedgerEntry Add(LedgerEntry other) => new()
    {
        Produced = Produced + other.Produced,
        FilteredDuplicate = FilteredDuplicate + other.FilteredDuplicate,
        FilteredRange = FilteredRange + other.FilteredRange,
        FilteredDeadband = FilteredDeadband + other.FilteredDeadband,
        FilteredUnsent = FilteredUnsent + other.FilteredUnsent,
        RefusedAtInput = RefusedAtInput + other.RefusedAtInput,
        RefusedAtOutput = RefusedAtOutput + other.RefusedAtOutput,
        Spooled = Spooled + other.Spooled,
        Stored = Stored + other.Stored,
        DroppedSpoolFull = DroppedSpoolFull + other.DroppedSpoolFull,
        DroppedByStore = DroppedByStore + other.DroppedByStore,
        DroppedOther = DroppedOther + other.DroppedOther,
        TimesMoved = TimesMoved + other.TimesMoved,
        ClockFaults = ClockFaults + other.ClockFaults,
    };
}
