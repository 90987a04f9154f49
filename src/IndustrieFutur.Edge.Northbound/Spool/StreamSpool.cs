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
internal sealed partial class StreamSpool : IDisposable
{
    /// <summary>Replay ranges kept; what is beyond is forgotten, and asked again by whoever still lacks it.</summary>
    private const int ReplayRangesMax = 64;

    /// <summary>What waited longer than for its batch's company is no longer live: it goes behind what is, so that no backlog makes live samples late.</summary>
    private const long LateNanos = 1_000_000_000;

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
    private readonly SequenceSet _backlog = new();
    private readonly GapBook _gaps = new();
    private readonly ReplayPace _pace;

    // The oldest number that memory holds; what lies between Oldest and here is on the disk.
    private ulong _inMemory = 1;
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
        _pace = terms.Pace;
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
            foreach (var range in _inFlight.Ranges.Concat(_again.Ranges).Concat(_backlog.Ranges).Concat(_replay.Ranges))
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

    /// <summary>Writes what is held, for <see cref="SpoolFile"/>; nobody appends any more.</summary>
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
        _inMemory = oldest;
        _logged = oldest;
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
            _window?.Dispose();
        }
    }

    private bool IsText(in Sample sample) =>
        sample.Signal >= 0 && _kinds[sample.Signal] == ValueKind.Text && !StatusCode.IsBad(sample.Status);

    private void Keep(in Sample sample, ReadOnlySpan<byte> text)
    {
        if (Next - _inMemory == _memory.Capacity)
        {
            MakeRoom();
        }

        if (!IsText(sample))
        {
            _memory[Next++] = sample;
            return;
        }

        while (_textNext - _textOldest == _memory.TextCapacity)
        {
            MakeRoom();
        }

        _memory.SetText(_textNext, text);
        _memory[Next++] = new Sample(sample.Signal, sample.Status, (long)_textNext++, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
    }

    /// <summary>Memory's oldest sample leaves it: it is on the disk, or it is dropped.</summary>
    private void MakeRoom()
    {
        var sample = _memory[_inMemory];
        ReleaseText(sample);
        if (!IsWithLog(_inMemory))
        {
            Drop(_inMemory, sample.Signal);
        }

        _inMemory++;
    }

    /// <summary>A number that has to go although somebody may need it.</summary>
    private void Drop(ulong number, int signal)
    {
        var known = true;
        for (var i = 0; i < _marks.Length; i++)
        {
            known &= _marks[i].Has(number);
        }

        if (_undecided.IsFull)
        {
            Decide(new SequenceRange(_undecided.First, _undecided.First), arrived: false);
        }

        // It remembers one run of numbers only.
        if (_undecided.First != _undecided.End && _undecided.End != number)
        {
            Decide(new SequenceRange(_undecided.First, _undecided.End - 1), arrived: false);
        }

        var wasSent = number < _sendNext && !_backlog.Contains(number) && signal >= 0 && !known;
        _undecided.Add(number, wasSent ? signal : UndecidedDrops.None);
        if (known)
        {
            BookSignal(signal, number, 0);
        }
        else if (!wasSent)
        {
            BookSignal(signal, number, (byte)DropCause.SpoolFull);
            _gaps.Extend(number, (byte)DropCause.SpoolFull);
        }

        if (Oldest == number)
        {
            Oldest++;
            _sendNext = Math.Max(_sendNext, Oldest);
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
        if (signal < 0)
        {
            return;
        }

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

    /// <summary>Lets go of everything that all marks have passed. What only the disk has is booked by <see cref="Settle"/>, which reads it.</summary>
    private void Free()
    {
        var low = Low();
        Decide(new SequenceRange(0, Math.Min(low, Oldest)), arrived: true);
        while (Oldest >= _inMemory && Oldest <= low && Oldest < Next)
        {
            Book(Oldest, 0);
            Oldest++;
        }

        Forget();
    }

    /// <summary>Every mark has passed this number and those below.</summary>
    private ulong Low()
    {
        var low = ulong.MaxValue;
        for (var i = 0; i < _marks.Length; i++)
        {
            low = Math.Min(low, _marks[i].UpTo);
        }

        return low;
    }

    private void Forget()
    {
        _inMemory = Math.Max(_inMemory, Oldest);
        _sendNext = Math.Max(_sendNext, Oldest);
        ForgetPassed();
        _gaps.ForgetUpTo(Math.Min(Low(), Oldest - 1));
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
