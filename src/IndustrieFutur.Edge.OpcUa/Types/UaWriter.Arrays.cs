namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Arrays of the built-in types: a length, then the elements; null and empty are two things.</summary>
public ref partial struct UaWriter
{
    public void WriteByteArray(byte[]? array) => WriteByteString(array);

    public void WriteBooleanArray(bool[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteBoolean(element);
        }
    }

    public void WriteSByteArray(sbyte[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteSByte(element);
        }
    }

    public void WriteInt16Array(short[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteInt16(element);
        }
    }

    public void WriteUInt16Array(ushort[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteUInt16(element);
        }
    }

    public void WriteInt32Array(int[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteInt32(element);
        }
    }

    public void WriteUInt32Array(uint[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteUInt32(element);
        }
    }

    public void WriteInt64Array(long[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteInt64(element);
        }
    }

    public void WriteUInt64Array(ulong[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteUInt64(element);
        }
    }

    public void WriteFloatArray(float[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteFloat(element);
        }
    }

    public void WriteDoubleArray(double[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteDouble(element);
        }
    }

    public void WriteStringArray(string?[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteString(element);
        }
    }

    public void WriteDateTimeArray(long[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteDateTime(element);
        }
    }

    public void WriteGuidArray(Guid[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteGuid(element);
        }
    }

    public void WriteByteStringArray(byte[]?[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteByteString(element);
        }
    }

    public void WriteNodeIdArray(NodeId[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteNodeId(element);
        }
    }

    public void WriteExpandedNodeIdArray(ExpandedNodeId[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteExpandedNodeId(element);
        }
    }

    public void WriteStatusCodeArray(uint[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteStatusCode(element);
        }
    }

    public void WriteQualifiedNameArray(QualifiedName[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteQualifiedName(element);
        }
    }

    public void WriteLocalizedTextArray(LocalizedText[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteLocalizedText(element);
        }
    }

    public void WriteExtensionObjectArray(ExtensionObject[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteExtensionObject(element);
        }
    }

    public void WriteDataValueArray(DataValue[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteDataValue(element);
        }
    }

    public void WriteVariantArray(Variant[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteVariant(element);
        }
    }

    public void WriteDiagnosticInfoArray(DiagnosticInfo?[]? array)
    {
        WriteArrayLength(array);
        foreach (var element in array ?? [])
        {
            WriteDiagnosticInfo(element);
        }
    }
}
