using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What of the stream is sent next, and how it looks on the wire.</summary>
internal sealed partial class StreamSpool
{
    /// <summary>The next message that is due, live or older.</summary>
    public int Take(SinkCursor cursor, in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        var length = TakeLive(cursor, terms, flush, utcMillis, monoNow, buffer, scratch, out sent);
        return length > 0 ? length : TakeOlder(cursor, terms, flush, utcMillis, monoNow, buffer, scratch, out sent);
    }

    /// <summary>
    /// Encodes the next message that is due into <paramref name="buffer"/> and returns its length; 0 when none is due. Order: gaps,
    /// then what was sent and never acknowledged (a window at most; marked as replayed when a connection took long to come back), then
    /// live samples. For one thread, like <see cref="TakeOlder"/>.
    /// </summary>
    public int TakeLive(SinkCursor cursor, in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        while (true)
        {
            SequenceRange wanted;
            lock (_gate)
            {
                var length = TakeLive(cursor, terms, flush, utcMillis, monoNow, buffer, scratch, out sent, out wanted);
                if (wanted.First == 0)
                {
                    return length;
                }
            }

            // The disk is read outside of the lock: nobody who appends waits for it.
            cursor.Window!.Load(wanted.First, wanted.Last);
        }
    }

    /// <summary>
    /// The same for what is no longer live, marked as replayed, at its pace: the backlog and what a historian asked for, the oldest first, for
    /// that keeps the spool from being freed and would be the first to be dropped.
    /// </summary>
    public int TakeOlder(SinkCursor cursor, in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        while (true)
        {
            SequenceRange wanted;
            lock (_gate)
            {
                cursor.ForgetPassed(Oldest);
                var older = IsReplayOldest(cursor) ? cursor.Replay : cursor.Backlog;
                var range = older.IsEmpty ? default : older.Ranges[0];
                if (older.IsEmpty || !TryReach(ref range) || (!flush && !cursor.Outlet.Pace.MaySend(monoNow)))
                {
                    sent = default;
                    return 0;
                }

                var length = Encode(cursor, terms, range, replay: true, utcMillis, buffer, scratch, out sent, out wanted);
                if (wanted.First == 0)
                {
                    older.Remove(new SequenceRange(sent.First, sent.Last));
                    cursor.Outlet.Pace.Note((int)Math.Min(sent.Last - sent.First + 1, (ulong)terms.SamplesMax));
                    return Sent(cursor, sent, length);
                }
            }

            cursor.Window!.Load(wanted.First, wanted.Last);
        }
    }

    private int Sent(SinkCursor cursor, in SentRange sent, int length)
    {
        if (cursor.Confirm == Confirm.None)
        {
            ConfirmOwn(cursor, new SequenceRange(sent.First, sent.Last));
            return length;
        }

        cursor.InFlight.Add(new SequenceRange(sent.First, sent.Last));
        return length;
    }

    private int TakeLive(
        SinkCursor cursor, in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent, out SequenceRange wanted)
    {
        cursor.ForgetPassed(Oldest);
        wanted = default;
        if (TakeGap(cursor, utcMillis, buffer, out sent, out var length))
        {
            return length;
        }

        var again = cursor.Again.IsEmpty ? default : cursor.Again.Ranges[0];
        if (!cursor.Again.IsEmpty && TryReach(ref again))
        {
            length = Encode(cursor, terms, again, IsLate(again.First, terms, monoNow), utcMillis, buffer, scratch, out sent, out wanted);
            if (wanted.First == 0)
            {
                cursor.Again.Remove(new SequenceRange(sent.First, sent.Last));
            }

            return wanted.First == 0 ? Sent(cursor, sent, length) : 0;
        }

        var limit = SendLimit;
        PutBehind(cursor, limit, terms, monoNow);
        if (!IsLiveDue(cursor, terms, flush, monoNow, limit))
        {
            sent = default;
            return 0;
        }

        length = Encode(cursor, terms, new SequenceRange(cursor.SendNext, limit - 1), replay: false, utcMillis, buffer, scratch, out sent, out wanted);
        cursor.SendNext = sent.Last + 1;
        return Sent(cursor, sent, length);
    }

