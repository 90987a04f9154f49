namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>A Publish request that waits for something to tell.</summary>
/// <param name="RequestId">The channel's number of the request.</param>
/// <param name="RequestHandle">The client's.</param>
/// <param name="DeadlineMonoNanos">When the client stops waiting for it.</param>
/// <param name="Results">One per acknowledgement that came with it.</param>
internal readonly record struct WaitingPublish(uint RequestId, uint RequestHandle, long DeadlineMonoNanos, uint[]? Results);
