// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure X509IdentityToken of the OPC UA services, binary encoding i=327.</summary>
public sealed class X509IdentityToken : IUaStructure<X509IdentityToken>
{
    public const uint Id = 327;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? PolicyId { get; set; }

    public byte[]? CertificateData { get; set; }

    public static X509IdentityToken Decode(ref UaReader reader)
    {
        var value = new X509IdentityToken();
        value.PolicyId = reader.ReadString();
        value.CertificateData = reader.ReadByteString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(PolicyId);
        writer.WriteByteString(CertificateData);
    }
}
