namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A structure of namespace 0 that reads itself.</summary>
public interface IUaStructure<TSelf> : IUaStructure
    where TSelf : IUaStructure<TSelf>
{
    /// <summary>The id of its binary encoding, in namespace 0.</summary>
    static abstract uint BinaryEncodingId { get; }

    /// <summary>Throws <see cref="UaDecodingException"/> when the bytes are no such structure.</summary>
    static abstract TSelf Decode(ref UaReader reader);
}
