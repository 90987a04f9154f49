using System.Globalization;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// One device's samples between the sampling loop and the historians: numbered, kept until every awaited historian has them, sent
/// again as often as it takes. One lock guards it; appending and encoding allocate nothing.
/// </summary>
internal sealed class StreamSpool : IDisposable
{
    /// <summary>Replay ranges kept; what is beyond is forgotten, and asked again by whoever still lacks it.</summary>
    private const int ReplayRangesMax = 64;

    private readonly Lock _gate = new();
    private readonly LedgerCounters _ledger;
    private readonly SpoolMemory _memory;
    private readonly ValueKind[] _kinds;
    private readonly ulong _planHash;
    private readonly Confirm _confirm;
    private readonly string[] _historians;
    private readonly HistorianMark[] _marks;
    private readonly UndecidedDrops _undecided;
    private readonly SequenceSet _inFlight = new();
    private readonly SequenceSet _again = new();
    private readonly SequenceSet _replay = new();
    private readonly GapBook _gaps = new();
    private ulong _sendNext = 1;
    private ulong _textOldest;
    private ulong _textNext;
    private ulong _restoredNext;
    private bool _disposed;

    public StreamSpool(CellPlan plan, DevicePlan device, SpoolTerms terms, LedgerCounters ledger, ulong epoch)
    {
        Device = device;
        Epoch = epoch;
        _ledger = ledger;
        _planHash = plan.Hash;
        _confirm = terms.Confirm;
        _kinds = [.. plan.Signals.Select(signal => signal.Kind)];
        var textBytes = device.Signals.Where(signal => signal.Kind == ValueKind.Text).Select(signal => signal.TextBytes).DefaultIfEmpty(0).Max();
        _memory = new SpoolMemory(terms.SamplesPerDevice, textBytes);
        _undecided = new UndecidedDrops(_memory.Capacity);

        // Without a historian to await, the sink's own word (acknowledged, or sent) is the one mark.
        _historians = terms.Confirm == Confirm.Stored ? [.. terms.Historians] : [""];
        _marks = [.. _historians.Select(_ => new HistorianMark())];
    }

    public DevicePlan Device { get; }

    /// <summary>The numbering's name; a new one only when the numbering was lost.</summary>
    public ulong Epoch { get; private set; }

    /// <summary>The oldest number still held; equal to <see cref="Next"/> when none is.</summary>
    public ulong Oldest { get; private set; } = 1;

    /// <summary>The number that the next sample will get.</summary>
    public ulong Next { get; private set; } = 1;

    public ulong Pending
    {
        get
        {
            lock (_gate)
            {
                return Next - Oldest + _undecided.Count;
            }
        }
    }

    public ulong Capacity => _memory.Capacity;

    /// <summary>Everything that an earlier run left is confirmed, or dropped.</summary>
    public bool IsPastRestored
    {
        get
        {
            lock (_gate)
            {
                return Oldest >= _restoredNext;
            }
        }
    }

