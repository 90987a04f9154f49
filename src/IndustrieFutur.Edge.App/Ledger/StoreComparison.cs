using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Historian.Audit;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>
/// Holds what a store has against the ledger of one commit. Source times rise strictly per signal, and settled samples have the lower numbers:
/// before the oldest pending one a store is to have exactly what the ledger has as stored, however much comes meanwhile.
/// </summary>
/// <param name="ledger">Of one moment.</param>
/// <param name="historian">Whose store.</param>
/// <param name="isAlone">No other historian is awaited: what was dropped, this store has not.</param>
/// <param name="later">How many samples of a signal may have come since the commit, where the log has none to cut at.</param>
/// <param name="nowUtcNanos">The time.</param>
internal sealed class StoreComparison(LedgerInspection ledger, string historian, bool isAlone, Func<SpooledSignal, long> later, long nowUtcNanos)
{
    /// <summary>Close to the end of what a store keeps, samples may have been deleted for their age: a tenth covers how stores do it by parts.</summary>
    private const int AgedShare = 10;

    private readonly List<LedgerFinding> _findings = [];

    public static IReadOnlyList<SignalCut> Cuts(LedgerInspection ledger) =>
        [.. ledger.Signals.Select(signal => new SignalCut(signal.Device, signal.Signal, signal.CutUtcNanos ?? long.MaxValue))];

    public StoreCheck Check(StoreHoldings holdings, Func<string, bool> takes)
    {
        var had = holdings.Signals.ToDictionary(signal => (signal.Device, signal.Signal));
        var differences = ledger.Signals.Where(signal => takes(signal.Device))
            .Select(signal => Differ(signal, had.GetValueOrDefault((signal.Device, signal.Signal)) ?? new SignalHoldings(signal.Device, signal.Signal, 0, 0, 0)))
            .ToArray();
        foreach (var device in differences.GroupBy(difference => difference.Signal.Device))
        {
            Check([.. device], holdings);
        }

        var known = ledger.Signals.Select(signal => (signal.Device, signal.Signal)).ToHashSet();
        var foreign = holdings.Signals.Where(signal => !known.Contains((signal.Device, signal.Signal))).ToArray();
        if (foreign.Length > 0)
        {
            Note(foreign[0].Device, foreign.Length, $"{foreign.Length} signaux du magasin ne sont pas au registre, d'un plan antérieur (le premier : {foreign[0].Device}/{foreign[0].Signal}) / {foreign.Length} signals of the store are not in the ledger, of an earlier plan");
        }

        foreach (var stream in ledger.Streams.Where(stream => takes(stream.Device)))
        {
            CheckMark(stream, holdings);
            if (foreign.All(signal => signal.Device != stream.Device))
            {
                CheckGaps(stream, holdings);
            }
        }

        return new StoreCheck(historian, holdings, _findings, differences.Sum(difference => difference.Signal.Entry.Stored));
    }

    private (SpooledSignal Signal, long Lacking, long More) Differ(SpooledSignal signal, SignalHoldings has)
    {
        // Sent and dropped, and nobody has said whether they arrived.
        var undecided = Math.Max(0, signal.Entry.Pending - signal.Held);
        var most = signal.Entry.Stored + undecided + (isAlone ? 0 : signal.Entry.Dropped) + (signal.CutUtcNanos is null ? later(signal) : 0);
        return (signal, Math.Max(0, signal.Entry.Stored - has.AtMost - has.Forgotten), Math.Max(0, has.AtLeast + has.Forgotten - most));
    }

    /// <summary>The signals of one stream. Where it is not known whose samples were stored, what one lacks another has more.</summary>
    private void Check((SpooledSignal Signal, long Lacking, long More)[] differences, StoreHoldings holdings)
    {
        var shared = ledger.Streams.FirstOrDefault(stream => stream.Device == differences[0].Signal.Device)?.Shared ?? 0;
        var even = Math.Min((long)shared, Math.Min(differences.Sum(one => one.Lacking), differences.Sum(one => one.More)));
        var (lackingLeft, moreLeft) = (even, even);
        foreach (var (signal, lacking, more) in differences)
        {
            if (lacking - Taken(ref lackingLeft, lacking) is > 0 and var lost)
            {
                Lack(signal, lost, holdings);
            }
            else if (more - Taken(ref moreLeft, more) is > 0 and var doubled)
            {
                Exceed(signal, doubled, holdings);
            }
        }
    }

    private static long Taken(ref long left, long most)
    {
        var taken = Math.Min(left, most);
        left -= taken;
        return taken;
    }

