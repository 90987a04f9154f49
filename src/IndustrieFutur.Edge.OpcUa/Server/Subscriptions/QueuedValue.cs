using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>A value that waits to be published, when the server saw it, and whether others before or behind it were given up.</summary>
internal record struct QueuedValue(DataValue Value, long ServerTimestamp, bool HasOverflown);
