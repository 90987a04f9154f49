namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>The built-in types that are made of others.</summary>
public ref partial struct UaReader
{
    private const byte HasNamespaceUri = 0x80;
    private const byte HasServerIndex = 0x40;

    public NodeId ReadNodeId()
    {
        var form = ReadByte();
        return (form & (HasNamespaceUri | HasServerIndex)) == 0
            ? ReadNodeIdBody(form)
            : throw UaDecodingException.Broken($"A NodeId begins with 0x{form:X2}, which is no form of it.");
    }

    public ExpandedNodeId ReadExpandedNodeId()
    {
        var form = ReadByte();
        var node = ReadNodeIdBody((byte)(form & ~(HasNamespaceUri | HasServerIndex)));
        var uri = (form & HasNamespaceUri) != 0 ? ReadString() ?? "" : null;
        var server = (form & HasServerIndex) != 0 ? ReadUInt32() : 0;
        return new ExpandedNodeId(node, uri, server);
    }

    public void SkipNodeId()
    {
        switch (ReadByte())
        {
            case 0:
                Skip(1);
                break;
            case 1:
                Skip(3);
                break;
            case 2:
                Skip(6);
                break;
            case 3 or 5:
                Skip(2);
                SkipByteString();
                break;
            case 4:
                Skip(18);
                break;
            case var form:
                throw UaDecodingException.Broken($"A NodeId begins with 0x{form:X2}, which is no form of it.");
        }
    }

    public QualifiedName ReadQualifiedName() => new(ReadUInt16(), ReadString());

    public LocalizedText ReadLocalizedText()
    {
        var mask = ReadByte();
        var locale = (mask & 0x01) != 0 ? ReadString() ?? "" : null;
        var text = (mask & 0x02) != 0 ? ReadString() ?? "" : null;
        return new LocalizedText(locale, text);
    }

    public ExtensionObject ReadExtensionObject()
    {
        var typeId = ReadNodeId();
        var encoding = ReadExtensionEncoding();
        if (encoding == ExtensionObjectEncoding.None)
        {
            return typeId.IsNull ? ExtensionObject.Null : new ExtensionObject(typeId, encoding, null);
        }

        return new ExtensionObject(typeId, encoding, ReadByteString());
    }

    public void SkipExtensionObject()
    {
        SkipNodeId();
        if (ReadExtensionEncoding() != ExtensionObjectEncoding.None)
        {
            SkipByteString();
        }
    }

    public DataValue ReadDataValue()
    {
        Enter();
        var value = DataValue.Read(ref this);
        Leave();
        return value;
    }

    public Variant ReadVariant()
    {
        Enter();
        var value = VariantCodec.Read(ref this);
        Leave();
        return value;
    }

    /// <summary>False when it was read whole but is none: what follows can be read.</summary>
    internal bool TryReadVariant(out Variant value)
    {
        Enter();
        var isRight = VariantCodec.TryRead(ref this, out value);
        Leave();
        return isRight;
    }

    /// <summary>Null when nothing was sent.</summary>
    public DiagnosticInfo? ReadDiagnosticInfo()
    {
        Enter();
        var info = DiagnosticInfo.Read(ref this);
        Leave();
        return info;
    }

    public void SkipDiagnosticInfo() => DiagnosticInfo.Skip(ref this);

    /// <summary>An array of structures, each of which takes so many bytes at least.</summary>
    public T[]? ReadStructureArray<T>(int elementBytesMin)
        where T : IUaStructure<T>
    {
        var length = ReadArrayLength(elementBytesMin);
        if (length < 0)
        {
            return null;
        }

        var array = new T[length];
        var claimed = Claimed;
        for (var i = 0; i < length; i++)
        {
            Claim(claimed, length - 1 - i, elementBytesMin);
            array[i] = T.Decode(ref this);
        }

        return array;
    }

    internal ExtensionObjectEncoding ReadExtensionEncoding()
    {
        var encoding = ReadByte();
        return encoding <= (byte)ExtensionObjectEncoding.XmlElement
            ? (ExtensionObjectEncoding)encoding
            : throw UaDecodingException.Broken($"An extension object says encoding {encoding}; there are 0, 1 and 2.");
    }

    private NodeId ReadNodeIdBody(byte form) => form switch
    {
        0 => new NodeId(0, ReadByte()),
        1 => new NodeId(ReadByte(), ReadUInt16()),
        2 => new NodeId(ReadUInt16(), ReadUInt32()),
        3 => new NodeId(ReadUInt16(), ReadString()),
        4 => new NodeId(ReadUInt16(), ReadGuid()),
        5 => new NodeId(ReadUInt16(), ReadByteString()),
        _ => throw UaDecodingException.Broken($"A NodeId begins with 0x{form:X2}, which is no form of it."),
    };
}
