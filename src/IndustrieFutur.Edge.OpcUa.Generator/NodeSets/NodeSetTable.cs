using System.IO.Compression;
using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>
/// Writes the models as one table: a list of URIs, a list of texts, then model by model its nodes and references, numbers as
/// 7-bit-coded integers, values in OPC UA Binary. The same files make the same bytes.
/// </summary>
internal sealed class NodeSetTable
{
    /// <summary>"IFN" and the version of this form, which the loader expects.</summary>
    private static readonly byte[] Magic = "IFN1"u8.ToArray();

    /// <summary>Each model after those that it requires.</summary>
    private static readonly (string Uri, string File)[] Files =
    [
        ("http://opcfoundation.org/UA/", "Opc.Ua.NodeSet2.xml"),
        ("http://opcfoundation.org/UA/DI/", "Opc.Ua.Di.NodeSet2.xml"),
        ("http://opcfoundation.org/UA/IA/", "Opc.Ua.IA.NodeSet2.xml"),
        ("http://opcfoundation.org/UA/Machinery/", "Opc.Ua.Machinery.NodeSet2.xml"),
        ("http://opcfoundation.org/UA/Robotics/", "Opc.Ua.Robotics.NodeSet2.xml"),
        ("http://opcfoundation.org/UA/PackML/", "Opc.Ua.PackML.NodeSet2.xml"),
    ];

    private static readonly string[] Classes = ["UAObject", "UAVariable", "UAMethod", "UAObjectType", "UAVariableType", "UAReferenceType", "UADataType"];

    private readonly Dictionary<string, int> _indexes = [];
    private readonly List<string> _texts = [];
    private readonly DefinitionEncoder _definitions;
    private readonly IReadOnlyList<Model> _models;
    private readonly HashSet<TableId> _known;

    private NodeSetTable(IReadOnlyList<Model> models)
    {
        _models = models;
        _known = [.. models.SelectMany(model => model.Nodes).Select(node => node.Id)];
        _definitions = new DefinitionEncoder(models);
    }

    /// <summary>The table of the NodeSets in that folder, not compressed.</summary>
    public static byte[] Build(string folder)
    {
        var uris = Files.Select(file => file.Uri).ToList();
        return new NodeSetTable([.. Files.Select(file => NodeSetReader.Read(Path.Combine(folder, file.File), uris))]).Write();
    }

    public static byte[] Compress(byte[] table)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(table);
        }

        return compressed.ToArray();
    }

    private byte[] Write()
    {
        var models = _models.Select(WriteModel).ToList();
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Magic);
        WriteTexts(writer, [.. Files.Select(file => file.Uri)]);
        WriteTexts(writer, _texts);
        foreach (var model in models)
        {
            writer.Write7BitEncodedInt(model.Length);
            writer.Write(model);
        }

        return bytes.ToArray();
    }

    private static void WriteTexts(BinaryWriter writer, List<string> texts)
    {
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    private byte[] WriteModel(Model model)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write7BitEncodedInt(model.Required.Count);
        foreach (var required in model.Required)
        {
            writer.Write7BitEncodedInt(required);
        }

        writer.Write7BitEncodedInt(model.Nodes.Count);
        foreach (var node in model.Nodes)
        {
            WriteNode(writer, node);
        }

        WriteReferences(writer, model);
        return bytes.ToArray();
    }

    /// <summary>A reference to or from a node that no file holds is left out: a server must not show it (OPC UA Part 3, 4.3.4 allows it, browsers do not).</summary>
    private void WriteReferences(BinaryWriter writer, Model model)
    {
        var references = model.References.Where(one => _known.Contains(one.Source) && _known.Contains(one.Target) && _known.Contains(one.Type)).ToList();
        writer.Write7BitEncodedInt(references.Count);
        foreach (var reference in references)
        {
            WriteId(writer, reference.Source);
            WriteId(writer, reference.Type);
            WriteId(writer, reference.Target);
        }
    }

    private void WriteNode(BinaryWriter writer, TableNode node)
    {
        var nodeClass = Array.IndexOf(Classes, node.Element);
        writer.Write((byte)(nodeClass >= 0 ? nodeClass : throw new InvalidDataException($"{node.Element} {node.Id} is of no class that the table holds.")));
        WriteId(writer, node.Id);
        writer.Write7BitEncodedInt(node.BrowseName.Namespace);
        WriteText(writer, node.BrowseName.Name);
        WriteText(writer, node.DisplayName);
        WriteText(writer, node.Description);
        switch (node.Element)
        {
            case "UAObject":
                writer.Write(node.EventNotifier);
                break;
            case "UAVariable":
                WriteShape(writer, node);
                writer.Write(node.AccessLevel);
                WriteBytes(writer, node.Value);
                break;
            case "UAMethod":
                break;
            case "UAVariableType":
                writer.Write(node.IsAbstract);
                WriteShape(writer, node);
                break;
            case "UAReferenceType":
                writer.Write(node.IsAbstract);
                writer.Write(node.Symmetric);
                WriteText(writer, node.InverseName);
                break;
            case "UADataType":
                writer.Write(node.IsAbstract);
                WriteBytes(writer, _definitions.Encode(node));
                break;
            default:
                writer.Write(node.IsAbstract);
                break;
        }
    }

    private static void WriteShape(BinaryWriter writer, TableNode node)
    {
        WriteId(writer, node.DataType);
        writer.Write((sbyte)node.ValueRank);
        writer.Write7BitEncodedInt(node.ArrayDimensions?.Length ?? 0);
        foreach (var length in node.ArrayDimensions ?? [])
        {
            writer.Write7BitEncodedInt((int)length);
        }
    }

    private static void WriteId(BinaryWriter writer, TableId id)
    {
        writer.Write7BitEncodedInt(id.Namespace);
        writer.Write7BitEncodedInt((int)id.Number);
    }

    private static void WriteBytes(BinaryWriter writer, byte[]? bytes)
    {
        writer.Write7BitEncodedInt(bytes?.Length ?? 0);
        writer.Write(bytes ?? []);
    }

    private void WriteText(BinaryWriter writer, TableText text)
    {
        WriteText(writer, text.Locale);
        WriteText(writer, text.Text);
    }

    /// <summary>The place of the text in the list, counted from 1; 0 is null.</summary>
    private void WriteText(BinaryWriter writer, string? text)
    {
        var index = 0;
        if (text is not null && !_indexes.TryGetValue(text, out index))
        {
            _texts.Add(text);
            index = _texts.Count;
            _indexes[text] = index;
        }

        writer.Write7BitEncodedInt(index);
    }
}
