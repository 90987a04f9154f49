// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisterServerResponse of the OPC UA services, binary encoding i=440.</summary>
public sealed class RegisterServerResponse : IUaResponse<RegisterServerResponse>
{
    public const uint Id = 440;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public static RegisterServerResponse Decode(ref UaReader reader)
    {
        var value = new RegisterServerResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
    }
}
