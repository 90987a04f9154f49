using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>Reads a structure by its definition.</summary>
internal sealed class StructureReading(StructureDictionary types)
{
    /// <summary>An empty structure takes no byte, so the bytes alone bound nothing.</summary>
    private const int StructuresMax = 100_000;

    private int _structures;

    public StructureValue Read(ref UaReader reader, NodeId dataType)
    {
        if (++_structures > StructuresMax)
        {
            throw UaDecodingException.TooMuch($"A value holds more than {StructuresMax} structures.");
        }

        reader.Enter();
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

        reader.Leave();
        return new StructureValue(dataType, fields);
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
        var name = field.Name ?? "";
        if (FieldShape.TakesSubtypes(definition, field))
        {
            return new FieldValue(name, ReadValue(ref reader, BuiltInType.ExtensionObject, field));
        }

        if (types.TryFindSimple(field.DataType, out var type))
        {
            return new FieldValue(name, ReadValue(ref reader, type, field));
        }

        return FieldShape.IsArray(field)
            ? new FieldValue(name, Variant.Null, ReadStructures(ref reader, field), IsArray: true)
            : new FieldValue(name, Variant.Null, [Read(ref reader, field.DataType)]);
    }

    private List<StructureValue> ReadStructures(ref UaReader reader, StructureField field)
    {
        var count = FieldShape.IsMatrix(field) ? Product(ref reader) : reader.ReadArrayLength(1);
        var values = new List<StructureValue>();
        for (var i = 0; i < count; i++)
        {
            values.Add(Read(ref reader, field.DataType));
        }

        return values;
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
        var elements = VariantCodec.ReadElements(ref reader, type, ProductOf(dimensions, reader.Remaining));
        return Variant.OfArray(type, elements, dimensions);
    }

    private static int Product(ref UaReader reader) => ProductOf(reader.ReadInt32Array() ?? [], reader.Remaining);

    private static int ProductOf(int[] dimensions, int bytesLeft)
    {
        long product = dimensions.Length == 0 ? 0 : 1;
        foreach (var length in dimensions)
        {
            product = length < 0 ? -1 : product * length;
            if (product < 0 || product > bytesLeft)
            {
                throw UaDecodingException.Broken($"A matrix claims {string.Join(" x ", dimensions)} elements, but only {bytesLeft} bytes follow.");
            }
        }

        return (int)product;
    }
}
