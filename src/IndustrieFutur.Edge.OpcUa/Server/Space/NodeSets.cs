using System.IO.Compression;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>The models of the OPC Foundation that this program carries, by their URIs.</summary>
public static class NodeSets
{
    public const string Core = NamespaceTable.Core;
    public const string Di = "http://opcfoundation.org/UA/DI/";
    public const string Ia = "http://opcfoundation.org/UA/IA/";
    public const string Machinery = "http://opcfoundation.org/UA/Machinery/";
    public const string Robotics = "http://opcfoundation.org/UA/Robotics/";
    public const string PackMl = "http://opcfoundation.org/UA/PackML/";

    private const string Resource = "IndustrieFutur.Edge.OpcUa.Server.Space.Generated.nodesets.bin.br";

    /// <summary>
    /// Adds OPC UA's own model, the models asked for and those that they require; what is there already stays. Namespace indexes are given in
    /// the order of loading.
    /// </summary>
    public static void Load(AddressSpace space, params string[] modelUris)
    {
        ArgumentNullException.ThrowIfNull(space);
        var table = ReadTable();
        space.Change(() => new NodeSetLoader(space, table).Load(modelUris));
    }

    /// <summary>The table as the generator writes it before it is compressed.</summary>
    internal static byte[] ReadTable()
    {
        using var resource = typeof(NodeSets).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing in the program: it was built wrongly.");
        using var brotli = new BrotliStream(resource, CompressionMode.Decompress);
        using var table = new MemoryStream();
        brotli.CopyTo(table);
        return table.ToArray();
    }
}
