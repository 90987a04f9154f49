// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ServiceFault of the OPC UA services, binary encoding i=397.</summary>
public sealed class ServiceFault : IUaResponse<ServiceFault>
{
    public const uint Id = 397;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public static ServiceFault Decode(ref UaReader reader)
    {
        var value = new ServiceFault();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
    }
}