    /// <summary>What is late, and could not be sent yet, is the backlog.</summary>
    private void PutBehind(SinkCursor cursor, ulong limit, in BatchTerms terms, long monoNow)
    {
        if (cursor.SendNext < limit && IsLate(cursor.SendNext, terms, monoNow))
        {
            cursor.Backlog.Add(new SequenceRange(cursor.SendNext, limit - 1));
            cursor.SendNext = limit;
        }
    }

    private static bool IsReplayOldest(SinkCursor cursor) =>
        cursor.Backlog.IsEmpty || (!cursor.Replay.IsEmpty && cursor.Replay.Ranges[0].First < cursor.Backlog.Ranges[0].First);

    private bool IsLate(ulong number, in BatchTerms terms, long monoNow) =>
        number < _inMemory || _memory[number].ArrivalMonoNanos < monoNow - terms.WaitNanos - LateNanos;

    private bool IsLiveDue(SinkCursor cursor, in BatchTerms terms, bool flush, long monoNow, ulong limit)
    {
        var waiting = limit - Math.Min(limit, cursor.SendNext);
        return waiting > 0
            && (flush || waiting >= (ulong)terms.SamplesMax || monoNow - _memory[cursor.SendNext].ArrivalMonoNanos >= terms.WaitNanos);
    }

    /// <summary>Encodes the beginning of a range. When the disk has to be read for that, it says what for, and nothing is encoded.</summary>
    private int Encode(
        SinkCursor cursor, in BatchTerms terms, SequenceRange range, bool replay, ulong utcMillis, Span<byte> buffer, Span<byte> scratch, out SentRange sent, out SequenceRange wanted)
    {
        sent = default;
        wanted = default;
        if (!IsHere(cursor.Window, range.First))
        {
            if (cursor.Window!.IsMissing(range.First, out var missing))
            {
                return EncodeMissing(new SequenceRange(range.First, Math.Min(missing, range.Last)), utcMillis, buffer, out sent);
            }

            wanted = new SequenceRange(range.First, ReadableNext - 1);
            return 0;
        }

        if (At(cursor.Window, range.First).Signal < 0)
        {
            return EncodeRemoved(cursor, range, utcMillis, buffer, out sent);
        }

        var encoder = new TelemetryEncoder(buffer, scratch);
        encoder.Begin(utcMillis, Epoch, range.First, _planHash, replay);
        var number = range.First;
        while (number <= range.Last && encoder.Count < terms.SamplesMax && IsHere(cursor.Window, number))
        {
            var sample = At(cursor.Window, number);
            if (sample.Signal < 0)
            {
                break;
            }

            var text = IsText(sample) ? TextAt(cursor.Window, number, sample.Bits) : default;
            var kind = (TelemetryKind)_kinds[sample.Signal];
            if (!encoder.TryAdd((uint)sample.Signal, sample.SourceUtcNanos, kind, sample.Bits, text, sample.Status))
            {
                break;
            }

            number++;
        }

        sent = new SentRange(range.First, number - 1, false);
        return encoder.End();
    }

    /// <summary>A run of samples whose signals the plan no longer has: a gap in their place.</summary>
    private int EncodeRemoved(SinkCursor cursor, SequenceRange range, ulong utcMillis, Span<byte> buffer, out SentRange sent)
    {
        var last = range.First;
        while (last < range.Last && IsHere(cursor.Window, last + 1) && At(cursor.Window, last + 1).Signal < 0)
        {
            last++;
        }

        sent = new SentRange(range.First, last, true);
        return TelemetryEncoder.EncodeGap(buffer, utcMillis, Epoch, _planHash, range.First, last, (byte)DropCause.PlanChanged);
    }

    private bool TakeGap(SinkCursor cursor, ulong utcMillis, Span<byte> buffer, out SentRange sent, out int length)
    {
        if (!_gaps.TryTake(cursor.Outlet.Index, GapLimit, out var range, out var cause))
        {
            sent = default;
            length = 0;
            return false;
        }

        sent = new SentRange(range.First, range.Last, true);
        length = TelemetryEncoder.EncodeGap(buffer, utcMillis, Epoch, _planHash, range.First, range.Last, cause);
        _ = Sent(cursor, sent, length);
        return true;
    }
}
