using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>Reads a structure by its definition.</summary>
internal sealed class StructureReading(StructureDictionary types)
{
    /// <summary>An empty structure takes no byte, so the bytes alone bound nothing.</summary>
    private const int StructuresMax = 100_000;

    private int _structures;
    private int _depth;

    public StructureValue Read(ref UaReader reader, NodeId dataType)
    {
        Enter();
        var definition = types.Find(dataType);
        var fields = new List<FieldValue>();
        if (FieldShape.IsUnion(definition))
        {
            ReadChosen(ref reader, definition, fields);
        }
        else
        {
            ReadAll(ref reader, definition, fields);
        }

        _depth--;
        return new StructureValue(dataType, fields);
    }

    /// <summary>The depth is counted here and not by the reader: a structure within an extension object has a reader of its own.</summary>
    private void Enter()
    {
        if (++_structures > StructuresMax)
        {
            throw UaDecodingException.TooMuch($"A value holds more than {StructuresMax} structures.");
        }

        if (++_depth > DecodeLimits.Default.DepthMax)
        {
            throw UaDecodingException.TooMuch($"Structures are nested more than {DecodeLimits.Default.DepthMax} deep.");
        }
    }

    /// <summary>A union: 0 for nothing, else the number of the field that follows (OPC UA Part 6, 5.2.8).</summary>
    private void ReadChosen(ref UaReader reader, StructureDefinition definition, List<FieldValue> fields)
    {
        var chosen = reader.ReadUInt32();
        var all = definition.Fields ?? [];
        if (chosen > all.Length)
        {
            throw UaDecodingException.Broken($"A union chooses field {chosen} of {all.Length}.");
        }

        if (chosen > 0)
        {
            fields.Add(ReadField(ref reader, definition, all[chosen - 1]));
        }
    }

    /// <summary>A mask says which of the optional fields follow, bit 0 for the first of them (OPC UA Part 6, 5.2.7).</summary>
    private void ReadAll(ref UaReader reader, StructureDefinition definition, List<FieldValue> fields)
    {
        var hasMask = FieldShape.HasOptionalFields(definition);
        var mask = hasMask ? reader.ReadUInt32() : 0;
        var optional = 0;
        foreach (var field in definition.Fields ?? [])
        {
            if (!hasMask || !field.IsOptional || (mask & (1u << optional++)) != 0)
            {
                fields.Add(ReadField(ref reader, definition, field));
            }
        }
    }

    private FieldValue ReadField(ref UaReader reader, StructureDefinition definition, StructureField field)
    {
        if (types.TryFindSimple(field.DataType, out var type))
        {
            return Unwrapped(field, ReadValue(ref reader, type, field));
        }

        if (FieldShape.TakesSubtypes(definition, field))
        {
            return Unwrapped(field, ReadValue(ref reader, BuiltInType.ExtensionObject, field));
        }

        return FieldShape.IsArray(field)
            ? ReadStructures(ref reader, field)
            : new FieldValue(field.Name ?? "", Variant.Null, [Read(ref reader, field.DataType)]);
    }

    /// <summary>Extension objects are opened when each of them is known; else the field keeps them as they came.</summary>
    private FieldValue Unwrapped(StructureField field, Variant value)
    {
        var name = field.Name ?? "";
        ExtensionObject[] wrapped = value.Value switch
        {
            ExtensionObject one => [one],
            ExtensionObject[] several => several,
            _ => [],
        };
        return wrapped.Length > 0 && Array.TrueForAll(wrapped, types.CanDecode)
            ? new FieldValue(name, Variant.Null, Array.ConvertAll(wrapped, Open), value.IsArray, value.Dimensions)
            : new FieldValue(name, value);
    }

    private StructureValue Open(ExtensionObject wrapped)
    {
        var reader = new UaReader(wrapped.Body);
        types.TryFindEncoding(wrapped.TypeId, out var dataType);
        return Read(ref reader, dataType);
    }

    private FieldValue ReadStructures(ref UaReader reader, StructureField field)
    {
        var dimensions = FieldShape.IsMatrix(field) ? reader.ReadInt32Array() ?? [] : null;
        var count = dimensions is null ? reader.ReadArrayLength(1) : ProductOf(dimensions, reader.Unclaimed);
        var values = count < 0 ? null : new List<StructureValue>();
        for (var i = 0; i < count; i++)
        {
            values!.Add(Read(ref reader, field.DataType));
        }

        return new FieldValue(field.Name ?? "", Variant.Null, values, IsArray: true, dimensions);
    }

    private static Variant ReadValue(ref UaReader reader, BuiltInType type, StructureField field)
    {
        if (!FieldShape.IsArray(field))
        {
            return type == BuiltInType.Variant ? reader.ReadVariant() : Variant.OfScalar(type, VariantCodec.ReadScalar(ref reader, type));
        }

        if (!FieldShape.IsMatrix(field))
        {
            return Variant.OfArray(type, VariantCodec.ReadArray(ref reader, type));
        }

        var dimensions = reader.ReadInt32Array() ?? [];
        var elements = VariantCodec.ReadElements(ref reader, type, ProductOf(dimensions, reader.Unclaimed));
        return Variant.OfArray(type, elements, dimensions);
    }

    private static int ProductOf(int[] dimensions, int bytesLeft)
    {
        long product = dimensions.Length == 0 ? 0 : 1;
        foreach (var length in dimensions)
        {
            product = length < 0 ? -1 : product * length;
            if (product < 0 || product > bytesLeft)
            {
                throw UaDecodingException.Broken($"A matrix of {dimensions.Length} dimensions claims more elements than the {bytesLeft} bytes that follow.");
            }
        }

        return (int)product;
    }
}
