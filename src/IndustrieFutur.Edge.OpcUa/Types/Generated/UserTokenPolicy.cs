// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure UserTokenPolicy of the OPC UA services, binary encoding i=306.</summary>
public sealed class UserTokenPolicy : IUaStructure<UserTokenPolicy>
{
    public const uint Id = 306;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? PolicyId { get; set; }

    public UserTokenType TokenType { get; set; }

    public string? IssuedTokenType { get; set; }

    public string? IssuerEndpointUrl { get; set; }

    public string? SecurityPolicyUri { get; set; }

    public static UserTokenPolicy Decode(ref UaReader reader)
    {
        var value = new UserTokenPolicy();
        value.PolicyId = reader.ReadString();
        value.TokenType = (UserTokenType)reader.ReadInt32();
        value.IssuedTokenType = reader.ReadString();
        value.IssuerEndpointUrl = reader.ReadString();
        value.SecurityPolicyUri = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(PolicyId);
        writer.WriteInt32((int)TokenType);
        writer.WriteString(IssuedTokenType);
        writer.WriteString(IssuerEndpointUrl);
        writer.WriteString(SecurityPolicyUri);
    }
}
