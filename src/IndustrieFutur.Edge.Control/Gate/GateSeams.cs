using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What the gate asks of the audit, the users and the clock; a test stands in for each.</summary>
/// <param name="Append">Appends a line to the audit and returns its number; throws <see cref="AuditException"/>.</param>
/// <param name="ReadAll">What the audit holds, the oldest first.</param>
/// <param name="Head">Its last line's number and hash.</param>
/// <param name="RoleOf">A user's role; null: nobody.</param>
/// <param name="MonoNow">The monotonic time.</param>
internal sealed record GateSeams(
    Func<AuditRecord, bool, long> Append, Func<IEnumerable<AuditRecord>> ReadAll, Func<(long Number, string Hash)> Head, Func<string, Role?> RoleOf, Func<long> MonoNow);
