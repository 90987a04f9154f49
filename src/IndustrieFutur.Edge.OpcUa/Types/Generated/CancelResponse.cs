// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CancelResponse of the OPC UA services, binary encoding i=482.</summary>
public sealed class CancelResponse : IUaResponse<CancelResponse>
{
    public const uint Id = 482;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint CancelCount { get; set; }

    public static CancelResponse Decode(ref UaReader reader)
    {
        var value = new CancelResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.CancelCount = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteUInt32(CancelCount);
    }
}
