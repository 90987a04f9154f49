namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>
/// Writes one Sparkplug B payload into bytes it is given, without allocating. A zero that is set is written: the schema is proto2,
/// where a bdSeq, a seq or a value of 0 that is left out would be absent to the reader.
/// </summary>
[HotPath]
public ref struct SparkplugEncoder
{
    /// <summary>The payload's timestamp before the metrics and its seq after them.</summary>
    private const int FrameBytesMax = 11 + 3;

    /// <summary>A metric without its texts: tag and length, name, alias, timestamp, datatype, both flags, value, and the property sets' frames.</summary>
    private const int MetricBytesMax = 6 + 6 + 11 + 11 + 2 + 2 + 2 + 11 + 64;

    private readonly int _capacity;
    private ProtoWriter _writer;

    /// <param name="buffer">Receives the payload; <see cref="BufferNeeded"/> says how much always suffices.</param>
    public SparkplugEncoder(Span<byte> buffer)
    {
        _capacity = buffer.Length;
        _writer = new ProtoWriter(buffer);
    }

    private static ReadOnlySpan<byte> QualityKey => "Quality"u8;

    /// <summary>The key that Sparkplug hosts show as the engineering unit.</summary>
    private static ReadOnlySpan<byte> UnitKey => "engUnit"u8;

    /// <summary>Metrics written since <see cref="Begin"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes in which so many metrics always fit, with all their names, units and texts together.</summary>
    public static int BufferNeeded(int metrics, int textBytes) => FrameBytesMax + (metrics * MetricBytesMax) + textBytes;

    /// <param name="publishUtcMillis">When it is published, milliseconds since 1970 UTC.</param>
    public void Begin(ulong publishUtcMillis)
    {
        _writer.Tag(SparkplugField.PayloadTimestamp, ProtoWire.Varint);
        _writer.Varint(publishUtcMillis);
    }

    /// <summary>Adds one metric; false when it does not fit, and then nothing was written.</summary>
    public bool TryAdd(in SparkplugMetric metric)
    {
        var properties = PropertiesBytes(metric);
        var bytes = MetricBytes(metric, properties);
        if (_writer.Length + Field(bytes) + FrameBytesMax > _capacity)
        {
            return false;
        }

        _writer.Tag(SparkplugField.PayloadMetrics, ProtoWire.Length);
        _writer.Varint((ulong)bytes);
        WriteHead(metric);
        if (properties > 0)
        {
            WriteProperties(metric, properties);
        }

        WriteValue(metric);
        Count++;
        return true;
    }

    /// <summary>Closes a payload that counts among the edge node's messages and returns its length.</summary>
    public int End(byte seq)
    {
        _writer.Tag(SparkplugField.PayloadSeq, ProtoWire.Varint);
        _writer.Varint(seq);
        return _writer.Length;
    }

    /// <summary>Closes an NDEATH, which has no seq (tck-id-payloads-ndeath-seq), and returns its length.</summary>
    public readonly int EndWithoutSeq() => _writer.Length;

    /// <summary>A field of so many bytes with its tag and length.</summary>
    private static int Field(int bytes) => 1 + ProtoWriter.VarintBytes((ulong)bytes) + bytes;

    private static int Field(ulong number) => 1 + ProtoWriter.VarintBytes(number);

    private static int MetricBytes(in SparkplugMetric metric, int properties) =>
        (metric.Name.Length > 0 ? Field(metric.Name.Length) : 0)
        + (metric.Alias > 0 ? Field(metric.Alias) : 0)
        + Field(metric.UtcMillis)
        + (metric.TellsType ? Field((ulong)metric.Type) : 0)
        + (metric.IsHistorical ? 2 : 0)
        + (properties > 0 ? Field(properties) : 0)
        + ValueBytes(metric);

    private static int ValueBytes(in SparkplugMetric metric)
    {
        if (metric.IsNull)
        {
            return 2;
        }

        return metric.Type switch
        {
            SparkplugType.Double => 1 + sizeof(double),
            SparkplugType.Boolean => 2,
            SparkplugType.String => Field(metric.Text.Length),
            _ => Field((ulong)metric.Bits),
        };
    }

    /// <summary>The property set without its own frame; 0 when there is none.</summary>
    private static int PropertiesBytes(in SparkplugMetric metric)
    {
        var unit = metric.Unit.Length > 0 ? Field(UnitKey.Length) + Field(UnitBytes(metric)) : 0;
        var quality = metric.Quality != SparkplugQuality.Good ? Field(QualityKey.Length) + Field(QualityBytes(metric)) : 0;
        return unit + quality;
    }

    private static int UnitBytes(in SparkplugMetric metric) => 2 + Field(metric.Unit.Length);

    private static int QualityBytes(in SparkplugMetric metric) => 2 + Field((ulong)metric.Quality);

    private void WriteHead(in SparkplugMetric metric)
    {
        if (metric.Name.Length > 0)
        {
            WriteText(SparkplugField.MetricName, metric.Name);
        }

        if (metric.Alias > 0)
        {
            WriteNumber(SparkplugField.MetricAlias, metric.Alias);
        }

        WriteNumber(SparkplugField.MetricTimestamp, metric.UtcMillis);
        if (metric.TellsType)
        {
            WriteNumber(SparkplugField.MetricDatatype, (ulong)metric.Type);
        }

        if (metric.IsHistorical)
        {
            WriteNumber(SparkplugField.MetricIsHistorical, 1);
        }

        if (metric.IsNull)
        {
            WriteNumber(SparkplugField.MetricIsNull, 1);
        }
    }

    /// <summary>Keys, then values in the same order (tck-id-payloads-propertyset-keys-array-size).</summary>
    private void WriteProperties(in SparkplugMetric metric, int bytes)
    {
        var tellsQuality = metric.Quality != SparkplugQuality.Good;
        _writer.Tag(SparkplugField.MetricProperties, ProtoWire.Length);
        _writer.Varint((ulong)bytes);
        if (metric.Unit.Length > 0)
        {
            WriteText(SparkplugField.PropertySetKeys, UnitKey);
        }

        if (tellsQuality)
        {
            WriteText(SparkplugField.PropertySetKeys, QualityKey);
        }

        if (metric.Unit.Length > 0)
        {
            BeginProperty(UnitBytes(metric), SparkplugType.String);
            WriteText(SparkplugField.PropertyString, metric.Unit);
        }

        if (tellsQuality)
        {
            BeginProperty(QualityBytes(metric), SparkplugType.Int32);
            WriteNumber(SparkplugField.PropertyInt, (ulong)metric.Quality);
        }
    }

    private void BeginProperty(int bytes, SparkplugType type)
    {
        _writer.Tag(SparkplugField.PropertySetValues, ProtoWire.Length);
        _writer.Varint((ulong)bytes);
        WriteNumber(SparkplugField.PropertyType, (ulong)type);
    }

    private void WriteValue(in SparkplugMetric metric)
    {
        if (metric.IsNull)
        {
            return;
        }

        switch (metric.Type)
        {
            case SparkplugType.Double:
                _writer.Tag(SparkplugField.MetricDouble, ProtoWire.Fixed64);
                _writer.Fixed64(metric.Bits);
                return;
            case SparkplugType.Boolean:
                WriteNumber(SparkplugField.MetricBoolean, metric.Bits == 0 ? 0ul : 1ul);
                return;
            case SparkplugType.String:
                WriteText(SparkplugField.MetricString, metric.Text);
                return;
            default:
                WriteNumber(SparkplugField.MetricLong, (ulong)metric.Bits);
                return;
        }
    }

    private void WriteNumber(int field, ulong number)
    {
        _writer.Tag(field, ProtoWire.Varint);
        _writer.Varint(number);
    }

    private void WriteText(int field, scoped ReadOnlySpan<byte> text)
    {
        _writer.Tag(field, ProtoWire.Length);
        _writer.Varint((ulong)text.Length);
        _writer.Bytes(text);
    }
}
