using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Sparkplug;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>
/// One device's samples between the spool's thread and Sparkplug hosts. What came after the last birth is live and goes first; what
/// came before it, or may have been lost with a connection, is history. One lock guards it; appending and encoding allocate nothing.
/// </summary>
internal sealed class DeviceQueue
{
    /// <summary>A message stays below this: hosts and brokers take it without being told to.</summary>
    private const int MessageBytesMax = 128 * 1024;

    /// <summary>Each outage makes one range and neighbours melt together; beyond so many the oldest is dropped and counted.</summary>
    private const int HistoryRangesMax = 64;

    /// <summary>Publishes remembered until they are past doubt: 15 s of them, 60 a second.</summary>
    private const int SentRunsMax = 1_024;

    /// <summary>A broker that says nothing is given up after 10 s of keep-alive and 5 s of patience: what was sent since then may be lost.</summary>
    private const long DoubtNanos = 15_000_000_000;

    private readonly Lock _gate = new();
    private readonly QueueMemory _memory;
    private readonly MetricShape[] _shapes;
    private readonly int[] _shapeOfSignal;
    private readonly Sample[] _latest;
    private readonly byte[][] _latestText;
    private readonly int[] _latestTextLength;
    private readonly bool[] _isKnown;
    private readonly SequenceSet _history = new();
    private readonly Queue<SentRun> _sent = new(SentRunsMax);
    private readonly ulong[] _order;
    private readonly ulong[] _orderMillis;
    private readonly SparkplugTerms _terms;
    private ulong _oldest = 1;
    private ulong _liveNext = 1;
    private ulong _next = 1;
    private ulong _textOldest;
    private ulong _textNext;
    private long _dropped;

    public DeviceQueue(DevicePlan device, int signals, int capacity, in SparkplugTerms terms)
    {
        Device = device;
        _shapes = [.. device.Signals.Select(signal => new MetricShape(signal))];
        _shapeOfSignal = new int[signals];
        for (var i = 0; i < _shapes.Length; i++)
        {
            _shapeOfSignal[_shapes[i].Signal.Index] = i;
        }

        var textBytes = device.Signals.Select(signal => signal.TextBytes).DefaultIfEmpty(0).Max();
        _memory = new QueueMemory(capacity, textBytes);
        _latest = new Sample[_shapes.Length];
        _latestText = [.. _shapes.Select(shape => new byte[shape.Signal.TextBytes])];
        _latestTextLength = new int[_shapes.Length];
        _isKnown = new bool[_shapes.Length];
        _terms = terms with { BatchMax = Math.Clamp(MessageBytesMax / SparkplugEncoder.BufferNeeded(1, textBytes), 1, terms.BatchMax) };
        _order = new ulong[Math.Max(_terms.BatchMax, _shapes.Length)];
        _orderMillis = new ulong[_order.Length];
        BufferNeeded = Math.Max(
            SparkplugEncoder.BufferNeeded(_shapes.Length, _shapes.Sum(shape => shape.BirthTextBytes)),
            SparkplugEncoder.BufferNeeded(_terms.BatchMax, _terms.BatchMax * textBytes));
    }

    public DevicePlan Device { get; }

    /// <summary>Bytes in which each of its messages fits.</summary>
    public int BufferNeeded { get; }

    /// <summary>Samples that no host will get, because too many waited.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Missed samples that are still to be sent.</summary>
    public long History
    {
        get
        {
            lock (_gate)
            {
                return (long)_history.Count;
            }
        }
    }

    /// <summary>Held while a run of samples is appended, so that the lock costs once a run.</summary>
    public void Enter() => _gate.Enter();

    public void Exit() => _gate.Exit();

