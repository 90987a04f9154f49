namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Variants on the wire (OPC UA Part 6, 5.2.2.16).</summary>
internal static class VariantCodec
{
    private const byte IsArray = 0x80;
    private const byte HasDimensions = 0x40;
    private const byte TypeMask = 0x3F;

    /// <summary>Numbers without a type yet: read as byte strings.</summary>
    private const byte ReservedFirst = 26;

    private const byte ReservedLast = 31;

    /// <summary>A matrix of more dimensions is none that a machine sends.</summary>
    private const int DimensionsMax = 32;

    private const uint BadEncodingError = 0x80060000;

    public static Variant Read(ref UaReader reader) => TryRead(ref reader, out var value)
        ? value
        : throw UaDecodingException.Broken("A matrix claims dimensions that are not those of its elements.");

    /// <summary>False, with all of it read, for a matrix whose dimensions are not those of its elements: what follows it can be read.</summary>
    public static bool TryRead(ref UaReader reader, out Variant value)
    {
        value = Variant.Null;
        var head = reader.ReadByte();
        var type = TypeOf((byte)(head & TypeMask));
        if (type == BuiltInType.Null)
        {
            value = head == 0 ? Variant.Null : throw UaDecodingException.Broken("A null value claims to be an array.");
            return true;
        }

        if ((head & IsArray) == 0)
        {
            value = (head & HasDimensions) == 0
                ? Variant.OfScalar(type, ReadScalar(ref reader, type))
                : throw UaDecodingException.Broken("A value that is no array claims dimensions.");
            return true;
        }

        var array = ReadArray(ref reader, type);
        var dimensions = (head & HasDimensions) != 0 ? reader.ReadInt32Array() ?? [] : null;
        if (dimensions is not null && !AreOf(array?.Length ?? 0, dimensions))
        {
            return false;
        }

        value = Variant.OfArray(type, array, dimensions);
        return true;
    }

    public static void Write(ref UaWriter writer, Variant value)
    {
        if (value.IsNull)
        {
            writer.WriteByte(0);
            return;
        }

        if (!value.IsArray)
        {
            writer.WriteByte((byte)value.Type);
            WriteScalar(ref writer, value.Type, value.Value);
            return;
        }

        writer.WriteByte((byte)((byte)value.Type | IsArray | (value.Dimensions is null ? 0 : HasDimensions)));
        WriteArray(ref writer, value.Type, value.Value);
        if (value.Dimensions is not null)
        {
            writer.WriteInt32Array(value.Dimensions);
        }
    }

    /// <summary>The elements of a matrix of known size, without a length before them; each of them takes one byte at least.</summary>
    public static Array ReadElements(ref UaReader reader, BuiltInType type, int count)
    {
        var elements = new Variant[count];
        var claimed = reader.Claimed;
        for (var i = 0; i < count; i++)
        {
            reader.Claim(claimed, count - 1 - i, 1);
            elements[i] = type == BuiltInType.Variant ? reader.ReadVariant() : Variant.OfScalar(type, ReadScalar(ref reader, type));
        }

        return type == BuiltInType.Variant ? elements : Narrow(type, elements);
    }

    public static void WriteElements(ref UaWriter writer, BuiltInType type, Array elements)
    {
        foreach (var element in elements)
        {
            if (element is Variant variant)
            {
                writer.WriteVariant(variant);
            }
            else
            {
                WriteScalar(ref writer, type, element);
            }
        }
    }

    /// <summary>The same elements in an array of their own type: as the wire would give it back.</summary>
    private static Array Narrow(BuiltInType type, Variant[] elements)
    {
        var buffer = new MessageBuffer(DecodeLimits.Default.ByteStringBytesMax);
        var writer = new UaWriter(buffer);
        writer.WriteInt32(elements.Length);
        foreach (var element in elements)
        {
            WriteScalar(ref writer, type, element.Value);
        }

        var reader = new UaReader(buffer.Written);
        return ReadArray(ref reader, type)!;
    }

    private static BuiltInType TypeOf(byte number) => number switch
    {
        <= (byte)BuiltInType.DiagnosticInfo => (BuiltInType)number,
        >= ReservedFirst and <= ReservedLast => BuiltInType.ByteString,
        _ => throw UaDecodingException.Broken($"A value says type {number}, which does not exist."),
    };

