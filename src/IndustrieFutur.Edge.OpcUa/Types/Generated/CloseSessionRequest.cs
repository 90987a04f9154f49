// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CloseSessionRequest of the OPC UA services, binary encoding i=473.</summary>
public sealed class CloseSessionRequest : IUaRequest<CloseSessionResponse>, IUaStructure<CloseSessionRequest>
{
    public const uint Id = 473;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public bool DeleteSubscriptions { get; set; }

    public static CloseSessionRequest Decode(ref UaReader reader)
    {
        var value = new CloseSessionRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.DeleteSubscriptions = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteBoolean(DeleteSubscriptions);
    }
}
