namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>What the body of an extension object is made of (OPC UA Part 6, 5.2.2.15).</summary>
public enum ExtensionObjectEncoding : byte
{
    None = 0,
    ByteString = 1,
    XmlElement = 2,
}
