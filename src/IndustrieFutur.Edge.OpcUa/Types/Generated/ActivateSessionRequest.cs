// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ActivateSessionRequest of the OPC UA services, binary encoding i=467.</summary>
public sealed class ActivateSessionRequest : IUaRequest<ActivateSessionResponse>, IUaStructure<ActivateSessionRequest>
{
    public const uint Id = 467;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public SignatureData ClientSignature { get; set; } = new();

    public SignedSoftwareCertificate[]? ClientSoftwareCertificates { get; set; }

    public string?[]? LocaleIds { get; set; }

    public ExtensionObject UserIdentityToken { get; set; } = ExtensionObject.Null;

    public SignatureData UserTokenSignature { get; set; } = new();

    public static ActivateSessionRequest Decode(ref UaReader reader)
    {
        var value = new ActivateSessionRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.ClientSignature = SignatureData.Decode(ref reader);
        value.ClientSoftwareCertificates = reader.ReadStructureArray<SignedSoftwareCertificate>(8);
        value.LocaleIds = reader.ReadStringArray();
        value.UserIdentityToken = reader.ReadExtensionObject();
        value.UserTokenSignature = SignatureData.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        ClientSignature.Encode(ref writer);
        writer.WriteStructureArray(ClientSoftwareCertificates);
        writer.WriteStringArray(LocaleIds);
        writer.WriteExtensionObject(UserIdentityToken);
        UserTokenSignature.Encode(ref writer);
    }
}
