using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.App.Verbs;
using IndustrieFutur.Edge.Core.Ledger;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>The ledger for people: a line a stream, a line a signal, the gaps, the sums.</summary>
internal static class LedgerText
{
    private static readonly CompositeFormat Row = CompositeFormat.Parse("  {0,-34}{1,12}{2,10}{3,10}{4,10}{5,12}{6,12}{7,9}{8,12}\n");

    /// <summary>Why numbers will never come, in words.</summary>
    public static string Cause(byte cause) => (DropCause)cause switch
    {
        DropCause.SpoolFull => "tampon plein/spool full",
        DropCause.StoreRefused => "refusé par le magasin/refused by the store",
        DropCause.NotStorable => "non stockable là/not storable there",
        DropCause.PlanChanged => "signal retiré du plan/signal no longer in the plan",
        DropCause.NotOffered => "d'avant la numérotation/from before this numbering",
        DropCause.Damaged => "disque abîmé/damaged on the disk",
        _ => string.Create(CultureInfo.InvariantCulture, $"cause {cause}"),
    };

    public static string Of(LedgerView view, IReadOnlyList<StoreCheck> checks)
    {
        var text = new StringBuilder();
        Origin(text, view);
        foreach (var stream in view.Streams)
        {
            var sent = view.Sent.TryGetValue(stream.Device, out var number) ? string.Create(CultureInfo.InvariantCulture, $", envoyés/sent : {number}") : "";
            text.Append(CultureInfo.InvariantCulture, $"  {stream.Device,-34}numérotation/numbering {stream.Epoch}, réglé jusqu'au n°/settled up to {stream.Oldest - 1}, prochain/next {stream.Next}{sent}\n");
        }

        text.AppendFormat(CultureInfo.InvariantCulture, Row, "signal", "produits", "filtrés", "refusés", "en route", "gardés", "stockés", "perdus", "en attente");
        text.AppendFormat(CultureInfo.InvariantCulture, Row, "", "produced", "filtered", "refused", "in rings", "spooled", "stored", "dropped", "pending");
        foreach (var line in view.Lines)
        {
            Append(text, line.Name, line.Entry);
        }

        Append(text, "total", view.Total);
        foreach (var stream in view.Streams)
        {
            foreach (var gap in stream.Gaps)
            {
                text.Append(CultureInfo.InvariantCulture, $"  lacune à annoncer/gap to be told  {stream.Device} n° {gap.From} - {gap.To} ({gap.Count}) : {Cause((byte)gap.Cause)}\n");
            }
        }

        foreach (var check in checks)
        {
            Append(text, check);
        }

        return text.ToString();
    }

    /// <summary>What is not as it should be, and the verdict in one line.</summary>
    public static string Verdict(IReadOnlyList<LedgerFinding> findings, IReadOnlyList<StoreCheck> checks, LedgerView view)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            var where = string.Join('/', new[] { finding.Device, finding.Signal }.Where(part => part.Length > 0));
            var whose = finding.Historian.Length > 0 ? $"{finding.Historian}: " : "";
            text.Append(CultureInfo.InvariantCulture, $"{(finding.Kind == FindingKind.Note ? "  note" : "  !")} {whose}{where}{(where.Length > 0 ? " : " : "")}{finding.Sentence}\n");
        }

        var total = view.Total;
        text.Append(findings.Any(finding => finding.Kind != FindingKind.Note) ? "NON ÉQUILIBRÉ/NOT BALANCED" : "équilibré/balanced");
        text.Append(CultureInfo.InvariantCulture, $" : {total.Produced} = {total.Filtered} + {total.Refused} + {total.InRings} + {total.Spooled}, {total.Spooled} = {total.Stored} + {total.Dropped} + {total.Pending}\n");
        foreach (var check in checks.Where(check => check.Holdings is not null))
        {
            var upTo = string.Join(", ", view.Streams.Select(stream => $"{stream.Device} n° {stream.Oldest - 1}"));
            text.Append(CultureInfo.InvariantCulture, $"magasin/store {check.Historian} : {check.Compared} échantillons comparés/samples compared, jusqu'à/up to {upTo}\n");
        }

        return text.ToString();
    }

    private static void Origin(StringBuilder text, LedgerView view)
    {
        var at = view.Folder is { CommittedUtcNanos: > 0 and var nanos } ? BufferText.Time(nanos) : "-";
        text.Append(view.IsLive
            ? $"registre/ledger : le service en marche/the running service ({view.DataFolder})\n"
            : $"registre/ledger : {view.DataFolder}, dernière écriture/last commit {at}\n");
        if (view.IsInUse)
        {
            text.Append("  un service travaille dans ce dossier : voici ce qui était sur le disque à cette écriture ; demandez-lui ses comptes par sa configuration, avec son \"http\".\"port\" (ifedge ledger show FICHIER, ou http://127.0.0.1:PORT/ledger)"
                + " / a service works in this folder: this is what the disk had at that commit; ask the service itself by its configuration, with its \"http\".\"port\" (ifedge ledger show FILE, or http://127.0.0.1:PORT/ledger)\n");
        }
        else if (!view.IsLive)
        {
            text.Append("  aucun service ne répond : ce qui fut produit depuis est dans les anneaux, compté au prochain démarrage / no service answers: what was produced since lies in the rings, and is counted at the next start\n");
        }
    }

    private static void Append(StringBuilder text, string name, in LedgerEntry entry)
    {
        text.AppendFormat(
            CultureInfo.InvariantCulture, Row, (entry.IsBalanced ? "" : "! ") + name, entry.Produced, entry.Filtered, entry.Refused, entry.InRings, entry.Spooled, entry.Stored, entry.Dropped, entry.Pending);
        (string Name, long Count)[] parts =
        [
            ("doublon/duplicate", entry.FilteredDuplicate), ("hors plage/range", entry.FilteredRange), ("bande morte/deadband", entry.FilteredDeadband), ("non publié/unsent", entry.FilteredUnsent),
            ("refusés à l'entrée/refused at input", entry.RefusedAtInput), ("refusés à la sortie/refused at output", entry.RefusedAtOutput),
            ("perdus, tampon plein/dropped, spool full", entry.DroppedSpoolFull), ("perdus, magasin/dropped by store", entry.DroppedByStore), ("perdus, autres/dropped otherwise", entry.DroppedOther),
        ];
        var told = string.Join(", ", parts.Where(part => part.Count != 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} : {part.Count}")));
        if (told.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"      {told}\n");
        }
    }

    private static void Append(StringBuilder text, StoreCheck check)
    {
        if (check.Holdings is not { } holdings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  magasin/store {check.Historian} : non interrogé/not asked\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"  magasin/store {check.Historian} : {holdings.Signals.Sum(signal => signal.AtLeast)} échantillons réglés/settled samples\n");
        foreach (var gap in holdings.Gaps)
        {
            text.Append(CultureInfo.InvariantCulture, $"    lacune/gap  {gap.Device} n° {gap.First} - {gap.Last} ({gap.Last - gap.First + 1}), {BufferText.Time(gap.NoticedUtcNanos)} : {Cause(gap.Cause)}\n");
        }
    }
}
