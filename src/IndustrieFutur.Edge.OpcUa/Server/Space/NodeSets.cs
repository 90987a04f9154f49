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
}
