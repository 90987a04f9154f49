namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Body of <c>state</c>, retained; the broker publishes it with <c>online: false</c> as the last will.</summary>
/// <param name="Since">When it became so, ISO 8601 UTC.</param>
public sealed record StateMessage(bool Online, string Since, string Version, string PlanHash);
