// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SignatureData of the OPC UA services, binary encoding i=458.</summary>
public sealed class SignatureData : IUaStructure<SignatureData>
{
    public const uint Id = 458;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? Algorithm { get; set; }

    public byte[]? Signature { get; set; }

    public static SignatureData Decode(ref UaReader reader)
    {
        var value = new SignatureData();
        value.Algorithm = reader.ReadString();
        value.Signature = reader.ReadByteString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(Algorithm);
        writer.WriteByteString(Signature);
    }
}
