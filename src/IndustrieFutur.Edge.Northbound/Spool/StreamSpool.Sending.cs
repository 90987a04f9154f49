using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What of the stream is sent next, and how it looks on the wire.</summary>
internal sealed partial class StreamSpool
{
    /// <summary>The next message that is due, live or older.</summary>
    public int Take(in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        var length = TakeLive(terms, flush, utcMillis, monoNow, buffer, scratch, out sent);
        return length > 0 ? length : TakeOlder(terms, flush, utcMillis, monoNow, buffer, scratch, out sent);
    }

    /// <summary>
    /// Encodes the next message that is due into <paramref name="buffer"/> and returns its length; 0 when none is due. Order: gaps,
    /// then what was sent and never acknowledged, then live samples. For one thread, like <see cref="TakeOlder"/>.
    /// </summary>
    public int TakeLive(in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        while (true)
        {
            SequenceRange wanted;
            lock (_gate)
            {
                var length = TakeLive(terms, flush, utcMillis, monoNow, buffer, scratch, out sent, out wanted);
                if (wanted.First == 0)
                {
                    return length;
                }
            }

            // The disk is read outside of the lock: nobody who appends waits for it.
            _window!.Load(wanted.First, wanted.Last);
        }
    }

    /// <summary>
    /// The same for what is no longer live, the backlog and what a historian asked for, whichever is older: a hole in front of a backlog
    /// that grows keeps the watermark where it is. Marked as replayed, at its pace.
    /// </summary>
    public int TakeOlder(in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        while (true)
        {
            SequenceRange wanted;
            lock (_gate)
            {
                ForgetPassed();
                var older = _backlog.IsEmpty || (!_replay.IsEmpty && _replay.Ranges[0].First < _backlog.Ranges[0].First) ? _replay : _backlog;
                var range = older.IsEmpty ? default : older.Ranges[0];
                if (older.IsEmpty || !TryReach(ref range) || (!flush && !_pace.MaySend(monoNow)))
                {
                    sent = default;
                    return 0;
                }

                var length = Encode(terms, range, replay: true, utcMillis, buffer, scratch, out sent, out wanted);
                if (wanted.First == 0)
                {
                    older.Remove(new SequenceRange(sent.First, sent.Last));
                    _pace.Note((int)Math.Min(sent.Last - sent.First + 1, (ulong)terms.SamplesMax));
                    return Sent(sent, length);
                }
            }

            _window!.Load(wanted.First, wanted.Last);
        }
    }

    private int Sent(in SentRange sent, int length)
    {
        if (_confirm == Confirm.None)
        {
            ConfirmOwn(sent);
            return length;
        }

        _inFlight.Add(new SequenceRange(sent.First, sent.Last));
        return length;
    }

    private int TakeLive(
        in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent, out SequenceRange wanted)
    {
        ForgetPassed();
        wanted = default;
        if (TakeGap(utcMillis, buffer, out sent, out var length))
        {
            return length;
        }

        var again = _again.IsEmpty ? default : _again.Ranges[0];
        if (!_again.IsEmpty && TryReach(ref again))
        {
            length = Encode(terms, again, replay: false, utcMillis, buffer, scratch, out sent, out wanted);
            if (wanted.First == 0)
            {
                _again.Remove(new SequenceRange(sent.First, sent.Last));
            }

            return wanted.First == 0 ? Sent(sent, length) : 0;
        }

        var limit = SendLimit;
        PutBehind(limit, monoNow - terms.WaitNanos - LateNanos);
        if (!IsLiveDue(terms, flush, monoNow, limit))
        {
            sent = default;
            return 0;
        }

        length = Encode(terms, new SequenceRange(_sendNext, limit - 1), replay: false, utcMillis, buffer, scratch, out sent, out wanted);
        _sendNext = sent.Last + 1;
        return Sent(sent, length);
    }

    /// <summary>What a full spool dropped meanwhile needs no sending, and is not to be announced: its gap speaks for it.</summary>
    private void ForgetPassed()
    {
        _again.RemoveBelow(Oldest);
        _backlog.RemoveBelow(Oldest);
        _replay.RemoveBelow(Oldest);
    }

    /// <summary>What came before that time, and could not be sent yet, is the backlog.</summary>
    private void PutBehind(ulong limit, long monoNanos)
    {
        if (_sendNext < limit && (_sendNext < _inMemory || _memory[_sendNext].ArrivalMonoNanos < monoNanos))
        {
            _backlog.Add(new SequenceRange(_sendNext, limit - 1));
            _sendNext = limit;
        }
    }

    private bool IsLiveDue(in BatchTerms terms, bool flush, long monoNow, ulong limit)
    {
        var waiting = limit - Math.Min(limit, _sendNext);
        return waiting > 0
            && (flush || waiting >= (ulong)terms.SamplesMax || monoNow - _memory[_sendNext].ArrivalMonoNanos >= terms.WaitNanos);
    }

    /// <summary>Encodes the beginning of a range. When the disk has to be read for that, it says what for, and nothing is encoded.</summary>
    private int Encode(
        in BatchTerms terms, SequenceRange range, bool replay, ulong utcMillis, Span<byte> buffer, Span<byte> scratch, out SentRange sent, out SequenceRange wanted)
    {
        sent = default;
        wanted = default;
        if (!IsHere(range.First))
        {
            if (_window!.IsMissing(range.First, out var missing))
            {
                return EncodeMissing(new SequenceRange(range.First, Math.Min(missing, range.Last)), utcMillis, buffer, out sent);
            }

            wanted = new SequenceRange(range.First, ReadableNext - 1);
            return 0;
        }

        if (At(range.First).Signal < 0)
        {
            return EncodeRemoved(range, utcMillis, buffer, out sent);
        }

        var encoder = new TelemetryEncoder(buffer, scratch);
        encoder.Begin(utcMillis, Epoch, range.First, _planHash, replay);
        var number = range.First;
        while (number <= range.Last && encoder.Count < terms.SamplesMax && IsHere(number))
        {
            var sample = At(number);
            if (sample.Signal < 0)
            {
                break;
            }

            var text = IsText(sample) ? TextAt(number, sample.Bits) : default;
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
    private int EncodeRemoved(SequenceRange range, ulong utcMillis, Span<byte> buffer, out SentRange sent)
    {
        var last = range.First;
        while (last < range.Last && IsHere(last + 1) && At(last + 1).Signal < 0)
        {
            last++;
        }

        sent = new SentRange(range.First, last, true);
        return TelemetryEncoder.EncodeGap(buffer, utcMillis, Epoch, _planHash, range.First, last, (byte)DropCause.PlanChanged);
    }

    private bool TakeGap(ulong utcMillis, Span<byte> buffer, out SentRange sent, out int length)
    {
        if (!_gaps.TryTake(out var range, out var cause))
        {
            sent = default;
            length = 0;
            return false;
        }

        sent = new SentRange(range.First, range.Last, true);
        length = TelemetryEncoder.EncodeGap(buffer, utcMillis, Epoch, _planHash, range.First, range.Last, cause);
        _inFlight.Add(range);
        return true;
    }
}
