using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Body of <c>state</c>, retained; the broker publishes it with <c>online: false</c> as the last will.</summary>
/// <param name="Since">When it became so, ISO 8601 UTC.</param>
/// <param name="Audit">How far the audit of commands has come; none where there are no commands.</param>
public sealed record StateMessage(
    bool Online, string Since, string Version, string PlanHash, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AuditMark? Audit = null);
