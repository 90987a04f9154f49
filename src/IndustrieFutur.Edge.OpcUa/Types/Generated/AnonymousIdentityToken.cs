// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AnonymousIdentityToken of the OPC UA services, binary encoding i=321.</summary>
public sealed class AnonymousIdentityToken : IUaStructure<AnonymousIdentityToken>
{
    public const uint Id = 321;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? PolicyId { get; set; }

    public static AnonymousIdentityToken Decode(ref UaReader reader)
    {
        var value = new AnonymousIdentityToken();
        value.PolicyId = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(PolicyId);
    }
}
