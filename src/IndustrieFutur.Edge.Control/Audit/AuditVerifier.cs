namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Looks through an audit from its first line to its last: is it the chain that was written, and has each order one outcome?</summary>
public static class AuditVerifier
{
    /// <summary>A file can go to make room while one reads; then one begins anew. More often than this it does not happen in the time.</summary>
    private const int TriesMax = 3;

    /// <summary>Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the folder cannot be read.</summary>
    /// <param name="folder">Of the audit; a service may go on with it.</param>
    /// <param name="head">A hash, or its first 16 digits or more, that is known to have been the head at some time; empty: none is.</param>
    public static AuditReport Verify(string folder, string head)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return VerifyOnce(folder, head);
            }
            catch (FileNotFoundException) when (tries < TriesMax)
            {
                // Made room: the list of files is another one now.
            }
        }
    }

    private static AuditReport VerifyOnce(string folder, string head)
    {
        var findings = new AuditFindings();
        var chain = new AuditChain(findings, head);
        var outcomes = new AuditOutcomes(findings);
        AuditText? held = null;
        foreach (var text in AuditFolder.Indices(folder).SelectMany(index => AuditFolder.Lines(folder, index)))
        {
            if (held is not null)
            {
                Take(held, chain, outcomes);
            }

            held = text;
        }

        // Only the very last line can be torn.
        var torn = held is not null && IsTorn(held) ? held.Bytes.Length : 0;
        if (held is not null && torn == 0)
        {
            Take(held, chain, outcomes);
        }

        chain.End(outcomes.Gone);
        var open = outcomes.End(isWhole: findings.ChainIsWhole);
        return new AuditReport(chain.Lines, chain.First, chain.Last, chain.HeadHash, outcomes.Gone, open, torn, findings.InOrder(), findings.More);
    }

    /// <summary>What a crash or a power cut leaves of a last line, as against what a person makes of it.</summary>
    internal static bool IsTorn(AuditText last) => !last.IsEnded || !AuditLine.IsWhole(last.Bytes);

    private static void Take(AuditText text, AuditChain chain, AuditOutcomes outcomes)
    {
        if (chain.Take(text) is { } record)
        {
            outcomes.Take(record, text.Place);
        }
    }
}
