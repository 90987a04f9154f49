using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>
/// Writes samples as one Sparkplug B payload into bytes it is given: on the way of every sample, so it neither allocates nor throws
/// for anything a sample can hold.
/// </summary>
[HotPath]
public ref struct TelemetryEncoder
{
    /// <summary>Tag and length of a metric (3 bytes carry 2 MB), alias, timestamp, and tag and length of its value.</summary>
    private const int MetricBytesMax = 4 + 6 + 11 + 11;

    /// <summary>Payload timestamp, seq, and tag and length of the body.</summary>
    private const int FrameBytesMax = 11 + 3 + 6;

    private readonly Span<byte> _scratch;
    private readonly int _capacity;
    private ProtoWriter _writer;
    private ProtoWriter _nanos;
    private int _runsAt;
    private uint _runStatus;
    private int _runLength;
    private ulong _epoch;
    private ulong _first;
    private ulong _planHash;
    private bool _replay;

    /// <param name="buffer">Receives the payload; <see cref="BufferNeeded"/> says how much always suffices.</param>
    /// <param name="scratch">Holds times and statuses until the end; <see cref="ScratchNeeded"/> says how much always suffices.</param>
    public TelemetryEncoder(Span<byte> buffer, Span<byte> scratch)
    {
        _scratch = scratch;
        _capacity = buffer.Length;
        _writer = new ProtoWriter(buffer);
        _nanos = new ProtoWriter(scratch);
        _runsAt = scratch.Length;
    }

    /// <summary>Samples written since <see cref="Begin"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes in which so many samples always fit, each with a text of at most <paramref name="textBytesMax"/>.</summary>
    public static int BufferNeeded(int samplesMax, int textBytesMax) =>
        FrameBytesMax + TelemetryBody.GapBytes + samplesMax * (MetricBytesMax + textBytesMax) + ScratchNeeded(samplesMax);

    public static int ScratchNeeded(int samplesMax) => samplesMax * (TelemetryBody.NanosBytesMax + TelemetryBody.RunBytes);

    /// <summary>A payload that says: these numbers will never come, and why. Returns its length.</summary>
    public static int EncodeGap(Span<byte> buffer, ulong publishUtcMillis, ulong epoch, ulong planHash, ulong from, ulong to, byte cause)
    {
        var writer = new ProtoWriter(buffer);
        WriteTimestamp(ref writer, publishUtcMillis);
        WriteFrame(ref writer, from, TelemetryBody.GapBytes);
        Span<byte> body = stackalloc byte[TelemetryBody.GapBytes];
        WriteHeader(body, 0, 0, epoch, from, planHash);
        BinaryPrimitives.WriteUInt64LittleEndian(body[TelemetryBody.HeaderBytes..], from);
        BinaryPrimitives.WriteUInt64LittleEndian(body[(TelemetryBody.HeaderBytes + 8)..], to);
        body[^1] = cause;
        writer.Bytes(body);
        return writer.Length;
    }

    /// <param name="publishUtcMillis">Milliseconds since 1970 UTC, for tools; nothing of ours relies on it.</param>
    /// <param name="first">Sequence number of the first sample; each further one has the next.</param>
    public void Begin(ulong publishUtcMillis, ulong epoch, ulong first, ulong planHash, bool replay)
    {
        _epoch = epoch;
        _first = first;
        _planHash = planHash;
        _replay = replay;
        WriteTimestamp(ref _writer, publishUtcMillis);
    }

    /// <summary>Adds one sample; false when it does not fit, and then nothing was written.</summary>
    /// <param name="alias">The signal's number in the plan.</param>
    /// <param name="bits">The value; of no interest for a text or a Bad sample.</param>
    /// <param name="text">UTF-8; of no interest for anything but a text.</param>
    /// <param name="status">OPC UA StatusCode; a Bad sample travels without its value.</param>
    public bool TryAdd(uint alias, long sourceUtcNanos, TelemetryKind kind, long bits, ReadOnlySpan<byte> text, uint status)
    {
        var millis = Math.DivRem(sourceUtcNanos, TelemetryBody.NanosPerMilli, out var nanos);
        if (nanos < 0)
        {
            millis--;
            nanos += TelemetryBody.NanosPerMilli;
        }

        var isBad = status >> 31 != 0;
        var bytes = 1 + ProtoWriter.VarintBytes(alias) + 1 + ProtoWriter.VarintBytes((ulong)millis) + ValueBytes(kind, bits, text, isBad);
        if (!HasRoom(bytes, status))
        {
            return false;
        }

        _writer.Tag(SparkplugField.PayloadMetrics, ProtoWire.Length);
        _writer.Varint((ulong)bytes);
        _writer.Tag(SparkplugField.MetricAlias, ProtoWire.Varint);
        _writer.Varint(alias);
        _writer.Tag(SparkplugField.MetricTimestamp, ProtoWire.Varint);
        _writer.Varint((ulong)millis);
        WriteValue(kind, bits, text, isBad);
        _nanos.Varint((ulong)nanos);
        AddStatus(status);
        Count++;
        return true;
    }

    /// <summary>Closes the payload and returns its length.</summary>
    public int End()
    {
        if (_runLength > 0)
        {
            PushRun();
        }

        var runs = _scratch[_runsAt..];
        WriteFrame(ref _writer, _first, TelemetryBody.HeaderBytes + _nanos.Length + runs.Length);
        Span<byte> header = stackalloc byte[TelemetryBody.HeaderBytes];
        WriteHeader(header, _replay ? TelemetryBody.ReplayFlag : (byte)0, (ushort)Count, _epoch, _first, _planHash);
        _writer.Bytes(header);
        _writer.Bytes(_scratch[.._nanos.Length]);

        // The runs were pushed from the scratch's end downwards.
        for (var at = runs.Length - TelemetryBody.RunBytes; at >= 0; at -= TelemetryBody.RunBytes)
        {
            _writer.Bytes(runs.Slice(at, TelemetryBody.RunBytes));
        }

        return _writer.Length;
    }

    private static int ValueBytes(TelemetryKind kind, long bits, ReadOnlySpan<byte> text, bool isBad) => isBad ? 2 : kind switch
    {
        TelemetryKind.Float64 => 1 + sizeof(double),
        TelemetryKind.Boolean => 2,
        TelemetryKind.Text => 1 + ProtoWriter.VarintBytes((ulong)text.Length) + text.Length,
        _ => 1 + ProtoWriter.VarintBytes((ulong)bits),
    };

    private static void WriteTimestamp(ref ProtoWriter writer, ulong utcMillis)
    {
        writer.Tag(SparkplugField.PayloadTimestamp, ProtoWire.Varint);
        writer.Varint(utcMillis);
    }

    private static void WriteFrame(ref ProtoWriter writer, ulong first, int bodyBytes)
    {
        writer.Tag(SparkplugField.PayloadSeq, ProtoWire.Varint);
        writer.Varint(first & 0xFF);
        writer.Tag(SparkplugField.PayloadBody, ProtoWire.Length);
        writer.Varint((ulong)bodyBytes);
    }

    private static void WriteHeader(Span<byte> body, byte flags, ushort count, ulong epoch, ulong first, ulong planHash)
    {
        body[0] = TelemetryBody.Version;
        body[TelemetryBody.FlagsAt] = flags;
        BinaryPrimitives.WriteUInt16LittleEndian(body[TelemetryBody.CountAt..], count);
        BinaryPrimitives.WriteUInt64LittleEndian(body[TelemetryBody.EpochAt..], epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(body[TelemetryBody.FirstAt..], first);
        BinaryPrimitives.WriteUInt64LittleEndian(body[TelemetryBody.PlanHashAt..], planHash);
    }

    private readonly bool HasRoom(int metricBytes, uint status)
    {
        var newRun = _runLength == 0 || status != _runStatus;
        var scratch = _nanos.Length + TelemetryBody.NanosBytesMax + TelemetryBody.RunBytes * (newRun && _runLength > 0 ? 2 : 1);
        var tail = FrameBytesMax + TelemetryBody.HeaderBytes + scratch + (_scratch.Length - _runsAt);
        return Count < TelemetryBody.CountMax
            && scratch <= _runsAt
            && _writer.Length + 1 + ProtoWriter.VarintBytes((ulong)metricBytes) + metricBytes + tail <= _capacity;
    }

    private void WriteValue(TelemetryKind kind, long bits, ReadOnlySpan<byte> text, bool isBad)
    {
        if (isBad)
        {
            _writer.Tag(SparkplugField.MetricIsNull, ProtoWire.Varint);
            _writer.Varint(1);
            return;
        }

        switch (kind)
        {
            case TelemetryKind.Float64:
                _writer.Tag(SparkplugField.MetricDouble, ProtoWire.Fixed64);
                _writer.Fixed64(bits);
                return;
            case TelemetryKind.Boolean:
                _writer.Tag(SparkplugField.MetricBoolean, ProtoWire.Varint);
                _writer.Varint(bits == 0 ? 0ul : 1ul);
                return;
            case TelemetryKind.Text:
                _writer.Tag(SparkplugField.MetricString, ProtoWire.Length);
                _writer.Varint((ulong)text.Length);
                _writer.Bytes(text);
                return;
            default:
                _writer.Tag(SparkplugField.MetricLong, ProtoWire.Varint);
                _writer.Varint((ulong)bits);
                return;
        }
    }

    private void AddStatus(uint status)
    {
        if (_runLength > 0 && status != _runStatus)
        {
            PushRun();
        }

        _runStatus = status;
        _runLength++;
    }

    private void PushRun()
    {
        _runsAt -= TelemetryBody.RunBytes;
        BinaryPrimitives.WriteUInt32LittleEndian(_scratch[_runsAt..], _runStatus);
        BinaryPrimitives.WriteUInt16LittleEndian(_scratch[(_runsAt + 4)..], (ushort)_runLength);
        _runLength = 0;
    }
}