    public static object? ReadScalar(ref UaReader reader, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => reader.ReadBoolean(),
        BuiltInType.SByte => reader.ReadSByte(),
        BuiltInType.Byte => reader.ReadByte(),
        BuiltInType.Int16 => reader.ReadInt16(),
        BuiltInType.UInt16 => reader.ReadUInt16(),
        BuiltInType.Int32 => reader.ReadInt32(),
        BuiltInType.UInt32 => reader.ReadUInt32(),
        BuiltInType.Int64 => reader.ReadInt64(),
        BuiltInType.UInt64 => reader.ReadUInt64(),
        BuiltInType.Float => reader.ReadFloat(),
        BuiltInType.Double => reader.ReadDouble(),
        BuiltInType.String or BuiltInType.XmlElement => reader.ReadString(),
        BuiltInType.DateTime => reader.ReadDateTime(),
        BuiltInType.Guid => reader.ReadGuid(),
        BuiltInType.ByteString => reader.ReadByteString(),
        BuiltInType.NodeId => reader.ReadNodeId(),
        BuiltInType.ExpandedNodeId => reader.ReadExpandedNodeId(),
        BuiltInType.StatusCode => reader.ReadStatusCode(),
        BuiltInType.QualifiedName => reader.ReadQualifiedName(),
        BuiltInType.LocalizedText => reader.ReadLocalizedText(),
        BuiltInType.ExtensionObject => reader.ReadExtensionObject(),
        BuiltInType.DataValue => reader.ReadDataValue(),
        BuiltInType.DiagnosticInfo => reader.ReadDiagnosticInfo(),
        _ => throw UaDecodingException.Broken("A Variant within a Variant must be an array."),
    };

    public static Array? ReadArray(ref UaReader reader, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => reader.ReadBooleanArray(),
        BuiltInType.SByte => reader.ReadSByteArray(),
        BuiltInType.Byte => reader.ReadByteArray(),
        BuiltInType.Int16 => reader.ReadInt16Array(),
        BuiltInType.UInt16 => reader.ReadUInt16Array(),
        BuiltInType.Int32 => reader.ReadInt32Array(),
        BuiltInType.UInt32 => reader.ReadUInt32Array(),
        BuiltInType.Int64 => reader.ReadInt64Array(),
        BuiltInType.UInt64 => reader.ReadUInt64Array(),
        BuiltInType.Float => reader.ReadFloatArray(),
        BuiltInType.Double => reader.ReadDoubleArray(),
        BuiltInType.String or BuiltInType.XmlElement => reader.ReadStringArray(),
        BuiltInType.DateTime => reader.ReadDateTimeArray(),
        BuiltInType.Guid => reader.ReadGuidArray(),
        BuiltInType.ByteString => reader.ReadByteStringArray(),
        BuiltInType.NodeId => reader.ReadNodeIdArray(),
        BuiltInType.ExpandedNodeId => reader.ReadExpandedNodeIdArray(),
        BuiltInType.StatusCode => reader.ReadStatusCodeArray(),
        BuiltInType.QualifiedName => reader.ReadQualifiedNameArray(),
        BuiltInType.LocalizedText => reader.ReadLocalizedTextArray(),
        BuiltInType.ExtensionObject => reader.ReadExtensionObjectArray(),
        BuiltInType.DataValue => reader.ReadDataValueArray(),
        BuiltInType.Variant => reader.ReadVariantArray(),
        _ => reader.ReadDiagnosticInfoArray(),
    };

    /// <summary>Their product is the array's length, or they are no dimensions of it (OPC UA Part 6, 5.2.2.16).</summary>
    private static bool AreOf(int arrayLength, int[] dimensions)
    {
        if (dimensions.Length > DimensionsMax)
        {
            return false;
        }

        long product = dimensions.Length == 0 ? 0 : 1;
        foreach (var length in dimensions)
        {
            if (length < 0 || product > int.MaxValue)
            {
                return false;
            }

            product *= length;
        }

        return product == arrayLength;
    }

