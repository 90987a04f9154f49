// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ServerDiagnosticsSummaryDataType of the OPC UA services, binary encoding i=861.</summary>
public sealed class ServerDiagnosticsSummaryDataType : IUaStructure<ServerDiagnosticsSummaryDataType>
{
    public const uint Id = 861;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint ServerViewCount { get; set; }

    public uint CurrentSessionCount { get; set; }

    public uint CumulatedSessionCount { get; set; }

    public uint SecurityRejectedSessionCount { get; set; }

    public uint RejectedSessionCount { get; set; }

    public uint SessionTimeoutCount { get; set; }

    public uint SessionAbortCount { get; set; }

    public uint CurrentSubscriptionCount { get; set; }

    public uint CumulatedSubscriptionCount { get; set; }

    public uint PublishingIntervalCount { get; set; }

    public uint SecurityRejectedRequestsCount { get; set; }

    public uint RejectedRequestsCount { get; set; }

    public static ServerDiagnosticsSummaryDataType Decode(ref UaReader reader)
    {
        var value = new ServerDiagnosticsSummaryDataType();
        value.ServerViewCount = reader.ReadUInt32();
        value.CurrentSessionCount = reader.ReadUInt32();
        value.CumulatedSessionCount = reader.ReadUInt32();
        value.SecurityRejectedSessionCount = reader.ReadUInt32();
        value.RejectedSessionCount = reader.ReadUInt32();
        value.SessionTimeoutCount = reader.ReadUInt32();
        value.SessionAbortCount = reader.ReadUInt32();
        value.CurrentSubscriptionCount = reader.ReadUInt32();
        value.CumulatedSubscriptionCount = reader.ReadUInt32();
        value.PublishingIntervalCount = reader.ReadUInt32();
        value.SecurityRejectedRequestsCount = reader.ReadUInt32();
        value.RejectedRequestsCount = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(ServerViewCount);
        writer.WriteUInt32(CurrentSessionCount);
        writer.WriteUInt32(CumulatedSessionCount);
        writer.WriteUInt32(SecurityRejectedSessionCount);
        writer.WriteUInt32(RejectedSessionCount);
        writer.WriteUInt32(SessionTimeoutCount);
        writer.WriteUInt32(SessionAbortCount);
        writer.WriteUInt32(CurrentSubscriptionCount);
        writer.WriteUInt32(CumulatedSubscriptionCount);
        writer.WriteUInt32(PublishingIntervalCount);
        writer.WriteUInt32(SecurityRejectedRequestsCount);
        writer.WriteUInt32(RejectedRequestsCount);
    }
}
