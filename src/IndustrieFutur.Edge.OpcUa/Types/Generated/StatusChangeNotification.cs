// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure StatusChangeNotification of the OPC UA services, binary encoding i=820.</summary>
public sealed class StatusChangeNotification : IUaStructure<StatusChangeNotification>
{
    public const uint Id = 820;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint Status { get; set; }

    public DiagnosticInfo? DiagnosticInfo { get; set; }

    public static StatusChangeNotification Decode(ref UaReader reader)
    {
        var value = new StatusChangeNotification();
        value.Status = reader.ReadStatusCode();
        value.DiagnosticInfo = reader.ReadDiagnosticInfo();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(Status);
        writer.WriteDiagnosticInfo(DiagnosticInfo);
    }
}
