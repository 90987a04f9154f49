// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CloseSessionResponse of the OPC UA services, binary encoding i=476.</summary>
public sealed class CloseSessionResponse : IUaResponse<CloseSessionResponse>
{
    public const uint Id = 476;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public static CloseSessionResponse Decode(ref UaReader reader)
    {
        var value = new CloseSessionResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
    }
}
