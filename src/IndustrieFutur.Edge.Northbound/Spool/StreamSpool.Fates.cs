using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What becomes of a number for the ledger: stored, dropped, or sent and gone before anybody said whether it arrived.</summary>
internal sealed partial class StreamSpool
{
    /// <summary>A number that has to go although somebody may need it. What an earlier run left may have been sent in that.</summary>
    private void Drop(ulong number, int signal)
    {
        var (isKnown, mayBeEverywhere) = (true, signal >= 0);
        for (var i = 0; i < _cursors.Length; i++)
        {
            var has = _cursors[i].Has(number);
            isKnown &= has;
            mayBeEverywhere &= has || _cursors[i].MayHave(number) || (number < _restoredNext && _cursors[i].Confirm == Confirm.Stored);
        }

        if (isKnown)
        {
            BookSignal(signal, number, 0);
        }
        else if (mayBeEverywhere)
        {
            Remember(number, signal);
        }
        else
        {
            BookDropped(signal, number);
        }

        if (Oldest == number)
        {
            Oldest++;
        }
    }

    /// <summary>Books one number as stored, or as dropped when <paramref name="cause"/> or a store's refusal says so.</summary>
    private void Book(ulong number, byte cause)
    {
        var sample = _memory[number];
        if (sample.Signal < 0)
        {
            return;
        }

        ReleaseText(sample);
        BookSignal(sample.Signal, number, cause);
    }

    private void BookSignal(int signal, ulong number, byte cause)
    {
        if (signal < 0 && signal != UndecidedDrops.UnknownSignal)
        {
            return;
        }

        for (var i = 0; i < _cursors.Length && cause == 0; i++)
        {
            cause = _cursors[i].CauseOf(number);
        }

        if (signal == UndecidedDrops.UnknownSignal)
        {
            _unread = cause == 0 ? (_unread.Stored + 1, _unread.Dropped) : (_unread.Stored, _unread.Dropped + 1);
            return;
        }

        if (cause == 0)
        {
            _ledger.Stored(signal);
            return;
        }

        _ledger.Dropped(signal, (DropCause)cause);
    }

    private void BookDropped(int signal, ulong number)
    {
        BookSignal(signal, number, (byte)DropCause.SpoolFull);
        Told(_gaps.Extend(number, (byte)DropCause.SpoolFull));
    }

    /// <summary>What gaps that became one speak of besides, if they did: whoever lacks it takes it for dropped, so it is.</summary>
    private void Told(SequenceRange merged)
    {
        for (var first = merged.First; TryDecide(first, merged.Last, out var number, out var signal); first = number + 1)
        {
            BookSignal(signal, number, (byte)DropCause.SpoolFull);
        }
    }

    /// <summary>Beyond what can be remembered, the lowest counts as dropped, though it may have arrived.</summary>
    private void Remember(ulong number, int signal)
    {
        if (_undecided.IsFull)
        {
            DecideDropped(new SequenceRange(_undecided.First, _undecided.First));
        }

        _undecided.Add(number, signal);
        _unheard.Add(new SequenceRange(number, number));
    }

    private bool TryDecide(ulong first, ulong last, out ulong number, out int signal)
    {
        if (!_undecided.TryDecide(first, last, out number, out signal))
        {
            return false;
        }

        _unheard.Remove(new SequenceRange(number, number));
        return true;
    }

    /// <summary>What made room in an earlier run after it was sent. A sink that is its own witness will not speak of it again.</summary>
    private void RestoreUnheard(SequenceRange range, ulong witnessed)
    {
        for (var number = range.First; number <= range.Last; number++)
        {
            if (number <= witnessed)
            {
                Remember(number, UndecidedDrops.UnknownSignal);
            }
            else
            {
                BookDropped(UndecidedDrops.UnknownSignal, number);
            }
        }
    }

    /// <summary>How far all sinks that are their own witness had spoken.</summary>
    private ulong WitnessedIn(SpoolHead head)
    {
        var witnessed = ulong.MaxValue;
        foreach (var cursor in _cursors.Where(cursor => cursor.Confirm != Confirm.Stored))
        {
            witnessed = Math.Min(witnessed, head.Confirmed.FirstOrDefault(one => one.Sink == cursor.Outlet.Sink.Id).UpTo);
        }

        return witnessed;
    }

    /// <summary>Numbers that made room after they were sent, and that somebody lacks.</summary>
    private void DecideDropped(SequenceRange range)
    {
        for (var first = range.First; TryDecide(first, range.Last, out var number, out var signal); first = number + 1)
        {
            BookDropped(signal, number);
        }
    }

    /// <summary>Numbers that made room after they were sent: those that everybody has are stored.</summary>
    private void DecideKnown(SequenceRange range)
    {
        if (_undecided.Count == 0)
        {
            return;
        }

        FindKnown(range);
        foreach (var known in _known.Ranges)
        {
            for (var first = known.First; TryDecide(first, known.Last, out var number, out var signal); first = number + 1)
            {
                BookSignal(signal, number, 0);
            }
        }
    }

    /// <summary>What all marks of all sinks have of a range.</summary>
    private void FindKnown(SequenceRange range)
    {
        _known.Clear();
        _known.Add(range);
        foreach (var cursor in _cursors)
        {
            cursor.RemoveMissing(range, _known);
        }
    }
}
