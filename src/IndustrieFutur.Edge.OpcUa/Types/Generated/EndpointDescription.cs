// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EndpointDescription of the OPC UA services, binary encoding i=314.</summary>
public sealed class EndpointDescription : IUaStructure<EndpointDescription>
{
    public const uint Id = 314;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? EndpointUrl { get; set; }

    public ApplicationDescription Server { get; set; } = new();

    public byte[]? ServerCertificate { get; set; }

    public MessageSecurityMode SecurityMode { get; set; }

    public string? SecurityPolicyUri { get; set; }

    public UserTokenPolicy[]? UserIdentityTokens { get; set; }

    public string? TransportProfileUri { get; set; }

    public byte SecurityLevel { get; set; }

    public static EndpointDescription Decode(ref UaReader reader)
    {
        var value = new EndpointDescription();
        value.EndpointUrl = reader.ReadString();
        value.Server = ApplicationDescription.Decode(ref reader);
        value.ServerCertificate = reader.ReadByteString();
        value.SecurityMode = (MessageSecurityMode)reader.ReadInt32();
        value.SecurityPolicyUri = reader.ReadString();
        value.UserIdentityTokens = reader.ReadStructureArray<UserTokenPolicy>(20);
        value.TransportProfileUri = reader.ReadString();
        value.SecurityLevel = reader.ReadByte();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(EndpointUrl);
        Server.Encode(ref writer);
        writer.WriteByteString(ServerCertificate);
        writer.WriteInt32((int)SecurityMode);
        writer.WriteString(SecurityPolicyUri);
        writer.WriteStructureArray(UserIdentityTokens);
        writer.WriteString(TransportProfileUri);
        writer.WriteByte(SecurityLevel);
    }
}
