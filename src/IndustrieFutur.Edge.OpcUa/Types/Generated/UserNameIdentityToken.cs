// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure UserNameIdentityToken of the OPC UA services, binary encoding i=324.</summary>
public sealed class UserNameIdentityToken : IUaStructure<UserNameIdentityToken>
{
    public const uint Id = 324;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? PolicyId { get; set; }

    public string? UserName { get; set; }

    public byte[]? Password { get; set; }

    public string? EncryptionAlgorithm { get; set; }

    public static UserNameIdentityToken Decode(ref UaReader reader)
    {
        var value = new UserNameIdentityToken();
        value.PolicyId = reader.ReadString();
        value.UserName = reader.ReadString();
        value.Password = reader.ReadByteString();
        value.EncryptionAlgorithm = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(PolicyId);
        writer.WriteString(UserName);
        writer.WriteByteString(Password);
        writer.WriteString(EncryptionAlgorithm);
    }
}
