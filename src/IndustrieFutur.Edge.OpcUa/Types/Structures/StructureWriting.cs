using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>Writes a structure by its definition.</summary>
internal sealed class StructureWriting(StructureDictionary types)
{
    public void Write(ref UaWriter writer, StructureValue value)
    {
        var definition = types.Find(value.DataType);
        if (FieldShape.IsUnion(definition))
        {
            WriteChosen(ref writer, definition, value);
        }
        else
        {
            WriteAll(ref writer, definition, value);
        }
    }

    private static UaException Missing(string? field) =>
        new(StatusCodes.BadEncodingError, $"A structure was to be sent without its field '{field}'; nothing was sent.");

    private void WriteChosen(ref UaWriter writer, StructureDefinition definition, StructureValue value)
    {
        if (value.Fields.Count == 0)
        {
            writer.WriteUInt32(0);
            return;
        }

        var chosen = value.Fields[0];
        var index = Array.FindIndex(definition.Fields ?? [], field => field.Name == chosen.Name);
        if (index < 0)
        {
            throw Missing(chosen.Name);
        }

        writer.WriteUInt32((uint)index + 1);
        WriteField(ref writer, definition, definition.Fields![index], chosen);
    }

    private void WriteAll(ref UaWriter writer, StructureDefinition definition, StructureValue value)
    {
        var given = value.Fields.ToDictionary(field => field.Name);
        if (FieldShape.HasOptionalFields(definition))
        {
            writer.WriteUInt32(MaskOf(definition, given));
        }

        foreach (var field in definition.Fields ?? [])
        {
            if (given.TryGetValue(field.Name ?? "", out var fieldValue))
            {
                WriteField(ref writer, definition, field, fieldValue);
            }
            else if (!field.IsOptional || !FieldShape.HasOptionalFields(definition))
            {
                throw Missing(field.Name);
            }
        }
    }

    private static uint MaskOf(StructureDefinition definition, Dictionary<string, FieldValue> given)
    {
        var mask = 0u;
        var bit = 0;
        foreach (var field in (definition.Fields ?? []).Where(field => field.IsOptional))
        {
            mask |= given.ContainsKey(field.Name ?? "") ? 1u << bit : 0;
            bit++;
        }

        return mask;
    }

    private void WriteField(ref UaWriter writer, StructureDefinition definition, StructureField field, FieldValue value)
    {
        if (FieldShape.TakesSubtypes(definition, field))
        {
            WriteValue(ref writer, BuiltInType.ExtensionObject, field, value.Value);
        }
        else if (types.TryFindSimple(field.DataType, out var type))
        {
            WriteValue(ref writer, type, field, value.Value);
        }
        else
        {
            WriteStructures(ref writer, field, value.Nested ?? throw Missing(field.Name));
        }
    }

    private void WriteStructures(ref UaWriter writer, StructureField field, IReadOnlyList<StructureValue> values)
    {
        if (FieldShape.IsMatrix(field))
        {
            throw new UaException(StatusCodes.BadEncodingError, $"The field '{field.Name}' is a matrix of structures, which cannot be sent.");
        }

        if (FieldShape.IsArray(field))
        {
            writer.WriteInt32(values.Count);
        }

        foreach (var value in values)
        {
            Write(ref writer, value);
        }
    }

    private static void WriteValue(ref UaWriter writer, BuiltInType type, StructureField field, Variant value)
    {
        if (!FieldShape.IsArray(field))
        {
            if (type == BuiltInType.Variant)
            {
                writer.WriteVariant(value);
            }
            else
            {
                VariantCodec.WriteScalar(ref writer, type, value.Value);
            }
        }
        else if (FieldShape.IsMatrix(field))
        {
            writer.WriteInt32Array(value.Dimensions ?? throw Missing(field.Name));
            VariantCodec.WriteElements(ref writer, type, value.Value as Array ?? Array.Empty<object>());
        }
        else
        {
            VariantCodec.WriteArray(ref writer, type, value.Value);
        }
    }
}
