// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CreateSessionRequest of the OPC UA services, binary encoding i=461.</summary>
public sealed class CreateSessionRequest : IUaRequest<CreateSessionResponse>, IUaStructure<CreateSessionRequest>
{
    public const uint Id = 461;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public ApplicationDescription ClientDescription { get; set; } = new();

    public string? ServerUri { get; set; }

    public string? EndpointUrl { get; set; }

    public string? SessionName { get; set; }

    public byte[]? ClientNonce { get; set; }

    public byte[]? ClientCertificate { get; set; }

    public double RequestedSessionTimeout { get; set; }

    public uint MaxResponseMessageSize { get; set; }

    public static CreateSessionRequest Decode(ref UaReader reader)
    {
        var value = new CreateSessionRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.ClientDescription = ApplicationDescription.Decode(ref reader);
        value.ServerUri = reader.ReadString();
        value.EndpointUrl = reader.ReadString();
        value.SessionName = reader.ReadString();
        value.ClientNonce = reader.ReadByteString();
        value.ClientCertificate = reader.ReadByteString();
        value.RequestedSessionTimeout = reader.ReadDouble();
        value.MaxResponseMessageSize = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        ClientDescription.Encode(ref writer);
        writer.WriteString(ServerUri);
        writer.WriteString(EndpointUrl);
        writer.WriteString(SessionName);
        writer.WriteByteString(ClientNonce);
        writer.WriteByteString(ClientCertificate);
        writer.WriteDouble(RequestedSessionTimeout);
        writer.WriteUInt32(MaxResponseMessageSize);
    }
}
