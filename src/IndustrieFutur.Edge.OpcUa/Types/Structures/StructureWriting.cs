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
        var given = value.Fields.DistinctBy(field => field.Name).ToDictionary(field => field.Name);
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
        if (types.TryFindSimple(field.DataType, out var type))
        {
            WriteValue(ref writer, type, field, Wrapped(value));
        }
        else if (FieldShape.TakesSubtypes(definition, field))
        {
            WriteValue(ref writer, BuiltInType.ExtensionObject, field, Wrapped(value));
        }
        else if (FieldShape.IsArray(field))
        {
            WriteStructures(ref writer, field, value);
        }
        else
        {
            Write(ref writer, value.Nested is [var one] ? one : throw Missing(field.Name));
        }
    }

    /// <summary>Structures go back into extension objects where the definition wants those.</summary>
    private Variant Wrapped(FieldValue value)
    {
        if (value.Nested is null)
        {
            return value.Value;
        }

        var wrapped = value.Nested.Select(types.Encode).ToArray();
        return value.IsArray || wrapped.Length != 1
            ? Variant.OfArray(BuiltInType.ExtensionObject, wrapped, value.Dimensions?.ToArray())
            : Variant.Of(wrapped[0]);
    }

    private void WriteStructures(ref UaWriter writer, StructureField field, FieldValue value)
    {
        if (FieldShape.IsMatrix(field))
        {
            writer.WriteInt32Array(value.Dimensions?.ToArray() ?? throw Missing(field.Name));
        }
        else
        {
            writer.WriteInt32(value.Nested?.Count ?? -1);
        }

        foreach (var element in value.Nested ?? [])
        {
            Write(ref writer, element);
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
