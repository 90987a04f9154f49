// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CallMethodRequest of the OPC UA services, binary encoding i=706.</summary>
public sealed class CallMethodRequest : IUaStructure<CallMethodRequest>
{
    public const uint Id = 706;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId ObjectId { get; set; }

    public NodeId MethodId { get; set; }

    public Variant[]? InputArguments { get; set; }

    public static CallMethodRequest Decode(ref UaReader reader)
    {
        var value = new CallMethodRequest();
        value.ObjectId = reader.ReadNodeId();
        value.MethodId = reader.ReadNodeId();
        value.InputArguments = reader.ReadVariantArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(ObjectId);
        writer.WriteNodeId(MethodId);
        writer.WriteVariantArray(InputArguments);
    }
}
