namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>The revised parameters of a monitored item for events (OPC UA Part 4, 7.21).</summary>
internal sealed record EventSettings(int QueueSize, bool DiscardOldest, EventSelection Selection);