    /// <summary>Keeps one sample. Between <see cref="Enter"/> and <see cref="Exit"/>. A full queue drops its oldest.</summary>
    public void Append(in Sample sample, ReadOnlySpan<byte> text)
    {
        var shape = _shapeOfSignal[sample.Signal];
        var isText = HasText(_shapes[shape], sample);
        if (_next - _oldest == _memory.Capacity)
        {
            DropOldest();
        }

        while (isText && _textNext - _textOldest == _memory.TextCapacity)
        {
            DropOldest();
        }

        _memory[_next] = sample;
        if (isText)
        {
            _memory.SetText(_textNext, text);
            _memory[_next] = new Sample(sample.Signal, sample.Status, (long)_textNext++, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
            _latestTextLength[shape] = Math.Min(text.Length, _latestText[shape].Length);
            text[.._latestTextLength[shape]].CopyTo(_latestText[shape]);
        }

        (_latest[shape], _isKnown[shape]) = (sample, true);
        _next++;
    }

    /// <summary>Encodes every metric with its latest value; all that has not been sent is history from here on. Returns the length.</summary>
    public int TakeBirth(ulong utcMillis, byte seq, Span<byte> buffer)
    {
        lock (_gate)
        {
            if (_liveNext < _next)
            {
                AddHistory(new SequenceRange(_liveNext, _next - 1));
                _liveNext = _next;
            }

            for (var i = 0; i < _shapes.Length; i++)
            {
                Sort(i, (ulong)i, _isKnown[i] ? MetricShape.Millis(_latest[i].SourceUtcNanos) : utcMillis);
            }

            var encoder = new SparkplugEncoder(buffer);
            encoder.Begin(utcMillis);
            for (var i = 0; i < _shapes.Length; i++)
            {
                AddBirth(ref encoder, (int)_order[i], utcMillis);
            }

            return encoder.End(seq);
        }
    }

    /// <summary>Encodes live samples when they are enough, or have waited long enough, or <paramref name="atOnce"/>; 0 when none are due.</summary>
    public int TakeLive(bool atOnce, ulong utcMillis, long monoNow, byte seq, Span<byte> buffer)
    {
        lock (_gate)
        {
            var waiting = _next - _liveNext;
            var isDue = waiting > 0
                && (atOnce || waiting >= (ulong)_terms.BatchMax || monoNow - _memory[_liveNext].ArrivalMonoNanos >= _terms.BatchEveryNanos);
            if (!isDue)
            {
                return 0;
            }

            var range = new SequenceRange(_liveNext, _liveNext + Math.Min(waiting, (ulong)_terms.BatchMax) - 1);
            _liveNext = range.Last + 1;
            return Encode(range, isHistorical: false, utcMillis, monoNow, seq, buffer);
        }
    }

    /// <summary>Encodes the oldest of what was missed; 0 when nothing was. <paramref name="count"/> is how many samples it holds.</summary>
    public int TakeHistory(ulong utcMillis, long monoNow, byte seq, Span<byte> buffer, out int count)
    {
        lock (_gate)
        {
            count = 0;
            if (_history.IsEmpty)
            {
                return 0;
            }

            var oldest = _history.Ranges[0];
            var range = oldest with { Last = Math.Min(oldest.Last, oldest.First + (ulong)_terms.BatchMax - 1) };
            _history.Remove(range);
            count = (int)range.Count;
            return Encode(range, isHistorical: true, utcMillis, monoNow, seq, buffer);
        }
    }

    /// <summary>The connection or the host was lost: what was sent shortly before may have reached nobody, and is sent again as history.</summary>
    public void Doubt(long monoNow)
    {
        lock (_gate)
        {
            while (_sent.TryDequeue(out var run))
            {
                var first = Math.Max(run.Range.First, _oldest);
                if (monoNow - run.SentMonoNanos < DoubtNanos && first <= run.Range.Last)
                {
                    AddHistory(run.Range with { First = first });
                }
            }
        }
    }

    /// <summary>The metric that a host means; null when the device has no such one.</summary>
    public MetricShape? Find(in SparkplugCommand command)
    {
        foreach (var shape in _shapes)
        {
            if (command.Alias > 0 ? shape.Alias == command.Alias : shape.IsNamed(command.Name))
            {
                return shape;
            }
        }

        return null;
    }

    private static bool HasText(MetricShape shape, in Sample sample) => shape.IsText && !StatusCode.IsBad(sample.Status);

    private void AddBirth(ref SparkplugEncoder encoder, int shape, ulong utcMillis)
    {
        var sample = _isKnown[shape]
            ? _latest[shape]
            : new Sample(_shapes[shape].Signal.Index, StatusCode.BadWaitingForInitialData, 0, (long)utcMillis * 1_000_000, 0);
        encoder.TryAdd(_shapes[shape].Birth(sample, _latestText[shape].AsSpan(0, _latestTextLength[shape])));
    }

    private int Encode(SequenceRange range, bool isHistorical, ulong utcMillis, long monoNow, byte seq, Span<byte> buffer)
    {
        var count = (int)range.Count;
        for (var i = 0; i < count; i++)
        {
            Sort(i, range.First + (ulong)i, MetricShape.Millis(_memory[range.First + (ulong)i].SourceUtcNanos));
        }

        var encoder = new SparkplugEncoder(buffer);
        encoder.Begin(utcMillis);
        for (var i = 0; i < count; i++)
        {
            ref readonly var sample = ref _memory[_order[i]];
            var shape = _shapes[_shapeOfSignal[sample.Signal]];
            encoder.TryAdd(shape.Data(sample, HasText(shape, sample) ? _memory.Text((ulong)sample.Bits) : default, isHistorical));
        }

        Remember(new SentRun(range, monoNow));
        return encoder.End(seq);
    }

    /// <summary>
    /// Puts one more into the order that values of one payload must have (by time: tck-id-operational-behavior-data-publish-dbirth-order). They come nearly in order, so each finds its
    /// place from the end within a step or two; equal times keep their order.
    /// </summary>
    private void Sort(int count, ulong number, ulong millis)
    {
        var at = count;
        for (; at > 0 && _orderMillis[at - 1] > millis; at--)
        {
            (_order[at], _orderMillis[at]) = (_order[at - 1], _orderMillis[at - 1]);
        }

        (_order[at], _orderMillis[at]) = (number, millis);
    }

    private void Remember(in SentRun run)
    {
        if (_sent.Count == SentRunsMax || (_sent.TryPeek(out var first) && run.SentMonoNanos - first.SentMonoNanos >= DoubtNanos))
        {
            _sent.Dequeue();
        }

        _sent.Enqueue(run);
    }

    private void AddHistory(SequenceRange range)
    {
        _history.Add(range);
        if (_history.Ranges.Count > HistoryRangesMax)
        {
            Count((long)_history.Ranges[0].Count);
            _history.Remove(_history.Ranges[0]);
        }
    }

    private void DropOldest()
    {
        var number = _oldest++;
        if (number >= _liveNext || (!_history.IsEmpty && _history.Ranges[0].First <= number))
        {
            Count(1);
            _history.RemoveBelow(_oldest);
            _liveNext = Math.Max(_liveNext, _oldest);
        }

        ref readonly var sample = ref _memory[number];
        if (HasText(_shapes[_shapeOfSignal[sample.Signal]], sample))
        {
            _textOldest = (ulong)sample.Bits + 1;
        }
    }

    private void Count(long dropped) => Volatile.Write(ref _dropped, _dropped + dropped);
}
