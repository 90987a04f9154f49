// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SessionDiagnosticsDataType of the OPC UA services, binary encoding i=867.</summary>
public sealed class SessionDiagnosticsDataType : IUaStructure<SessionDiagnosticsDataType>
{
    public const uint Id = 867;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId SessionId { get; set; }

    public string? SessionName { get; set; }

    public ApplicationDescription ClientDescription { get; set; } = new();

    public string? ServerUri { get; set; }

    public string? EndpointUrl { get; set; }

    public string?[]? LocaleIds { get; set; }

    public double ActualSessionTimeout { get; set; }

    public uint MaxResponseMessageSize { get; set; }

    public long ClientConnectionTime { get; set; }

    public long ClientLastContactTime { get; set; }

    public uint CurrentSubscriptionsCount { get; set; }

    public uint CurrentMonitoredItemsCount { get; set; }

    public uint CurrentPublishRequestsInQueue { get; set; }

    public ServiceCounterDataType TotalRequestCount { get; set; } = new();

    public uint UnauthorizedRequestCount { get; set; }

    public ServiceCounterDataType ReadCount { get; set; } = new();

    public ServiceCounterDataType HistoryReadCount { get; set; } = new();

    public ServiceCounterDataType WriteCount { get; set; } = new();

    public ServiceCounterDataType HistoryUpdateCount { get; set; } = new();

    public ServiceCounterDataType CallCount { get; set; } = new();

    public ServiceCounterDataType CreateMonitoredItemsCount { get; set; } = new();

    public ServiceCounterDataType ModifyMonitoredItemsCount { get; set; } = new();

    public ServiceCounterDataType SetMonitoringModeCount { get; set; } = new();

    public ServiceCounterDataType SetTriggeringCount { get; set; } = new();

    public ServiceCounterDataType DeleteMonitoredItemsCount { get; set; } = new();

    public ServiceCounterDataType CreateSubscriptionCount { get; set; } = new();

    public ServiceCounterDataType ModifySubscriptionCount { get; set; } = new();

    public ServiceCounterDataType SetPublishingModeCount { get; set; } = new();

    public ServiceCounterDataType PublishCount { get; set; } = new();

    public ServiceCounterDataType RepublishCount { get; set; } = new();

    public ServiceCounterDataType TransferSubscriptionsCount { get; set; } = new();

    public ServiceCounterDataType DeleteSubscriptionsCount { get; set; } = new();

    public ServiceCounterDataType AddNodesCount { get; set; } = new();

    public ServiceCounterDataType AddReferencesCount { get; set; } = new();

    public ServiceCounterDataType DeleteNodesCount { get; set; } = new();

    public ServiceCounterDataType DeleteReferencesCount { get; set; } = new();

    public ServiceCounterDataType BrowseCount { get; set; } = new();

    public ServiceCounterDataType BrowseNextCount { get; set; } = new();

    public ServiceCounterDataType TranslateBrowsePathsToNodeIdsCount { get; set; } = new();

    public ServiceCounterDataType QueryFirstCount { get; set; } = new();

    public ServiceCounterDataType QueryNextCount { get; set; } = new();

    public ServiceCounterDataType RegisterNodesCount { get; set; } = new();

    public ServiceCounterDataType UnregisterNodesCount { get; set; } = new();

