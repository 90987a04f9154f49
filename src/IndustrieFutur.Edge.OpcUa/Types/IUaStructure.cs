namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A structure of namespace 0 that writes itself; nothing on the wire is found by reflection.</summary>
public interface IUaStructure
{
    /// <summary>The id of its binary encoding, in namespace 0.</summary>
    uint EncodingId { get; }

    void Encode(ref UaWriter writer);
}
