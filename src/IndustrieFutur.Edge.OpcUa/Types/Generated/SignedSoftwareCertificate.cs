// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SignedSoftwareCertificate of the OPC UA services, binary encoding i=346.</summary>
public sealed class SignedSoftwareCertificate : IUaStructure<SignedSoftwareCertificate>
{
    public const uint Id = 346;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public byte[]? CertificateData { get; set; }

    public byte[]? Signature { get; set; }

    public static SignedSoftwareCertificate Decode(ref UaReader reader)
    {
        var value = new SignedSoftwareCertificate();
        value.CertificateData = reader.ReadByteString();
        value.Signature = reader.ReadByteString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteByteString(CertificateData);
        writer.WriteByteString(Signature);
    }
}
