// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ServerStatusDataType of the OPC UA services, binary encoding i=864.</summary>
public sealed class ServerStatusDataType : IUaStructure<ServerStatusDataType>
{
    public const uint Id = 864;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long StartTime { get; set; }

    public long CurrentTime { get; set; }

    public ServerState State { get; set; }

    public BuildInfo BuildInfo { get; set; } = new();

    public uint SecondsTillShutdown { get; set; }

    public LocalizedText ShutdownReason { get; set; }

    public static ServerStatusDataType Decode(ref UaReader reader)
    {
        var value = new ServerStatusDataType();
        value.StartTime = reader.ReadDateTime();
        value.CurrentTime = reader.ReadDateTime();
        value.State = (ServerState)reader.ReadInt32();
        value.BuildInfo = BuildInfo.Decode(ref reader);
        value.SecondsTillShutdown = reader.ReadUInt32();
        value.ShutdownReason = reader.ReadLocalizedText();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDateTime(StartTime);
        writer.WriteDateTime(CurrentTime);
        writer.WriteInt32((int)State);
        BuildInfo.Encode(ref writer);
        writer.WriteUInt32(SecondsTillShutdown);
        writer.WriteLocalizedText(ShutdownReason);
    }
}