    public static SessionDiagnosticsDataType Decode(ref UaReader reader)
    {
        var value = new SessionDiagnosticsDataType();
        value.SessionId = reader.ReadNodeId();
        value.SessionName = reader.ReadString();
        value.ClientDescription = ApplicationDescription.Decode(ref reader);
        value.ServerUri = reader.ReadString();
        value.EndpointUrl = reader.ReadString();
        value.LocaleIds = reader.ReadStringArray();
        value.ActualSessionTimeout = reader.ReadDouble();
        value.MaxResponseMessageSize = reader.ReadUInt32();
        value.ClientConnectionTime = reader.ReadDateTime();
        value.ClientLastContactTime = reader.ReadDateTime();
        value.CurrentSubscriptionsCount = reader.ReadUInt32();
        value.CurrentMonitoredItemsCount = reader.ReadUInt32();
        value.CurrentPublishRequestsInQueue = reader.ReadUInt32();
        value.TotalRequestCount = ServiceCounterDataType.Decode(ref reader);
        value.UnauthorizedRequestCount = reader.ReadUInt32();
        value.ReadCount = ServiceCounterDataType.Decode(ref reader);
        value.HistoryReadCount = ServiceCounterDataType.Decode(ref reader);
        value.WriteCount = ServiceCounterDataType.Decode(ref reader);
        value.HistoryUpdateCount = ServiceCounterDataType.Decode(ref reader);
        value.CallCount = ServiceCounterDataType.Decode(ref reader);
        value.CreateMonitoredItemsCount = ServiceCounterDataType.Decode(ref reader);
        value.ModifyMonitoredItemsCount = ServiceCounterDataType.Decode(ref reader);
        value.SetMonitoringModeCount = ServiceCounterDataType.Decode(ref reader);
        value.SetTriggeringCount = ServiceCounterDataType.Decode(ref reader);
        value.DeleteMonitoredItemsCount = ServiceCounterDataType.Decode(ref reader);
        value.CreateSubscriptionCount = ServiceCounterDataType.Decode(ref reader);
        value.ModifySubscriptionCount = ServiceCounterDataType.Decode(ref reader);
        value.SetPublishingModeCount = ServiceCounterDataType.Decode(ref reader);
        value.PublishCount = ServiceCounterDataType.Decode(ref reader);
        value.RepublishCount = ServiceCounterDataType.Decode(ref reader);
        value.TransferSubscriptionsCount = ServiceCounterDataType.Decode(ref reader);
        value.DeleteSubscriptionsCount = ServiceCounterDataType.Decode(ref reader);
        value.AddNodesCount = ServiceCounterDataType.Decode(ref reader);
        value.AddReferencesCount = ServiceCounterDataType.Decode(ref reader);
        value.DeleteNodesCount = ServiceCounterDataType.Decode(ref reader);
        value.DeleteReferencesCount = ServiceCounterDataType.Decode(ref reader);
        value.BrowseCount = ServiceCounterDataType.Decode(ref reader);
        value.BrowseNextCount = ServiceCounterDataType.Decode(ref reader);
        value.TranslateBrowsePathsToNodeIdsCount = ServiceCounterDataType.Decode(ref reader);
        value.QueryFirstCount = ServiceCounterDataType.Decode(ref reader);
        value.QueryNextCount = ServiceCounterDataType.Decode(ref reader);
        value.RegisterNodesCount = ServiceCounterDataType.Decode(ref reader);
        value.UnregisterNodesCount = ServiceCounterDataType.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(SessionId);
        writer.WriteString(SessionName);
        ClientDescription.Encode(ref writer);
        writer.WriteString(ServerUri);
        writer.WriteString(EndpointUrl);
        writer.WriteStringArray(LocaleIds);
        writer.WriteDouble(ActualSessionTimeout);
        writer.WriteUInt32(MaxResponseMessageSize);
        writer.WriteDateTime(ClientConnectionTime);
        writer.WriteDateTime(ClientLastContactTime);
        writer.WriteUInt32(CurrentSubscriptionsCount);
        writer.WriteUInt32(CurrentMonitoredItemsCount);
        writer.WriteUInt32(CurrentPublishRequestsInQueue);
        TotalRequestCount.Encode(ref writer);
        writer.WriteUInt32(UnauthorizedRequestCount);
        ReadCount.Encode(ref writer);
        HistoryReadCount.Encode(ref writer);
        WriteCount.Encode(ref writer);
        HistoryUpdateCount.Encode(ref writer);
        CallCount.Encode(ref writer);
        CreateMonitoredItemsCount.Encode(ref writer);
        ModifyMonitoredItemsCount.Encode(ref writer);
        SetMonitoringModeCount.Encode(ref writer);
        SetTriggeringCount.Encode(ref writer);
        DeleteMonitoredItemsCount.Encode(ref writer);
        CreateSubscriptionCount.Encode(ref writer);
        ModifySubscriptionCount.Encode(ref writer);
        SetPublishingModeCount.Encode(ref writer);
        PublishCount.Encode(ref writer);
        RepublishCount.Encode(ref writer);
        TransferSubscriptionsCount.Encode(ref writer);
        DeleteSubscriptionsCount.Encode(ref writer);
        AddNodesCount.Encode(ref writer);
        AddReferencesCount.Encode(ref writer);
        DeleteNodesCount.Encode(ref writer);
        DeleteReferencesCount.Encode(ref writer);
        BrowseCount.Encode(ref writer);
        BrowseNextCount.Encode(ref writer);
        TranslateBrowsePathsToNodeIdsCount.Encode(ref writer);
        QueryFirstCount.Encode(ref writer);
        QueryNextCount.Encode(ref writer);
        RegisterNodesCount.Encode(ref writer);
        UnregisterNodesCount.Encode(ref writer);
    }
}
