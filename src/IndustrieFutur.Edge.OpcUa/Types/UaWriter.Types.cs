namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>The built-in types that are made of others.</summary>
public ref partial struct UaWriter
{
    private const byte HasNamespaceUri = 0x80;
    private const byte HasServerIndex = 0x40;

    /// <summary>In the shortest form that holds it.</summary>
    public void WriteNodeId(NodeId value) => WriteNodeIdWithFlags(value, 0);

    public void WriteExpandedNodeId(ExpandedNodeId value)
    {
        var flags = (value.NamespaceUri is null ? 0 : HasNamespaceUri) | (value.ServerIndex == 0 ? 0 : HasServerIndex);
        WriteNodeIdWithFlags(value.Node, (byte)flags);
        if (value.NamespaceUri is { } uri)
        {
            WriteString(uri);
        }

        if (value.ServerIndex != 0)
        {
            WriteUInt32(value.ServerIndex);
        }
    }

    public void WriteQualifiedName(QualifiedName value)
    {
        WriteUInt16(value.NamespaceIndex);
        WriteString(value.Name);
    }

    public void WriteLocalizedText(LocalizedText value)
    {
        WriteByte((byte)((value.Locale is null ? 0 : 0x01) | (value.Text is null ? 0 : 0x02)));
        if (value.Locale is { } locale)
        {
            WriteString(locale);
        }

        if (value.Text is { } text)
        {
            WriteString(text);
        }
    }

    public void WriteExtensionObject(ExtensionObject? value)
    {
        var extension = value ?? ExtensionObject.Null;
        WriteNodeId(extension.TypeId);
        WriteByte((byte)extension.Encoding);
        if (extension.Encoding != ExtensionObjectEncoding.None)
        {
            WriteByteString(extension.Body);
        }
    }

    /// <summary>Null is a DataValue without any part.</summary>
    public void WriteDataValue(DataValue? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        value.Write(ref this);
    }

    public void WriteVariant(Variant value) => VariantCodec.Write(ref this, value);

    public void WriteDiagnosticInfo(DiagnosticInfo? value) => DiagnosticInfo.Write(ref this, value);

    public void WriteStructureArray<T>(T[]? array)
        where T : IUaStructure
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            element.Encode(ref this);
        }
    }

    private readonly void WriteNodeIdWithFlags(NodeId value, byte flags)
    {
        switch (value.IdType)
        {
            case NodeIdType.Numeric:
                WriteNumeric(value, flags);
                break;
            case NodeIdType.String:
                WriteByte((byte)(3 | flags));
                WriteUInt16(value.NamespaceIndex);
                WriteString(value.Text);
                break;
            case NodeIdType.Guid:
                WriteByte((byte)(4 | flags));
                WriteUInt16(value.NamespaceIndex);
                WriteGuid(value.Guid);
                break;
            default:
                WriteByte((byte)(5 | flags));
                WriteUInt16(value.NamespaceIndex);
                WriteByteString(value.Opaque);
                break;
        }
    }

    private readonly void WriteNumeric(NodeId value, byte flags)
    {
        if (value.NamespaceIndex == 0 && value.Numeric <= byte.MaxValue)
        {
            WriteByte((byte)(0 | flags));
            WriteByte((byte)value.Numeric);
        }
        else if (value.NamespaceIndex <= byte.MaxValue && value.Numeric <= ushort.MaxValue)
        {
            WriteByte((byte)(1 | flags));
            WriteByte((byte)value.NamespaceIndex);
            WriteUInt16((ushort)value.Numeric);
        }
        else
        {
            WriteByte((byte)(2 | flags));
            WriteUInt16(value.NamespaceIndex);
            WriteUInt32(value.Numeric);
        }
    }
}
