// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure IssuedIdentityToken of the OPC UA services, binary encoding i=940.</summary>
public sealed class IssuedIdentityToken : IUaStructure<IssuedIdentityToken>
{
    public const uint Id = 940;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? PolicyId { get; set; }

    public byte[]? TokenData { get; set; }

    public string? EncryptionAlgorithm { get; set; }

    public static IssuedIdentityToken Decode(ref UaReader reader)
    {
        var value = new IssuedIdentityToken();
        value.PolicyId = reader.ReadString();
        value.TokenData = reader.ReadByteString();
        value.EncryptionAlgorithm = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(PolicyId);
        writer.WriteByteString(TokenData);
        writer.WriteString(EncryptionAlgorithm);
    }
}