    public static void WriteScalar(ref UaWriter writer, BuiltInType type, object? value)
    {
        switch (type, value)
        {
            case (BuiltInType.Boolean, bool boolean): writer.WriteBoolean(boolean); break;
            case (BuiltInType.SByte, sbyte number): writer.WriteSByte(number); break;
            case (BuiltInType.Byte, byte number): writer.WriteByte(number); break;
            case (BuiltInType.Int16, short number): writer.WriteInt16(number); break;
            case (BuiltInType.UInt16, ushort number): writer.WriteUInt16(number); break;
            case (BuiltInType.Int32, int number): writer.WriteInt32(number); break;
            case (BuiltInType.UInt32, uint number): writer.WriteUInt32(number); break;
            case (BuiltInType.Int64, long number): writer.WriteInt64(number); break;
            case (BuiltInType.UInt64, ulong number): writer.WriteUInt64(number); break;
            case (BuiltInType.Float, float number): writer.WriteFloat(number); break;
            case (BuiltInType.Double, double number): writer.WriteDouble(number); break;
            case (BuiltInType.String or BuiltInType.XmlElement, null or string): writer.WriteString((string?)value); break;
            case (BuiltInType.DateTime, long time): writer.WriteDateTime(time); break;
            case (BuiltInType.Guid, Guid guid): writer.WriteGuid(guid); break;
            case (BuiltInType.ByteString, null or byte[]): writer.WriteByteString((byte[]?)value); break;
            case (BuiltInType.NodeId, NodeId nodeId): writer.WriteNodeId(nodeId); break;
            case (BuiltInType.ExpandedNodeId, ExpandedNodeId nodeId): writer.WriteExpandedNodeId(nodeId); break;
            case (BuiltInType.StatusCode, uint status): writer.WriteStatusCode(status); break;
            case (BuiltInType.QualifiedName, QualifiedName name): writer.WriteQualifiedName(name); break;
            case (BuiltInType.LocalizedText, LocalizedText text): writer.WriteLocalizedText(text); break;
            case (BuiltInType.ExtensionObject, null or ExtensionObject): writer.WriteExtensionObject((ExtensionObject?)value); break;
            case (BuiltInType.DataValue, null or DataValue): writer.WriteDataValue((DataValue?)value); break;
            case (BuiltInType.DiagnosticInfo, null or DiagnosticInfo): writer.WriteDiagnosticInfo((DiagnosticInfo?)value); break;
            default: throw WrongType(type, value);
        }
    }

    public static void WriteArray(ref UaWriter writer, BuiltInType type, object? value)
    {
        switch (type, value)
        {
            case (_, null): writer.WriteInt32(-1); break;
            case (BuiltInType.Boolean, bool[] array): writer.WriteBooleanArray(array); break;
            case (BuiltInType.SByte, sbyte[] array): writer.WriteSByteArray(array); break;
            case (BuiltInType.Byte, byte[] array): writer.WriteByteArray(array); break;
            case (BuiltInType.Int16, short[] array): writer.WriteInt16Array(array); break;
            case (BuiltInType.UInt16, ushort[] array): writer.WriteUInt16Array(array); break;
            case (BuiltInType.Int32, int[] array): writer.WriteInt32Array(array); break;
            case (BuiltInType.UInt32, uint[] array): writer.WriteUInt32Array(array); break;
            case (BuiltInType.Int64, long[] array): writer.WriteInt64Array(array); break;
            case (BuiltInType.UInt64, ulong[] array): writer.WriteUInt64Array(array); break;
            case (BuiltInType.Float, float[] array): writer.WriteFloatArray(array); break;
            case (BuiltInType.Double, double[] array): writer.WriteDoubleArray(array); break;
            case (BuiltInType.String or BuiltInType.XmlElement, string?[] array): writer.WriteStringArray(array); break;
            case (BuiltInType.DateTime, long[] array): writer.WriteDateTimeArray(array); break;
            case (BuiltInType.Guid, Guid[] array): writer.WriteGuidArray(array); break;
            case (BuiltInType.ByteString, byte[]?[] array): writer.WriteByteStringArray(array); break;
            case (BuiltInType.NodeId, NodeId[] array): writer.WriteNodeIdArray(array); break;
            case (BuiltInType.ExpandedNodeId, ExpandedNodeId[] array): writer.WriteExpandedNodeIdArray(array); break;
            case (BuiltInType.StatusCode, uint[] array): writer.WriteStatusCodeArray(array); break;
            case (BuiltInType.QualifiedName, QualifiedName[] array): writer.WriteQualifiedNameArray(array); break;
            case (BuiltInType.LocalizedText, LocalizedText[] array): writer.WriteLocalizedTextArray(array); break;
            case (BuiltInType.ExtensionObject, ExtensionObject[] array): writer.WriteExtensionObjectArray(array); break;
            case (BuiltInType.DataValue, DataValue[] array): writer.WriteDataValueArray(array); break;
            case (BuiltInType.Variant, Variant[] array): writer.WriteVariantArray(array); break;
            case (BuiltInType.DiagnosticInfo, DiagnosticInfo?[] array): writer.WriteDiagnosticInfoArray(array); break;
            default: throw WrongType(type, value);
        }
    }

    private static UaException WrongType(BuiltInType type, object? value) =>
        new(BadEncodingError, $"A value of type {value?.GetType().Name ?? "null"} was to be sent as {type}; nothing was sent.");
}
