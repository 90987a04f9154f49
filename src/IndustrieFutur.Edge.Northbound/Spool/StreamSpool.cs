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
    /// <summary>What waited longer than for its batch's company is no longer live: it goes behind what is, so that no backlog makes live samples late.</summary>
    private const long LateNanos = 1_000_000_000;

    private readonly Lock _gate = new();
    private readonly LedgerCounters _ledger;
    private readonly SpoolMemory _memory;
    private readonly ValueKind[] _kinds;
    private readonly ulong _planHash;
    private readonly SinkCursor[] _cursors;
    private readonly UndecidedDrops _undecided;

    // The numbers of these, as ranges.
    private readonly SequenceSet _unheard = new();
    private readonly SequenceSet _known = new();
    private readonly GapBook _gaps;

    // The oldest number that memory holds; what lies between Oldest and here is on the disk.
    private ulong _inMemory = 1;
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
        _kinds = [.. plan.Signals.Select(signal => signal.Kind)];
        var textBytes = device.Signals.Where(signal => signal.Kind == ValueKind.Text).Select(signal => signal.TextBytes).DefaultIfEmpty(0).Max();
        _memory = new SpoolMemory(terms.SamplesPerDevice, textBytes);
        _undecided = new UndecidedDrops(_memory.Capacity);
        _cursors = [.. terms.Outlets.Select(outlet => new SinkCursor(outlet))];
        _gaps = new GapBook(_cursors);
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
                return KeptNext - Oldest + _undecided.Count;
            }
        }
    }

    public ulong Capacity => _memory.Capacity;

    /// <summary>How far each sink is, in the order of the spool's outlets.</summary>
    public IReadOnlyList<SinkCursor> Cursors => _cursors;

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
    /// <param name="sample">Of this stream.</param>
    /// <param name="text">Its text, if it has one.</param>
    /// <param name="at">Its place in the ring, which is passed right afterwards.</param>
    public void Append(in Sample sample, ReadOnlySpan<byte> text, ulong at)
    {
        _ledger.Spooled(sample.Signal, at);
        Keep(sample, text);
    }

    /// <summary>What a sink has not confirmed; the undecided ones together, as long as it lacks the first of them.</summary>
    public ulong PendingOf(SinkCursor cursor)
    {
        lock (_gate)
        {
            var undecided = _undecided.Count > 0 && !cursor.Has(_undecided.First) ? _undecided.Count : 0;
            return KeptNext - Math.Min(KeptNext, Math.Max(Oldest, cursor.Low + 1)) + undecided;
        }
    }

    /// <summary>A sink's confirmed prefix.</summary>
    public ulong ConfirmedOf(SinkCursor cursor)
    {
        lock (_gate)
        {
            return cursor.Low;
        }
    }

    /// <summary>What a sink has not sent a first time, or is to send again.</summary>
    public ulong BacklogOf(SinkCursor cursor)
    {
        lock (_gate)
        {
            cursor.ForgetPassed(Oldest);
            return KeptNext - Math.Min(KeptNext, cursor.SendNext) + cursor.Backlog.Count + cursor.Again.Count;
        }
    }

    /// <summary>The broker has the message.</summary>
    public void Acknowledge(SinkCursor cursor, in SentRange sent)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var range = new SequenceRange(sent.First, sent.Last);
            cursor.InFlight.Remove(range);
            if (cursor.Confirm == Confirm.Puback)
            {
                ConfirmOwn(cursor, range);
            }
        }
    }

    /// <summary>The message may not have reached the broker: it will be sent again.</summary>
    public void Return(SinkCursor cursor, in SentRange sent)
    {
        lock (_gate)
        {
            var range = new SequenceRange(sent.First, sent.Last);
            cursor.InFlight.Remove(range);
            if (_disposed)
            {
                return;
            }

            if (cursor.Confirm == Confirm.Puback)
            {
                DecideDropped(range);
            }

            var last = Math.Min(sent.Last, KeptNext - 1);
            if (last >= Math.Max(Oldest, sent.First))
            {
                cursor.Again.Add(new SequenceRange(sent.First, last));
                cursor.ForgetPassed(Oldest);
            }

            if (sent.IsGap)
            {
                _gaps.SendAgain(cursor.Outlet.Index, range);
            }
        }
    }

    /// <summary>A historian says what its store has. Ignored: another epoch, a historian nobody awaits. Numbers never given: the disk has lost its end.</summary>
    public void ApplyStored(SinkCursor cursor, string historian, StreamStored stored)
    {
        lock (_gate)
        {
            if (_disposed || cursor.MarkOf(historian) is not { } mark || stored.Epoch != Hex(Epoch))
            {
                return;
            }

            if (IsBeyond(stored))
            {
                NumberAnew();
                return;
            }

            mark.UpTo = stored.UpTo;
            mark.Refused = [.. stored.Refused.OrderBy(range => range.First)];
            mark.Ranges.Clear();
            foreach (var range in stored.Ranges.Where(range => range.Last < Next))
            {
                mark.Ranges.Add(range);
            }

            DecideKnown(new SequenceRange(1, Next - 1));
            Free();
            ForgetKnown(cursor);
        }
    }

    /// <summary>A historian asks for numbers again. What is gone is answered by a gap that says why.</summary>
    public void RequestReplay(SinkCursor cursor, string historian, ulong from, ulong to)
    {
        lock (_gate)
        {
            cursor.ForgetPassed(Oldest);
            AnswerRefused(cursor, from, to);
            var last = Math.Min(to, Math.Min(KeptNext, cursor.SendNext) - 1);
            if (from < 1 || from > last)
            {
                return;
            }

            if (from < Oldest)
            {
                AnswerGone(cursor, cursor.MarkOf(historian) is not null, new SequenceRange(from, Math.Min(last, Oldest - 1)));
            }

            if (last >= Oldest)
            {
                cursor.Ask(new SequenceRange(Math.Max(from, Oldest), last));
            }
        }
    }

    public StreamHead Head(SinkCursor cursor, bool flush)
    {
        lock (_gate)
        {
            cursor.ForgetPassed(Oldest);
            var willSend = new SequenceSet();
            cursor.AddTo(willSend);
            foreach (var gap in _gaps.All.Where(gap => gap.IsDue(cursor.Outlet.Index)))
            {
                willSend.Add(new SequenceRange(gap.From, gap.To));
            }

            if (cursor.SendNext < KeptNext)
            {
                willSend.Add(new SequenceRange(cursor.SendNext, KeptNext - 1));
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
            DecideDropped(new SequenceRange(1, Next));
            writer.Write(Device.Id);
            writer.Write(Epoch);
            writer.Write(Oldest);
            writer.Write(KeptNext);
            for (var number = Oldest; number < KeptNext; number++)
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

            WriteConfirmed(writer);
        }
    }

    /// <summary>Carries the numbering of an earlier run on. Before the first sample.</summary>
    public void Restore(ulong epoch, ulong oldest)
    {
        Epoch = epoch;
        Oldest = oldest;
        Next = oldest;
        _inMemory = oldest;
        _logged = oldest;
        _recorded = oldest;
        foreach (var cursor in _cursors)
        {
            cursor.Begin(oldest, 0);
        }
    }

    /// <summary>After its samples are back: what a sink that is its own witness had confirmed beyond the oldest of them.</summary>
    public void RestoreConfirmed(string sink, ulong upTo)
    {
        if (Array.Find(_cursors, cursor => cursor.Outlet.Sink.Id == sink) is { } cursor)
        {
            cursor.Begin(Oldest, Math.Min(upTo, Next - 1));
        }
    }

    /// <summary>Takes back a sample of an earlier run; its ledger has counted it already.</summary>
    public void RestoreSample(in Sample sample, ReadOnlySpan<byte> text)
    {
        Keep(sample, text);
        _restoredNext = Next;
    }

    public void RestoreGap(ulong from, ulong to, byte cause)
    {
        _gaps.Add(from, to, cause);
        RestoreRefused(to);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _undecided.Dispose();
            _memory.Dispose();
            foreach (var cursor in _cursors)
            {
                cursor.Dispose();
            }
        }
    }

    private bool IsText(in Sample sample) =>
        sample.Signal >= 0 && _kinds[sample.Signal] == ValueKind.Text && !StatusCode.IsBad(sample.Status);

    private void Keep(in Sample sample, ReadOnlySpan<byte> text)
    {
        if (_refusedFrom != 0 || !TryMakeRoom(IsText(sample)))
        {
            Refuse(sample.Signal);
            return;
        }

        if (!IsText(sample))
        {
            _memory[Next++] = sample;
            return;
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

    private void ReleaseText(in Sample sample)
    {
        if (IsText(sample))
        {
            _textOldest = (ulong)sample.Bits + 1;
        }
    }

    /// <summary>Lets go of everything that all marks have passed. What only the disk has is booked by <see cref="Settle"/>, which reads it.</summary>
    private void Free()
    {
        var low = Low();
        while (Oldest >= _inMemory && Oldest <= low && Oldest < KeptNext)
        {
            Book(Oldest, 0);
            Oldest++;
        }

        Forget();
    }

    /// <summary>Every mark of every sink has passed this number and those below.</summary>
    private ulong Low()
    {
        var low = ulong.MaxValue;
        for (var i = 0; i < _cursors.Length; i++)
        {
            low = Math.Min(low, _cursors[i].Low);
        }

        return low;
    }

    private void Forget()
    {
        if (_refusedFrom != 0 && Oldest >= _refusedFrom)
        {
            Oldest = Next;
            TakeAgainFrom(Oldest);
        }

        _inMemory = Math.Max(_inMemory, Oldest);
        for (var i = 0; i < _cursors.Length; i++)
        {
            _cursors[i].ForgetPassed(Oldest);
        }

        _gaps.ForgetUpTo(Math.Min(Low(), Oldest - 1));
    }

    /// <summary>What every awaited historian of a sink has needs no sending again, though it lies beyond what can be let go.</summary>
    private static void ForgetKnown(SinkCursor cursor)
    {
        if (cursor.Again.IsEmpty && cursor.Backlog.IsEmpty)
        {
            return;
        }

        foreach (var range in cursor.Marks[0].Ranges.Ranges)
        {
            if (cursor.HasAll(range))
            {
                cursor.Again.Remove(range);
                cursor.Backlog.Remove(range);
            }
        }
    }

    private void ConfirmOwn(SinkCursor cursor, SequenceRange range)
    {
        cursor.ConfirmOwn(range);
        DecideKnown(range);
        Free();
    }

    private void WriteConfirmed(BinaryWriter writer)
    {
        writer.Write(_cursors.Length);
        for (var i = 0; i < _cursors.Length; i++)
        {
            writer.Write(_cursors[i].Outlet.Sink.Id);
            writer.Write(_cursors[i].Low);
        }
    }

    /// <summary>An awaited historian lacks what it asks for. Another says nothing of those, who would take its answer, too: it asks again when all is decided.</summary>
    private void AnswerGone(SinkCursor cursor, bool isAwaited, SequenceRange range)
    {
        if (!isAwaited && _undecided.LastBelow(range.Last + 1) >= range.First)
        {
            return;
        }

        DecideDropped(range);
        _gaps.SendAgain(cursor.Outlet.Index, range);
        foreach (var missing in _gaps.Unexplained(range))
        {
            Told(_gaps.Add(missing.First, missing.Last, (byte)DropCause.NotOffered, cursor.Outlet.Index));
        }
    }
}
