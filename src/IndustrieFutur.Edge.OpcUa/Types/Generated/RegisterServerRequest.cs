// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisterServerRequest of the OPC UA services, binary encoding i=437.</summary>
public sealed class RegisterServerRequest : IUaRequest<RegisterServerResponse>, IUaStructure<RegisterServerRequest>
{
    public const uint Id = 437;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public RegisteredServer Server { get; set; } = new();

    public static RegisterServerRequest Decode(ref UaReader reader)
    {
        var value = new RegisterServerRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.Server = RegisteredServer.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        Server.Encode(ref writer);
    }
}
