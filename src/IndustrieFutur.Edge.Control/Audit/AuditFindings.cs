namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>What a look through an audit has found so far, bounded.</summary>
internal sealed class AuditFindings
{
    /// <summary>More than a person reads; the rest is counted.</summary>
    private const int Max = 100;

    private readonly List<AuditFinding> _all = [];

    public long More { get; private set; }

    public bool ChainIsWhole => !_all.Exists(finding => finding.Fault != AuditFault.Outcomes);

    public void Add(AuditFault fault, AuditPlace place, string text)
    {
        if (_all.Count < Max)
        {
            _all.Add(new AuditFinding(fault, place, text));
        }
        else
        {
            More++;
        }
    }

    /// <summary>Of the files, not of the discovery: an inserted line shows only at the one after it.</summary>
    public IReadOnlyList<AuditFinding> InOrder() =>
        [.. _all.OrderBy(finding => finding.Place.File, StringComparer.Ordinal).ThenBy(finding => finding.Place.Line)];
}
