namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Body of <c>&lt;device&gt;/meta</c>, retained: what the aliases of a device's telemetry mean under one plan.</summary>
/// <param name="PlanHash">16 hexadecimal digits; the telemetry's header carries the same number.</param>
public sealed record MetaMessage(string PlanHash, IReadOnlyList<SignalMeta> Signals);