    public static string Hex(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Held while a run of samples is appended, so that the lock costs once a run.</summary>
    public void Enter() => _gate.Enter();

    public void Exit() => _gate.Exit();

    /// <summary>Numbers and keeps one sample. Between <see cref="Enter"/> and <see cref="Exit"/>. A full spool drops its oldest.</summary>
    public void Append(in Sample sample, ReadOnlySpan<byte> text)
    {
        _ledger.Spooled(sample.Signal);
        Keep(sample, text);
    }

    /// <summary>
    /// Encodes the next message that is due into <paramref name="buffer"/> and returns its length; 0 when none is due. Order: gaps,
    /// then what was sent and never acknowledged, then live samples, then what a historian asked for.
    /// </summary>
    public int Take(in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        lock (_gate)
        {
            // What a full spool dropped meanwhile needs no sending: its gap speaks for it.
            _again.RemoveBelow(Oldest);
            _replay.RemoveBelow(Oldest);
            if (TakeGap(utcMillis, buffer, out sent, out var length))
            {
                return length;
            }

            if (!_again.IsEmpty)
            {
                var range = _again.Ranges[0];
                length = Encode(terms, range, replay: false, utcMillis, buffer, scratch, out sent);
                _again.Remove(new SequenceRange(sent.First, sent.Last));
                return Sent(sent, length);
            }

            if (IsLiveDue(terms, flush, monoNow))
            {
                length = Encode(terms, new SequenceRange(_sendNext, Next - 1), replay: false, utcMillis, buffer, scratch, out sent);
                _sendNext = sent.Last + 1;
                return Sent(sent, length);
            }

            if (!_replay.IsEmpty)
            {
                var range = _replay.Ranges[0];
                length = Encode(terms, range, replay: true, utcMillis, buffer, scratch, out sent);
                _replay.Remove(new SequenceRange(sent.First, sent.Last));
                return Sent(sent, length);
            }

            sent = default;
            return 0;
        }
    }

    /// <summary>The broker has the message.</summary>
    public void Acknowledge(in SentRange sent)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var range = new SequenceRange(sent.First, sent.Last);
            _inFlight.Remove(range);
            if (_confirm == Confirm.Puback)
            {
                Decide(range, arrived: true);
                ConfirmOwn(sent);
            }
        }
    }

    /// <summary>The message may not have reached the broker: it will be sent again.</summary>
    public void Return(in SentRange sent)
    {
        lock (_gate)
        {
            var range = new SequenceRange(sent.First, sent.Last);
            _inFlight.Remove(range);
            if (_disposed)
            {
                return;
            }

            if (_confirm == Confirm.Puback)
            {
                Decide(range, arrived: false);
            }

            if (sent.Last >= Oldest)
            {
                _again.Add(range);
                _again.RemoveBelow(Oldest);
            }

            if (sent.IsGap)
            {
                _gaps.SendAgain(range);
            }
        }
    }

    /// <summary>A historian says what its store has. Ignored: another epoch, numbers never given, a historian nobody awaits.</summary>
    public void ApplyStored(string historian, StreamStored stored)
    {
        lock (_gate)
        {
            var at = Array.IndexOf(_historians, historian);
            if (_disposed || at < 0 || _confirm != Confirm.Stored || stored.Epoch != Hex(Epoch) || stored.UpTo >= Next)
            {
                return;
            }

            var mark = _marks[at];
            mark.UpTo = stored.UpTo;
            mark.Refused = [.. stored.Refused.OrderBy(range => range.First)];
            mark.Ranges.Clear();
            foreach (var range in stored.Ranges.Where(range => range.Last < Next))
            {
                mark.Ranges.Add(range);
            }

            Free();
            ForgetKnown();
        }
    }

    /// <summary>A historian asks for numbers again. What is gone is answered by a gap that says why.</summary>
    public void RequestReplay(ulong from, ulong to)
    {
        lock (_gate)
        {
            var last = Math.Min(to, _sendNext - 1);
            if (from < 1 || from > last)
            {
                return;
            }

            if (from < Oldest)
            {
                AnswerGone(new SequenceRange(from, Math.Min(last, Oldest - 1)));
            }

            if (last >= Oldest && _replay.Ranges.Count < ReplayRangesMax)
            {
                _replay.Add(new SequenceRange(Math.Max(from, Oldest), last));
            }
        }
    }

    public StreamHead Head(bool flush)
    {
        lock (_gate)
        {
            var willSend = new SequenceSet();
            foreach (var range in _inFlight.Ranges.Concat(_again.Ranges).Concat(_replay.Ranges))
            {
                willSend.Add(range);
            }

            foreach (var gap in _gaps.All.Where(gap => gap.SentTo < gap.To))
            {
                willSend.Add(new SequenceRange(gap.From, gap.To));
            }

            if (_sendNext < Next)
            {
                willSend.Add(new SequenceRange(_sendNext, Next - 1));
            }

            return new StreamHead(Device.Id, Hex(Epoch), Oldest, Next, willSend.Ranges, flush);
        }
    }

    /// <summary>Writes what is held, for <see cref="Restore"/>; nobody appends any more.</summary>
    public void Save(BinaryWriter writer)
    {
        lock (_gate)
        {
            // Nobody will be asked about them any more.
            Decide(new SequenceRange(1, Oldest), arrived: false);
            writer.Write(Device.Id);
            writer.Write(Epoch);
            writer.Write(Oldest);
            writer.Write(Next);
            for (var number = Oldest; number < Next; number++)
            {
                var sample = _memory[number];
                writer.Write(sample.Signal);
                writer.Write(sample.Status);
                writer.Write(sample.Bits);
                writer.Write(sample.SourceUtcNanos);
                if (IsText(sample))
                {
                    var text = _memory.Text((ulong)sample.Bits);
                    writer.Write((ushort)text.Length);
                    writer.Write(text);
                }
            }

            writer.Write(_gaps.All.Count);
            foreach (var gap in _gaps.All)
            {
                writer.Write(gap.From);
                writer.Write(gap.To);
                writer.Write(gap.Cause);
            }
        }
    }

    /// <summary>Carries the numbering of an earlier run on. Before the first sample.</summary>
    public void Restore(ulong epoch, ulong oldest)
    {
        Epoch = epoch;
        Oldest = oldest;
        Next = oldest;
        _sendNext = oldest;
    }

    /// <summary>Takes back a sample of an earlier run; its ledger has counted it already.</summary>
    public void RestoreSample(in Sample sample, ReadOnlySpan<byte> text)
    {
        Keep(sample, text);
        _restoredNext = Next;
    }

    public void RestoreGap(ulong from, ulong to, byte cause) => _gaps.Add(new GapRecord(from, to, cause));

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _undecided.Dispose();
            _memory.Dispose();
        }
    }

    private bool IsText(in Sample sample) =>
        sample.Signal >= 0 && _kinds[sample.Signal] == ValueKind.Text && !StatusCode.IsBad(sample.Status);

    private void Keep(in Sample sample, ReadOnlySpan<byte> text)
    {
        if (Next - Oldest == _memory.Capacity)
        {
            DropOldest();
        }

        if (!IsText(sample))
        {
            _memory[Next++] = sample;
            return;
        }

        while (_textNext - _textOldest == _memory.TextCapacity)
        {
            DropOldest();
        }

        _memory.SetText(_textNext, text);
        _memory[Next++] = new Sample(sample.Signal, sample.Status, (long)_textNext++, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
    }

    private void DropOldest()
    {
        var known = true;
        for (var i = 0; i < _marks.Length; i++)
        {
            known &= _marks[i].Has(Oldest);
        }

        if (_undecided.IsFull)
        {
            Decide(new SequenceRange(_undecided.First, _undecided.First), arrived: false);
        }

        var sample = _memory[Oldest];
        var wasSent = Oldest < _sendNext && sample.Signal >= 0 && !known;
        _undecided.Add(Oldest, wasSent ? sample.Signal : UndecidedDrops.None);
        if (wasSent)
        {
            ReleaseText(sample);
        }
        else if (known)
        {
            Book(Oldest, 0);
        }
        else
        {
            Book(Oldest, (byte)DropCause.SpoolFull);
            _gaps.Extend(Oldest, (byte)DropCause.SpoolFull);
        }

        Oldest++;
        _sendNext = Math.Max(_sendNext, Oldest);
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
        for (var i = 0; i < _marks.Length && cause == 0; i++)
        {
            cause = _marks[i].CauseOf(number);
        }

        if (cause == 0)
        {
            _ledger.Stored(signal);
            return;
        }

        _ledger.Dropped(signal, (DropCause)cause);
    }

    private void ReleaseText(in Sample sample)
    {
        if (IsText(sample))
        {
            _textOldest = (ulong)sample.Bits + 1;
        }
    }

    /// <summary>Numbers that made room after they were sent: now it is known whether they arrived.</summary>
    private void Decide(SequenceRange range, bool arrived)
    {
        var last = Math.Min(range.Last + 1, _undecided.End);
        for (var number = Math.Max(range.First, _undecided.First); number < last; number++)
        {
            var signal = _undecided.Decide(number);
            if (signal == UndecidedDrops.None)
            {
                continue;
            }

            BookSignal(signal, number, arrived ? (byte)0 : (byte)DropCause.SpoolFull);
            if (!arrived)
            {
                _gaps.Extend(number, (byte)DropCause.SpoolFull);
            }
        }
    }

    /// <summary>Lets go of everything that all marks have passed.</summary>
    private void Free()
    {
        var low = ulong.MaxValue;
        for (var i = 0; i < _marks.Length; i++)
        {
            low = Math.Min(low, _marks[i].UpTo);
        }

        Decide(new SequenceRange(0, Math.Min(low, Oldest)), arrived: true);
        while (Oldest <= low && Oldest < Next)
        {
            Book(Oldest, 0);
            Oldest++;
        }

        _sendNext = Math.Max(_sendNext, Oldest);
        _again.RemoveBelow(Oldest);
        _replay.RemoveBelow(Oldest);
        _gaps.ForgetUpTo(low);
    }

    /// <summary>What every awaited historian has needs no sending again, though it lies beyond what can be let go.</summary>
    private void ForgetKnown()
    {
        if (_again.IsEmpty)
        {
            return;
        }

        foreach (var range in _marks[0].Ranges.Ranges)
        {
            if (Array.TrueForAll(_marks, mark => mark.HasAll(range)))
            {
                _again.Remove(range);
            }
        }
    }

    private void ConfirmOwn(in SentRange sent)
    {
        var mark = _marks[0];
        mark.Ranges.Add(new SequenceRange(sent.First, sent.Last));
        mark.Ranges.RemoveBelow(Oldest);
        if (!mark.Ranges.IsEmpty && mark.Ranges.Ranges[0].First <= Oldest)
        {
            mark.UpTo = mark.Ranges.Ranges[0].Last;
            Free();
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

    private bool IsLiveDue(in BatchTerms terms, bool flush, long monoNow)
    {
        var waiting = Next - _sendNext;
        return waiting > 0
            && (flush || waiting >= (ulong)terms.SamplesMax || monoNow - _memory[_sendNext].ArrivalMonoNanos >= terms.WaitNanos);
    }

    private int Encode(
        in BatchTerms terms, SequenceRange range, bool replay, ulong utcMillis, Span<byte> buffer, Span<byte> scratch, out SentRange sent)
    {
        if (_memory[range.First].Signal < 0)
        {
            return EncodeRemoved(range, utcMillis, buffer, out sent);
        }

        var encoder = new TelemetryEncoder(buffer, scratch);
        encoder.Begin(utcMillis, Epoch, range.First, _planHash, replay);
        var number = range.First;
        while (number <= range.Last && encoder.Count < terms.SamplesMax)
        {
            ref var sample = ref _memory[number];
            if (sample.Signal < 0)
            {
                break;
            }

            var text = IsText(sample) ? _memory.Text((ulong)sample.Bits) : default;
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
        while (last < range.Last && _memory[last + 1].Signal < 0)
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

    private void AnswerGone(SequenceRange range)
    {
        Decide(range, arrived: false);
        _gaps.SendAgain(range);
        foreach (var missing in _gaps.Unexplained(range))
        {
            _gaps.Add(new GapRecord(missing.First, missing.Last, (byte)DropCause.NotOffered));
        }
    }
}
