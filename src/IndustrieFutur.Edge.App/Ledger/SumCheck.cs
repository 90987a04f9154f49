using IndustrieFutur.Edge.Core.Ledger;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>Whether each signal's sums hold, and whether the spool's files have what they should.</summary>
internal static class SumCheck
{
    public static List<LedgerFinding> Find(LedgerView view)
    {
        var findings = view.Lines.Where(line => !line.Entry.IsBalanced).Select(Unbalanced).ToList();
        foreach (var stream in view.Streams.Where(stream => stream.Damaged > 0))
        {
            findings.Add(new LedgerFinding(
                FindingKind.Damaged, "", stream.Device, "", (long)stream.Damaged,
                $"{stream.Damaged} échantillons comptés comme gardés ne sont plus lisibles sur le disque ; vérifiez le disque, le prochain démarrage l'écrira comme lacune / "
                + $"{stream.Damaged} samples that are counted as kept cannot be read from the disk any more; look at the disk's health, the next start tells the stores of the gap"));
        }

        return findings;
    }

    private static LedgerFinding Unbalanced(LedgerLine line)
    {
        var (count, where) = Excess(line.Entry);
        return new LedgerFinding(
            FindingKind.Unbalanced, "", line.Device, line.Signal, count,
            $"{count} échantillons de plus {where.French} : venus de nulle part, une faute du programme ; gardez le dossier de données et signalez-la / "
            + $"{count} samples more {where.English}: they came from nowhere, a mistake of the program; keep the data folder and report it");
    }

    private static (long Count, (string French, string English) Where) Excess(in LedgerEntry entry) => entry.InRings < 0
        ? (-entry.InRings, ("filtrés, refusés et gardés que produits", "filtered, refused and spooled than produced"))
        : (-entry.Pending, ("stockés et perdus que gardés", "stored and dropped than spooled"));
}
