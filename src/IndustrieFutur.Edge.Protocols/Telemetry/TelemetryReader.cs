using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>
/// Reads a telemetry payload that anybody may have sent. Opening checks the whole of it; once open, reading ends only at its end.
/// Never throws, allocates nothing.
/// </summary>
public ref struct TelemetryReader
{
    private ProtoReader _metrics;
    private ProtoReader _nanos;
    private ReadOnlySpan<byte> _body;
    private ReadOnlySpan<byte> _runs;
    private int _left;
    private int _runLeft;
    private uint _status;

    public ulong Epoch { get; private set; }

    /// <summary>Sequence number of the first sample; each further one has the next.</summary>
    public ulong First { get; private set; }

    public ulong PlanHash { get; private set; }

    /// <summary>Samples in the payload; 0 when it is a gap.</summary>
    public int Count { get; private set; }

    /// <summary>Sent again, or later than what followed.</summary>
    public bool IsReplay { get; private set; }

    /// <summary>No samples: the numbers from <see cref="GapFrom"/> to <see cref="GapTo"/> will never come.</summary>
    public bool IsGap { get; private set; }

    public ulong GapFrom { get; private set; }

    public ulong GapTo { get; private set; }

    /// <summary>The number of Core's <c>DropCause</c>.</summary>
    public byte GapCause { get; private set; }

    /// <summary>False when the bytes are no telemetry of ours, or were harmed on their way.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> payload, out TelemetryReader reader)
    {
        reader = new TelemetryReader();
        return reader.TryFindBody(payload, out var metrics) && reader.TryReadHeader(metrics) && reader.TryCheck(payload);
    }

    /// <summary>The next sample; false at the end.</summary>
    public bool TryNext(out TelemetryMetric metric)
    {
        metric = default;
        while (_left > 0 && _metrics.TryTag(out var field, out var wire))
        {
            if (field != SparkplugField.PayloadMetrics)
            {
                if (!_metrics.TrySkip(wire))
                {
                    return false;
                }

                continue;
            }

            _left--;
            return _metrics.TryBytes(out var bytes)
                && _nanos.TryVarint(out var nanos)
                && nanos < TelemetryBody.NanosPerMilli
                && TryNextStatus()
                && TryReadMetric(bytes, (long)nanos, out metric);
        }

        return false;
    }

    private bool TryFindBody(ReadOnlySpan<byte> payload, out int metrics)
    {
        metrics = 0;
        var found = false;
        var reader = new ProtoReader(payload);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryTag(out var field, out var wire))
            {
                return false;
            }

            if (field is not (SparkplugField.PayloadMetrics or SparkplugField.PayloadBody))
            {
                if (!reader.TrySkip(wire))
                {
                    return false;
                }

                continue;
            }

            if (wire != ProtoWire.Length || !reader.TryBytes(out var bytes))
            {
                return false;
            }

            if (field == SparkplugField.PayloadMetrics)
            {
                metrics++;
                continue;
            }

            _body = bytes;
            found = true;
        }

        return found;
    }

    private bool TryReadHeader(int metrics)
    {
        if (_body.Length < TelemetryBody.HeaderBytes || _body[0] != TelemetryBody.Version)
        {
            return false;
        }

        Count = BinaryPrimitives.ReadUInt16LittleEndian(_body[TelemetryBody.CountAt..]);
        IsReplay = (_body[TelemetryBody.FlagsAt] & TelemetryBody.ReplayFlag) != 0;
        Epoch = BinaryPrimitives.ReadUInt64LittleEndian(_body[TelemetryBody.EpochAt..]);
        First = BinaryPrimitives.ReadUInt64LittleEndian(_body[TelemetryBody.FirstAt..]);
        PlanHash = BinaryPrimitives.ReadUInt64LittleEndian(_body[TelemetryBody.PlanHashAt..]);
        if (Count != metrics || First == 0)
        {
            return false;
        }

        return Count > 0 ? First <= ulong.MaxValue - (ulong)Count : TryReadGap();
    }

    private bool TryReadGap()
    {
        if (_body.Length != TelemetryBody.GapBytes)
        {
            return false;
        }

        IsGap = true;
        GapFrom = BinaryPrimitives.ReadUInt64LittleEndian(_body[TelemetryBody.HeaderBytes..]);
        GapTo = BinaryPrimitives.ReadUInt64LittleEndian(_body[(TelemetryBody.HeaderBytes + 8)..]);
        GapCause = _body[^1];
        return GapFrom > 0 && GapFrom <= GapTo && GapTo < ulong.MaxValue;
    }

    /// <summary>Reads everything once, so that whoever reads on can rely on it; then stands at the beginning again.</summary>
    private bool TryCheck(ReadOnlySpan<byte> payload)
    {
        if (IsGap)
        {
            return true;
        }

        if (!TryFindRuns())
        {
            return false;
        }

        Rewind(payload);
        var read = 0;
        while (TryNext(out _))
        {
            read++;
        }

        var whole = read == Count && _runLeft == 0 && _runs.IsEmpty;
        Rewind(payload);
        return whole;
    }

    private void Rewind(ReadOnlySpan<byte> payload)
    {
        _metrics = new ProtoReader(payload);
        _nanos = new ProtoReader(_body[TelemetryBody.HeaderBytes..]);
        _left = Count;
        _runLeft = 0;
        _ = TryFindRuns();
    }

    private bool TryFindRuns()
    {
        var at = TelemetryBody.HeaderBytes;
        for (var i = 0; i < Count; i++)
        {
            while (at < _body.Length && _body[at] >= 0x80)
            {
                at++;
            }

            at++;
        }

        var found = at < _body.Length && (_body.Length - at) % TelemetryBody.RunBytes == 0;
        _runs = found ? _body[at..] : default;
        return found;
    }

    private bool TryNextStatus()
    {
        while (_runLeft == 0)
        {
            if (_runs.IsEmpty)
            {
                return false;
            }

            _status = BinaryPrimitives.ReadUInt32LittleEndian(_runs);
            _runLeft = BinaryPrimitives.ReadUInt16LittleEndian(_runs[4..]);
            _runs = _runs[TelemetryBody.RunBytes..];
        }

        _runLeft--;
        return true;
    }

    private readonly bool TryReadMetric(ReadOnlySpan<byte> bytes, long nanos, out TelemetryMetric metric)
    {
        var reader = new ProtoReader(bytes);
        var (alias, millis) = (ulong.MaxValue, 0ul);
        var (hasTime, hasValue, isNull) = (false, false, false);
        var (kind, bits) = (TelemetryKind.Float64, 0L);
        ReadOnlySpan<byte> text = default;
        metric = default;
        while (!reader.IsAtEnd)
        {
            if (!reader.TryTag(out var field, out var wire))
            {
                return false;
            }

            var read = true;
            switch (field, wire)
            {
                case (SparkplugField.MetricAlias, ProtoWire.Varint):
                    read = reader.TryVarint(out alias);
                    break;
                case (SparkplugField.MetricTimestamp, ProtoWire.Varint):
                    hasTime = reader.TryVarint(out millis);
                    read = hasTime;
                    break;
                case (SparkplugField.MetricIsNull, ProtoWire.Varint):
                    read = reader.TryVarint(out var flag);
                    isNull = flag != 0;
                    break;
                case (SparkplugField.MetricLong, ProtoWire.Varint):
                    read = reader.TryVarint(out var number);
                    (kind, bits, hasValue) = (TelemetryKind.Int64, (long)number, true);
                    break;
                case (SparkplugField.MetricDouble, ProtoWire.Fixed64):
                    read = reader.TryFixed64(out bits);
                    (kind, hasValue) = (TelemetryKind.Float64, true);
                    break;
                case (SparkplugField.MetricBoolean, ProtoWire.Varint):
                    read = reader.TryVarint(out var truth);
                    (kind, bits, hasValue) = (TelemetryKind.Boolean, truth == 0 ? 0 : 1, true);
                    break;
                case (SparkplugField.MetricString, ProtoWire.Length):
                    read = reader.TryBytes(out text);
                    (kind, hasValue) = (TelemetryKind.Text, true);
                    break;
                default:
                    read = reader.TrySkip(wire);
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        if (alias > uint.MaxValue || !hasTime || hasValue == isNull || !TryTime((long)millis, nanos, out var sourceUtcNanos))
        {
            return false;
        }

        metric = new TelemetryMetric((uint)alias, sourceUtcNanos, kind, isNull, bits, text, _status);
        return true;
    }

    /// <summary>False for a time that 64 bits of nanoseconds cannot hold (before 1677 or after 2262).</summary>
    private static bool TryTime(long millis, long nanos, out long utcNanos)
    {
        var sum = (Int128)millis * TelemetryBody.NanosPerMilli + nanos;
        utcNanos = unchecked((long)sum);
        return sum == utcNanos;
    }
}
