// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SessionSecurityDiagnosticsDataType of the OPC UA services, binary encoding i=870.</summary>
public sealed class SessionSecurityDiagnosticsDataType : IUaStructure<SessionSecurityDiagnosticsDataType>
{
    public const uint Id = 870;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId SessionId { get; set; }

    public string? ClientUserIdOfSession { get; set; }

    public string?[]? ClientUserIdHistory { get; set; }

    public string? AuthenticationMechanism { get; set; }

    public string? Encoding { get; set; }

    public string? TransportProtocol { get; set; }

    public MessageSecurityMode SecurityMode { get; set; }

    public string? SecurityPolicyUri { get; set; }

    public byte[]? ClientCertificate { get; set; }

    public static SessionSecurityDiagnosticsDataType Decode(ref UaReader reader)
    {
        var value = new SessionSecurityDiagnosticsDataType();
        value.SessionId = reader.ReadNodeId();
        value.ClientUserIdOfSession = reader.ReadString();
        value.ClientUserIdHistory = reader.ReadStringArray();
        value.AuthenticationMechanism = reader.ReadString();
        value.Encoding = reader.ReadString();
        value.TransportProtocol = reader.ReadString();
        value.SecurityMode = (MessageSecurityMode)reader.ReadInt32();
        value.SecurityPolicyUri = reader.ReadString();
        value.ClientCertificate = reader.ReadByteString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(SessionId);
        writer.WriteString(ClientUserIdOfSession);
        writer.WriteStringArray(ClientUserIdHistory);
        writer.WriteString(AuthenticationMechanism);
        writer.WriteString(Encoding);
        writer.WriteString(TransportProtocol);
        writer.WriteInt32((int)SecurityMode);
        writer.WriteString(SecurityPolicyUri);
        writer.WriteByteString(ClientCertificate);
    }
}
