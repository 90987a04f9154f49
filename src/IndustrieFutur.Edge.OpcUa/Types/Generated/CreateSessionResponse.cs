// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CreateSessionResponse of the OPC UA services, binary encoding i=464.</summary>
public sealed class CreateSessionResponse : IUaResponse<CreateSessionResponse>
{
    public const uint Id = 464;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public NodeId SessionId { get; set; }

    public NodeId AuthenticationToken { get; set; }

    public double RevisedSessionTimeout { get; set; }

    public byte[]? ServerNonce { get; set; }

    public byte[]? ServerCertificate { get; set; }

    public EndpointDescription[]? ServerEndpoints { get; set; }

    public SignedSoftwareCertificate[]? ServerSoftwareCertificates { get; set; }

    public SignatureData ServerSignature { get; set; } = new();

    public uint MaxRequestMessageSize { get; set; }

    public static CreateSessionResponse Decode(ref UaReader reader)
    {
        var value = new CreateSessionResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.SessionId = reader.ReadNodeId();
        value.AuthenticationToken = reader.ReadNodeId();
        value.RevisedSessionTimeout = reader.ReadDouble();
        value.ServerNonce = reader.ReadByteString();
        value.ServerCertificate = reader.ReadByteString();
        value.ServerEndpoints = reader.ReadStructureArray<EndpointDescription>(50);
        value.ServerSoftwareCertificates = reader.ReadStructureArray<SignedSoftwareCertificate>(8);
        value.ServerSignature = SignatureData.Decode(ref reader);
        value.MaxRequestMessageSize = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteNodeId(SessionId);
        writer.WriteNodeId(AuthenticationToken);
        writer.WriteDouble(RevisedSessionTimeout);
        writer.WriteByteString(ServerNonce);
        writer.WriteByteString(ServerCertificate);
        writer.WriteStructureArray(ServerEndpoints);
        writer.WriteStructureArray(ServerSoftwareCertificates);
        ServerSignature.Encode(ref writer);
        writer.WriteUInt32(MaxRequestMessageSize);
    }
}
