namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>Reads the metrics of an NCMD or DCMD, which anybody may have sent: what makes no sense ends it, and never throws.</summary>
public ref struct SparkplugCommandReader(ReadOnlySpan<byte> payload)
{
    private ProtoReader _reader = new(payload);

    /// <summary>The payload is no Sparkplug payload from here on.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>The next metric; false at the end, or where the payload makes no sense.</summary>
    public bool TryNext(out SparkplugCommand command)
    {
        command = default;
        while (!IsMalformed && !_reader.IsAtEnd)
        {
            if (!_reader.TryTag(out var field, out var wire))
            {
                IsMalformed = true;
            }
            else if (field == SparkplugField.PayloadMetrics && wire == ProtoWire.Length)
            {
                IsMalformed = !_reader.TryBytes(out var metric) || !TryMetric(metric, ref command);
                return !IsMalformed;
            }
            else
            {
                IsMalformed = !_reader.TrySkip(wire);
            }
        }

        return false;
    }

    private static bool TryMetric(ReadOnlySpan<byte> bytes, ref SparkplugCommand command)
    {
        var reader = new ProtoReader(bytes);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryTag(out var field, out var wire) || !TryField(ref reader, field, wire, ref command))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryField(ref ProtoReader reader, int field, ProtoWire wire, ref SparkplugCommand command) => (field, wire) switch
    {
        (SparkplugField.MetricName, ProtoWire.Length) => TryName(ref reader, ref command),
        (SparkplugField.MetricDouble, ProtoWire.Fixed64) => TryDouble(ref reader, ref command),
        (SparkplugField.MetricFloat, ProtoWire.Fixed32) => TryFloat(ref reader, ref command),
        (SparkplugField.MetricString, ProtoWire.Length) => TryText(ref reader, ref command),
        (_, ProtoWire.Varint) => TryNumber(ref reader, field, ref command),
        _ => reader.TrySkip(wire),
    };

    private static bool TryNumber(ref ProtoReader reader, int field, ref SparkplugCommand command)
    {
        if (!reader.TryVarint(out var number))
        {
            return false;
        }

        switch (field)
        {
            case SparkplugField.MetricAlias:
                command.Alias = number;
                break;
            case SparkplugField.MetricTimestamp:
                command.UtcMillis = number;
                break;
            case SparkplugField.MetricDatatype:
                command.Type = number <= (ulong)SparkplugType.Uuid ? (SparkplugType)number : SparkplugType.Unknown;
                break;
            case SparkplugField.MetricIsNull:
                command.IsNull = number != 0;
                break;
            case SparkplugField.MetricInt:
                (command.Wire, command.Bits) = (SparkplugType.Int32, (long)(uint)number);
                break;
            case SparkplugField.MetricLong:
                (command.Wire, command.Bits) = (SparkplugType.Int64, (long)number);
                break;
            case SparkplugField.MetricBoolean:
                (command.Wire, command.Bits) = (SparkplugType.Boolean, number == 0 ? 0 : 1);
                break;
        }

        return true;
    }

    private static bool TryName(ref ProtoReader reader, ref SparkplugCommand command)
    {
        var read = reader.TryBytes(out var name);
        command.Name = name;
        return read;
    }

    private static bool TryText(ref ProtoReader reader, ref SparkplugCommand command)
    {
        var read = reader.TryBytes(out var text);
        command.Wire = SparkplugType.String;
        command.Text = text;
        return read;
    }

    private static bool TryDouble(ref ProtoReader reader, ref SparkplugCommand command)
    {
        var read = reader.TryFixed64(out var bits);
        (command.Wire, command.Bits) = (SparkplugType.Double, bits);
        return read;
    }

    private static bool TryFloat(ref ProtoReader reader, ref SparkplugCommand command)
    {
        var read = reader.TryFixed32(out var bits);
        (command.Wire, command.Bits) = (SparkplugType.Float, bits);
        return read;
    }
}
