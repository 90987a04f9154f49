using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>How far one sink is with one stream: what it has sent, what is on its way, what is to be sent again, and what is confirmed. Under its stream's lock.</summary>
internal sealed class SinkCursor : IDisposable
{
    /// <summary>Replay ranges kept; what is beyond is forgotten, and asked again by whoever still lacks it.</summary>
    private const int ReplayRangesMax = 64;

    private readonly string[] _historians;

    public SinkCursor(SpoolOutlet outlet)
    {
        Outlet = outlet;

        // Without a historian to await, the sink's own word (acknowledged, or sent) is the one mark.
        _historians = outlet.Sink.Confirm == Confirm.Stored ? [.. outlet.Sink.Historians] : [""];
        Marks = [.. _historians.Select(_ => new HistorianMark())];
    }

    public SpoolOutlet Outlet { get; }

    public Confirm Confirm => Outlet.Sink.Confirm;

    public HistorianMark[] Marks { get; }

    public SequenceSet InFlight { get; } = new();

    public SequenceSet Again { get; } = new();

    public SequenceSet Backlog { get; } = new();

    public SequenceSet Replay { get; } = new();

    /// <summary>The next number to be sent for the first time.</summary>
    public ulong SendNext { get; set; } = 1;

    /// <summary>What it reads back from the disk; null without one.</summary>
    public DiskWindow? Window { get; set; }

    /// <summary>Every mark has passed this number and those below.</summary>
    public ulong Low
    {
        get
        {
            var low = ulong.MaxValue;
            for (var i = 0; i < Marks.Length; i++)
            {
                low = Math.Min(low, Marks[i].UpTo);
            }

            return low;
        }
    }

    /// <summary>The mark of a historian whose word is awaited; null: it is not.</summary>
    public HistorianMark? MarkOf(string historian) =>
        Confirm == Confirm.Stored && Array.IndexOf(_historians, historian) is var at and >= 0 ? Marks[at] : null;

    /// <summary>All of its historians have the number, or refused it.</summary>
    public bool Has(ulong number)
    {
        for (var i = 0; i < Marks.Length; i++)
        {
            if (!Marks[i].Has(number))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number was sent, and may have arrived: a historian will say so, or, where the broker's word counts, that is still to come.</summary>
    public bool MayHave(ulong number) =>
        Confirm == Confirm.Stored ? number < SendNext && !Backlog.Contains(number) : InFlight.Contains(number);

    public bool HasAll(SequenceRange range) => Array.TrueForAll(Marks, mark => mark.HasAll(range));

    /// <summary>Takes out of <paramref name="known"/> what of a range one of its historians lacks.</summary>
    public void RemoveMissing(SequenceRange range, SequenceSet known)
    {
        foreach (var mark in Marks)
        {
            mark.RemoveMissing(range, known);
        }
    }

    /// <summary>The cause when a store refuses this number; 0: none does.</summary>
    public byte CauseOf(ulong number)
    {
        byte cause = 0;
        for (var i = 0; i < Marks.Length && cause == 0; i++)
        {
            cause = Marks[i].CauseOf(number);
        }

        return cause;
    }

    /// <summary>Carries on where an earlier run was; nothing below <paramref name="oldest"/> is there any more.</summary>
    public void Begin(ulong oldest, ulong confirmed)
    {
        SendNext = oldest;
        if (Confirm != Confirm.Stored)
        {
            Marks[0].UpTo = Math.Max(confirmed, oldest - 1);
            SendNext = Marks[0].UpTo + 1;
        }
    }

    /// <summary>Numbers that a historian asks for.</summary>
    public void Ask(SequenceRange range)
    {
        if (Replay.Ranges.Count < ReplayRangesMax)
        {
            Replay.Add(range);
        }
    }

    /// <summary>The sink's own word is the mark: this is done. Numbers come out of turn, and each comes, as a sample or in a gap.</summary>
    public void ConfirmOwn(SequenceRange range)
    {
        var mark = Marks[0];
        mark.Ranges.Add(range);
        mark.Ranges.RemoveBelow(mark.UpTo + 1);
        if (!mark.Ranges.IsEmpty && mark.Ranges.Ranges[0].First == mark.UpTo + 1)
        {
            mark.UpTo = mark.Ranges.Ranges[0].Last;
            mark.Ranges.RemoveBelow(mark.UpTo + 1);
        }
    }

    /// <summary>What is gone, or confirmed, needs no sending; a historian that asks for it by itself is served as long as it is there.</summary>
    public void ForgetPassed(ulong oldest)
    {
        var first = Math.Max(oldest, Low + 1);
        SendNext = Math.Max(SendNext, first);
        Again.RemoveBelow(first);
        Backlog.RemoveBelow(first);
        Replay.RemoveBelow(oldest);
    }

    /// <summary>The marks are of a numbering that is no more: what is still there is sent again.</summary>
    public void StartAnew(ulong oldest)
    {
        foreach (var mark in Marks)
        {
            mark.UpTo = 0;
            mark.Ranges.Clear();
            mark.Refused = [];
        }

        Again.Clear();
        Replay.Clear();
        if (oldest < SendNext)
        {
            Backlog.Add(new SequenceRange(oldest, SendNext - 1));
        }
    }

    /// <summary>What it will send by itself, but for gaps and what is new.</summary>
    public void AddTo(SequenceSet willSend)
    {
        foreach (var range in InFlight.Ranges.Concat(Again.Ranges).Concat(Backlog.Ranges).Concat(Replay.Ranges))
        {
            willSend.Add(range);
        }
    }

    public void Dispose() => Window?.Dispose();
}
