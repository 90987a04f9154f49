using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>Writes one C# file for each structure and enumeration, always the same for the same schema.</summary>
internal sealed class Emitter(Schema schema)
{
    private const string Head = """
        // Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
        // The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
        namespace IndustrieFutur.Edge.OpcUa.Types.Generated;


        """;

    public static IEnumerable<(string Name, string Code)> Emit(Schema schema)
    {
        var emitter = new Emitter(schema);
        foreach (var structure in schema.Structures.Values)
        {
            yield return (structure.Name, Head + emitter.Write(structure));
        }

        foreach (var enumeration in schema.Enumerations.Values)
        {
            yield return (enumeration.Name, Head + Write(enumeration));
        }
    }

    private static string Write(Enumeration enumeration)
    {
        var code = new StringBuilder();
        code.Append($"/// <summary>The enumeration {enumeration.Name} of the OPC UA services.</summary>\n");
        code.Append(enumeration.IsOptionSet ? "[Flags]\n" : "");
        code.Append($"public enum {enumeration.Name}{(enumeration.Underlying == "int" ? "" : " : " + enumeration.Underlying)}\n{{\n");
        foreach (var (name, value) in enumeration.Values)
        {
            code.Append($"    {name} = {value},\n");
        }

        return code.Append("}\n").ToString();
    }

    private static string Line(string text) => text.Length == 0 ? "\n" : $"    {text}\n";

    private string Write(Structure structure)
    {
        var code = new StringBuilder();
        code.Append($"/// <summary>The structure {structure.Name} of the OPC UA services, binary encoding i={structure.EncodingId}.</summary>\n");
        code.Append($"public sealed class {structure.Name} : {Interfaces(structure)}\n{{\n");
        code.Append(Line($"public const uint Id = {structure.EncodingId};"));
        code.Append('\n').Append(Line("public static uint BinaryEncodingId => Id;"));
        code.Append('\n').Append(Line("public uint EncodingId => Id;"));
        foreach (var field in structure.Fields)
        {
            code.Append('\n').Append(Line(Property(field)));
        }

        code.Append('\n').Append(Line($"public static {structure.Name} Decode(ref UaReader reader)")).Append(Line("{"));
        code.Append(Line($"    var value = new {structure.Name}();"));
        foreach (var field in structure.Fields)
        {
            code.Append(Line($"    value.{field.Name} = {Reading(field)};"));
        }

        code.Append(Line("    return value;")).Append(Line("}"));
        code.Append('\n').Append(Line("public void Encode(ref UaWriter writer)")).Append(Line("{"));
        foreach (var field in structure.Fields)
        {
            code.Append(Line($"    {Writing(field)};"));
        }

        return code.Append(Line("}")).Append("}\n").ToString();
    }

    /// <summary>A request knows its response, so that a call returns the right type.</summary>
    private string Interfaces(Structure structure)
    {
        var own = $"IUaStructure<{structure.Name}>";
        var first = structure.Fields.Count == 0 ? "" : structure.Fields[0].Name;
        if (first == "ResponseHeader")
        {
            return $"IUaResponse<{structure.Name}>";
        }

        var response = structure.Name.Replace("Request", "Response", StringComparison.Ordinal);
        return first == "RequestHeader" && schema.Structures.ContainsKey(response) ? $"IUaRequest<{response}>, {own}" : own;
    }

    private static string CSharpOf(string type) => BuiltIn.Table.TryGetValue(type, out var builtIn) ? builtIn.CSharp : type;

    private string Property(Field field)
    {
        var type = CSharpOf(field.Type) + (field.IsArray ? "[]?" : "");
        return $"public {type} {field.Name} {{ get; set; }}{Default(field)}";
    }

    private string Default(Field field)
    {
        if (field.IsArray || schema.Enumerations.ContainsKey(field.Type))
        {
            return "";
        }

        var value = BuiltIn.Table.TryGetValue(field.Type, out var builtIn) ? builtIn.Default : "new()";
        return value.Length == 0 ? "" : $" = {value};";
    }

    private string Reading(Field field)
    {
        if (BuiltIn.Table.TryGetValue(field.Type, out var builtIn))
        {
            return $"reader.Read{builtIn.Method}{(field.IsArray ? "Array" : "")}()";
        }

        if (schema.Enumerations.TryGetValue(field.Type, out var enumeration))
        {
            return field.IsArray ? $"reader.ReadEnumArray<{field.Type}>()" : $"({field.Type})reader.Read{enumeration.WireType}()";
        }

        return field.IsArray
            ? $"reader.ReadStructureArray<{field.Type}>({schema.Structures[field.Type].BytesMin})"
            : $"{field.Type}.Decode(ref reader)";
    }

    private string Writing(Field field)
    {
        if (BuiltIn.Table.TryGetValue(field.Type, out var builtIn))
        {
            return $"writer.Write{builtIn.Method}{(field.IsArray ? "Array" : "")}({field.Name})";
        }

        if (schema.Enumerations.TryGetValue(field.Type, out var enumeration))
        {
            return field.IsArray ? $"writer.WriteEnumArray({field.Name})" : $"writer.Write{enumeration.WireType}(({enumeration.Underlying}){field.Name})";
        }

        return field.IsArray ? $"writer.WriteStructureArray({field.Name})" : $"{field.Name}.Encode(ref writer)";
    }
}