    private void Lack(SpooledSignal signal, long lacking, StoreHoldings holdings)
    {
        var keeps = holdings.KeepsFor.Ticks * TimeSpan.NanosecondsPerTick;
        if (keeps > 0 && holdings.OldestUtcNanos > 0 && holdings.OldestUtcNanos < nowUtcNanos - keeps + (keeps / AgedShare))
        {
            Note(signal.Device, lacking, $"{signal.Signal} : {lacking} de moins dans le magasin, qui ne garde que {holdings.KeepsFor.TotalDays:0.#} jours : trop vieux sans doute, non comparable / {lacking} fewer in the store, which keeps {holdings.KeepsFor.TotalDays:0.#} days only: too old presumably, not to be compared");
            return;
        }

        Add(
            FindingKind.Lost, signal.Device, signal.Signal, lacking,
            $"PERDUS : {lacking} échantillons confirmés comme stockés ne sont plus dans le magasin (effacés, restaurés d'une sauvegarde ou abîmés) ; \"ifedge buffer replay\" renvoie ce qui est encore sur le disque / "
            + $"LOST: {lacking} samples that were confirmed as stored are not in the store any more (deleted, restored from a backup, or harmed); \"ifedge buffer replay\" sends again what is still on the disk");
    }

    private void Exceed(SpooledSignal signal, long more, StoreHoldings holdings)
    {
        var stream = ledger.Streams.FirstOrDefault(stream => stream.Device == signal.Device);
        if (holdings.Streams.Any(mark => mark.Device == signal.Device && mark.Epoch != stream?.Epoch))
        {
            Note(signal.Device, more, $"{signal.Signal} : {more} de plus, et le magasin connaît une numérotation antérieure : ils peuvent en venir / {more} more, and the store knows an earlier numbering of the stream: they may be of that");
            return;
        }

        Add(
            FindingKind.Doubled, signal.Device, signal.Signal, more,
            $"EN DOUBLE : {more} échantillons de plus que ce qui fut envoyé ; quelqu'un d'autre écrit-il dans ce magasin sous le même nom ? / "
            + $"DOUBLED: {more} samples more than were ever sent; does somebody else write to this store under the same name?");
    }

    /// <summary>With samples that the store refused its record may lag behind its word.</summary>
    private void CheckMark(SpooledStream stream, StoreHoldings holdings)
    {
        var signals = ledger.Signals.Where(signal => signal.Device == stream.Device).ToArray();
        var marks = holdings.Streams.Where(mark => mark.Device == stream.Device && mark.Epoch == stream.Epoch).ToArray();
        if (marks.Length == 0 || signals.Any(signal => signal.Entry.DroppedByStore > 0))
        {
            return;
        }

        // Of a numbering that began anew a store has nothing before its beginning, and says so.
        var upTo = marks.Max(mark => mark.UpTo);
        var isFirst = holdings.Streams.All(mark => mark.Device != stream.Device || mark.Epoch == stream.Epoch);
        if (isFirst && upTo + 1 < stream.Oldest)
        {
            Add(
                FindingKind.SetBack, stream.Device, "", (long)(stream.Oldest - 1 - upTo),
                $"le magasin dit avoir tout jusqu'au n° {upTo}, et avait confirmé jusqu'au n° {stream.Oldest - 1} : remis à un état antérieur ? / "
                + $"the store's own record reaches number {upTo}, and it had confirmed {stream.Oldest - 1}: was it set back to an earlier state?");
        }
    }

    /// <summary>Numbers dropped are told by rows; what died in rings had no number. Rows of a numbering before its beginning tell of no loss.</summary>
    private void CheckGaps(SpooledStream stream, StoreHoldings holdings)
    {
        var signals = ledger.Signals.Where(signal => signal.Device == stream.Device).ToArray();
        var told = new SequenceSet();
        foreach (var gap in holdings.Gaps.Where(gap => gap.Device == stream.Device && gap.Last < stream.Oldest && IsLoss((DropCause)gap.Cause)))
        {
            told.Add(new SequenceRange(gap.First, gap.Last));
        }

        var rows = (long)told.Count;
        foreach (var gap in stream.Gaps.Where(gap => IsLoss(gap.Cause)))
        {
            told.Add(new SequenceRange(gap.From, gap.To));
        }

        var (full, other) = (signals.Sum(signal => signal.Entry.DroppedSpoolFull), signals.Sum(signal => signal.Entry.DroppedOther));
        var open = signals.Sum(signal => Math.Max(0, signal.Entry.Pending - signal.Held));
        if (isAlone && full > (long)told.Count)
        {
            AddGaps(stream, full - (long)told.Count, "échantillons perdus dont aucune lacune du magasin ne parle", "samples were dropped that no gap row of the store tells of");
        }
        else if (rows > full + other + open)
        {
            AddGaps(stream, rows - full - other - open, "numéros que le magasin a comme lacunes et que le registre n'a pas comme perdus", "numbers are gaps in the store that the ledger has not dropped");
        }
    }

    private static bool IsLoss(DropCause cause) => cause is DropCause.SpoolFull or DropCause.Damaged;

    private void AddGaps(SpooledStream stream, long count, string french, string english) =>
        Add(FindingKind.Gaps, stream.Device, "", count, $"{count} {french} / {count} {english}");

    private void Note(string device, long count, string sentence) => Add(FindingKind.Note, device, "", count, sentence);

    private void Add(FindingKind kind, string device, string signal, long count, string sentence) =>
        _findings.Add(new LedgerFinding(kind, historian, device, signal, count, sentence));
}
