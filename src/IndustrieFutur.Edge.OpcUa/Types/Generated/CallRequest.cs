// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CallRequest of the OPC UA services, binary encoding i=712.</summary>
public sealed class CallRequest : IUaRequest<CallResponse>, IUaStructure<CallRequest>
{
    public const uint Id = 712;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public CallMethodRequest[]? MethodsToCall { get; set; }

    public static CallRequest Decode(ref UaReader reader)
    {
        var value = new CallRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.MethodsToCall = reader.ReadStructureArray<CallMethodRequest>(8);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteStructureArray(MethodsToCall);
    }
}
