using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Finds the end of a Variant without making anything of it (OPC UA Part 6, 5.2.2.16).</summary>
internal static class VariantSkipper
{
    public const byte ArrayBit = 0x80;
    public const byte DimensionsBit = 0x40;
    public const byte TypeMask = 0x3F;

    /// <summary>Ids without a type yet are read as byte strings.</summary>
    private const int ReservedLast = 31;

    /// <summary>Bytes of the scalars whose size is their type's, by type id; 0 = it depends.</summary>
    public static ReadOnlySpan<byte> ScalarBytes => [0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 0, 8, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static void Skip(ref UaReader reader)
    {
        reader.Enter();
        var head = reader.ReadByte();
        if (head != 0)
        {
            SkipValue(ref reader, head);
        }

        reader.Leave();
    }

    /// <summary>What follows the first byte.</summary>
    private static void SkipValue(ref UaReader reader, byte head)
    {
        var type = TypeOf(head);
        if ((head & ArrayBit) == 0)
        {
            if ((head & DimensionsBit) != 0 || type == BuiltInType.Variant)
            {
                throw UaDecodingException.Broken("A value that is no array claims dimensions or holds a Variant.");
            }

            SkipScalar(ref reader, type);
            return;
        }

        SkipElements(ref reader, type);
        if ((head & DimensionsBit) != 0)
        {
            reader.Skip(Math.Max(0, reader.ReadArrayLength(sizeof(int))) * sizeof(int));
        }
    }

    public static BuiltInType TypeOf(byte head)
    {
        var type = head & TypeMask;
        return type switch
        {
            0 or > ReservedLast => throw UaDecodingException.Broken($"A value begins with 0x{head:X2}, which is no type."),
            > (int)BuiltInType.DiagnosticInfo => BuiltInType.ByteString,
            _ => (BuiltInType)type,
        };
    }

    private static void SkipElements(ref UaReader reader, BuiltInType type)
    {
        var fixedBytes = type == BuiltInType.Guid ? GuidBytes : ScalarBytes[(int)type];
        var count = reader.ReadArrayLength(Math.Max(1, fixedBytes));
        if (fixedBytes > 0)
        {
            reader.Skip(Math.Max(0, count) * fixedBytes);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            SkipScalar(ref reader, type);
        }
    }

    private const int GuidBytes = 16;

    private static void SkipScalar(ref UaReader reader, BuiltInType type)
    {
        switch (type)
        {
            case BuiltInType.String or BuiltInType.XmlElement:
                reader.SkipString();
                break;
            case BuiltInType.ByteString:
                reader.SkipByteString();
                break;
            case BuiltInType.Guid:
                reader.Skip(GuidBytes);
                break;
            case BuiltInType.NodeId:
                reader.SkipNodeId();
                break;
            case BuiltInType.ExpandedNodeId:
                SkipExpandedNodeId(ref reader);
                break;
            case BuiltInType.QualifiedName:
                reader.Skip(sizeof(ushort));
                reader.SkipString();
                break;
            case BuiltInType.LocalizedText:
                SkipLocalizedText(ref reader);
                break;
            case BuiltInType.ExtensionObject:
                reader.SkipExtensionObject();
                break;
            case BuiltInType.DataValue:
                SkipDataValue(ref reader);
                break;
            case BuiltInType.Variant:
                Skip(ref reader);
                break;
            case BuiltInType.DiagnosticInfo:
                reader.SkipDiagnosticInfo();
                break;
            default:
                reader.Skip(ScalarBytes[(int)type]);
                break;
        }
    }

    private static void SkipExpandedNodeId(ref UaReader reader)
    {
        const byte HasUri = 0x80;
        const byte HasServer = 0x40;
        var form = reader.ReadByte();
        switch (form & ~(HasUri | HasServer))
        {
            case 0:
                reader.Skip(1);
                break;
            case 1:
                reader.Skip(3);
                break;
            case 2:
                reader.Skip(6);
                break;
            case 3 or 5:
                reader.Skip(2);
                reader.SkipByteString();
                break;
            case 4:
                reader.Skip(2 + GuidBytes);
                break;
            default:
                throw UaDecodingException.Broken($"An ExpandedNodeId begins with 0x{form:X2}, which is no form of it.");
        }

        if ((form & HasUri) != 0)
        {
            reader.SkipString();
        }

        reader.Skip((form & HasServer) != 0 ? sizeof(uint) : 0);
    }

    private static void SkipLocalizedText(ref UaReader reader)
    {
        var mask = reader.ReadByte();
        for (var bit = 1; bit <= 2; bit++)
        {
            if ((mask & bit) != 0)
            {
                reader.SkipString();
            }
        }
    }

    private static void SkipDataValue(ref UaReader reader)
    {
        reader.Enter();
        var mask = reader.ReadByte();
        if ((mask & (byte)DataValueFields.Value) != 0)
        {
            Skip(ref reader);
        }

        reader.Skip(NotificationDecoder.TrailerBytes[mask & TypeMask]);
        reader.Leave();
    }
}
