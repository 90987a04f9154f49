namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Arrays of the built-in types: a length, then the elements; null and empty are two things.</summary>
public ref partial struct UaReader
{
    public byte[]? ReadByteArray() => ReadByteString();

    public bool[]? ReadBooleanArray()
    {
        var length = ReadArrayLength(1);
        if (length < 0)
        {
            return null;
        }

        var array = new bool[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadBoolean();
        }

        return array;
    }

    public sbyte[]? ReadSByteArray()
    {
        var length = ReadArrayLength(1);
        if (length < 0)
        {
            return null;
        }

        var array = new sbyte[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadSByte();
        }

        return array;
    }

    public short[]? ReadInt16Array()
    {
        var length = ReadArrayLength(2);
        if (length < 0)
        {
            return null;
        }

        var array = new short[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadInt16();
        }

        return array;
    }

    public ushort[]? ReadUInt16Array()
    {
        var length = ReadArrayLength(2);
        if (length < 0)
        {
            return null;
        }

        var array = new ushort[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadUInt16();
        }

        return array;
    }

    public int[]? ReadInt32Array()
    {
        var length = ReadArrayLength(4);
        if (length < 0)
        {
            return null;
        }

        var array = new int[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadInt32();
        }

        return array;
    }

    public uint[]? ReadUInt32Array()
    {
        var length = ReadArrayLength(4);
        if (length < 0)
        {
            return null;
        }

        var array = new uint[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadUInt32();
        }

        return array;
    }

    public long[]? ReadInt64Array()
    {
        var length = ReadArrayLength(8);
        if (length < 0)
        {
            return null;
        }

        var array = new long[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadInt64();
        }

        return array;
    }

    public ulong[]? ReadUInt64Array()
    {
        var length = ReadArrayLength(8);
        if (length < 0)
        {
            return null;
        }

        var array = new ulong[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadUInt64();
        }

        return array;
    }

    public float[]? ReadFloatArray()
    {
        var length = ReadArrayLength(4);
        if (length < 0)
        {
            return null;
        }

        var array = new float[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadFloat();
        }

        return array;
    }

    public double[]? ReadDoubleArray()
    {
        var length = ReadArrayLength(8);
        if (length < 0)
        {
            return null;
        }

        var array = new double[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadDouble();
        }

        return array;
    }

    public string?[]? ReadStringArray()
    {
        var length = ReadArrayLength(4);
        if (length < 0)
        {
            return null;
        }

        var array = new string?[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadString();
        }

        return array;
    }

    public long[]? ReadDateTimeArray()
    {
        var length = ReadArrayLength(8);
        if (length < 0)
        {
            return null;
        }

        var array = new long[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadDateTime();
        }

        return array;
    }

    public Guid[]? ReadGuidArray()
    {
        var length = ReadArrayLength(16);
        if (length < 0)
        {
            return null;
        }

        var array = new Guid[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadGuid();
        }

        return array;
    }

    public byte[]?[]? ReadByteStringArray()
    {
        var length = ReadArrayLength(4);
        if (length < 0)
        {
            return null;
        }

        var array = new byte[]?[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadByteString();
        }

        return array;
    }

    public NodeId[]? ReadNodeIdArray()
    {
        var length = ReadArrayLength(2);
        if (length < 0)
        {
            return null;
        }

        var array = new NodeId[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadNodeId();
        }

        return array;
    }

    public ExpandedNodeId[]? ReadExpandedNodeIdArray()
    {
        var length = ReadArrayLength(2);
        if (length < 0)
        {
            return null;
        }

        var array = new ExpandedNodeId[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadExpandedNodeId();
        }

        return array;
    }

    public uint[]? ReadStatusCodeArray()
    {
        var length = ReadArrayLength(4);
        if (length < 0)
        {
            return null;
        }

        var array = new uint[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadStatusCode();
        }

        return array;
    }

    public QualifiedName[]? ReadQualifiedNameArray()
    {
        var length = ReadArrayLength(6);
        if (length < 0)
        {
            return null;
        }

        var array = new QualifiedName[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadQualifiedName();
        }

        return array;
    }

    public LocalizedText[]? ReadLocalizedTextArray()
    {
        var length = ReadArrayLength(1);
        if (length < 0)
        {
            return null;
        }

        var array = new LocalizedText[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadLocalizedText();
        }

        return array;
    }

    public ExtensionObject[]? ReadExtensionObjectArray()
    {
        var length = ReadArrayLength(3);
        if (length < 0)
        {
            return null;
        }

        var array = new ExtensionObject[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadExtensionObject();
        }

        return array;
    }

    public DataValue[]? ReadDataValueArray()
    {
        var length = ReadArrayLength(1);
        if (length < 0)
        {
            return null;
        }

        var array = new DataValue[length];
        var claimed = Claimed;
        for (var i = 0; i < length; i++)
        {
            Claim(claimed, length - 1 - i, 1);
            array[i] = ReadDataValue();
        }

        return array;
    }

    public Variant[]? ReadVariantArray()
    {
        var length = ReadArrayLength(1);
        if (length < 0)
        {
            return null;
        }

        var array = new Variant[length];
        var claimed = Claimed;
        for (var i = 0; i < length; i++)
        {
            Claim(claimed, length - 1 - i, 1);
            array[i] = ReadVariant();
        }

        return array;
    }

    public DiagnosticInfo?[]? ReadDiagnosticInfoArray()
    {
        var length = ReadArrayLength(1);
        if (length < 0)
        {
            return null;
        }

        var array = new DiagnosticInfo?[length];
        for (var i = 0; i < length; i++)
        {
            array[i] = ReadDiagnosticInfo();
        }

        return array;
    }
}
