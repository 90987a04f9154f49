namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>What an audit says of the lines that went to make room, before they go.</summary>
internal static class AuditRoom
{
    /// <summary>The rule of such a line; <see cref="AuditRecord.Of"/> is the last number that went.</summary>
    public const string Rule = "room";

    public static AuditRecord Line(string file, long last, long bytesMax) => new()
    {
        Kind = AuditKind.Bound,
        Rule = Rule,
        Of = last,
        Text = $"The audit has reached its {bytesMax / 1_000_000} MB, so its oldest file {file} goes: lines up to {last} are no longer here. Copy the folder in time, or raise \"auditMegabytes\".",
    };
}
