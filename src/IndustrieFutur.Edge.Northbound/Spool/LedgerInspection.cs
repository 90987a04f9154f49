using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// The ledger as the last commit in a spool's folder has it, beside the samples that are there: of one moment, whether a service goes on,
/// has ended or was killed. The folder is read and never touched.
/// </summary>
public sealed class LedgerInspection
{
    /// <summary>A service that takes files away while they are read is overtaken soon: it does so once a segment.</summary>
    private const int AttemptsMax = 5;

    private const string HeadPrefix = "stream/";

    private readonly SpoolInspection _spool;
    private readonly Dictionary<string, SpoolHead> _heads = [];
    private readonly Dictionary<(string Device, string Signal), Tally> _tallies = [];

    private LedgerInspection(SpoolInspection spool)
    {
        _spool = spool;
        foreach (var note in spool.Notes.All.Where(note => note.Key.StartsWith(HeadPrefix, StringComparison.Ordinal)))
        {
            _heads[note.Key[HeadPrefix.Length..]] = SpoolHead.Read(note.Value);
        }

        Count();
        Streams = [.. _heads.OrderBy(head => head.Key, StringComparer.Ordinal).Select(head => Describe(head.Key, head.Value))];
        Signals = Balance();
    }

    /// <summary>When the commit was written; 0: there is none.</summary>
    public long CommittedUtcNanos => _spool.CommittedUtcNanos;

    public int DamagedPlaces => _spool.DamagedPlaces;

    public IReadOnlyList<SpooledStream> Streams { get; }

    public IReadOnlyList<SpooledSignal> Signals { get; }

    /// <summary>Reads all of it. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the folder cannot be read.</summary>
    public static LedgerInspection Read(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            var spool = SpoolInspection.Read(folder);
            var ledger = new LedgerInspection(spool);
            if (!spool.IsCutShort)
            {
                return ledger;
            }

            if (attempt == AttemptsMax)
            {
                throw new IOException($"the service takes files out of {folder} faster than they are read; ask again");
            }
        }
    }

    private void Count()
    {
        foreach (var (name, batch) in _spool.Batches())
        {
            if (!_spool.Lists.TryGetValue(batch.Tag, out var list))
            {
                continue;
            }

            var (oldest, againEnd) = _heads.TryGetValue(name, out var head) ? (head.Oldest, head.AgainEnd) : (batch.First, 0);
            for (var i = 0; i < batch.Count; i++)
            {
                var sample = batch.Samples[i];
                var number = batch.First + (ulong)i;
                if ((uint)sample.Signal < (uint)list.Count)
                {
                    Take((list[sample.Signal].Device, list[sample.Signal].Id), number >= oldest, number >= oldest && number < againEnd, sample.SourceUtcNanos);
                }
            }
        }
    }

    private void Take((string Device, string Signal) key, bool isHeld, bool isAgain, long sourceUtcNanos)
    {
        if (!_tallies.TryGetValue(key, out var tally))
        {
            _tallies.Add(key, tally = new Tally());
        }

        tally.Held += isHeld ? 1 : 0;
        tally.Again += isAgain ? 1 : 0;
        tally.NewestUtcNanos = Math.Max(tally.NewestUtcNanos, sourceUtcNanos);
        if (isHeld)
        {
            tally.FirstHeldUtcNanos = Math.Min(tally.FirstHeldUtcNanos, sourceUtcNanos);
        }
    }

    private SpooledStream Describe(string device, SpoolHead head)
    {
        var known = new SequenceSet();
        foreach (var gap in head.Gaps)
        {
            known.Add(new SequenceRange(gap.From, gap.To));
        }

        var next = head.Next;
        if (_spool.Found.TryGetValue(device, out var found))
        {
            next = Math.Max(next, found.Ranges[^1].Last + 1);
            foreach (var range in found.Ranges)
            {
                known.Add(range);
            }
        }

        var damaged = next > head.Oldest ? known.Missing(new SequenceRange(head.Oldest, next - 1)).Aggregate(0ul, (sum, range) => sum + range.Count) : 0;
        return new SpooledStream(device, StreamSpool.Hex(head.Epoch), head.Oldest, next, damaged, [.. head.Gaps.Select(gap => new SpooledGap(gap.From, gap.To, (DropCause)gap.Cause))], head.Shared);
    }

    private SpooledSignal[] Balance()
    {
        // By stream: samples that are counted as spooled and of which the log has no bytes, though it knows of them.
        var open = Streams.ToDictionary(stream => stream.Device, stream => (long)(stream.Damaged + _heads[stream.Device].KnownUnread + GivenUp(_heads[stream.Device])));
        var read = LedgerNotes.ReadNamed(_spool.Notes, _spool.Lists);
        var signals = new List<SpooledSignal>();
        foreach (var key in read.Keys.Union(_tallies.Keys).OrderBy(key => key.Device, StringComparer.Ordinal).ThenBy(key => key.Signal, StringComparer.Ordinal))
        {
            var tally = _tallies.GetValueOrDefault(key) ?? new Tally();
            var left = open.GetValueOrDefault(key.Device);
            var entry = Balanced(read.GetValueOrDefault(key).Entry.Reopened(tally.Again), tally.Held, ref left);
            open[key.Device] = left;
            signals.Add(new SpooledSignal(key.Device, key.Signal, entry, tally.Held, tally.CutUtcNanos));
        }

        return [.. signals];
    }

    private static ulong GivenUp(SpoolHead head) => head.GivenUp.First > 0 ? head.GivenUp.Count : 0;

    /// <summary>
    /// What the log has beyond the counters was spooled after them, out of rings or produced besides; what it lacks, and has not lost, was in memory only: on the
    /// way still, for a ring that outlives the service has it.
    /// </summary>
    private static LedgerEntry Balanced(LedgerEntry entry, long held, ref long open)
    {
        var lacking = entry.Pending - held;
        if (lacking < 0)
        {
            return entry.Spooling(-lacking);
        }

        var known = Math.Min(lacking, open);
        open -= known;
        return entry with { Spooled = entry.Spooled - (lacking - known) };
    }

    private sealed class Tally
    {
        public long Held { get; set; }

        public long Again { get; set; }

        public long FirstHeldUtcNanos { get; set; } = long.MaxValue;

        public long NewestUtcNanos { get; set; } = long.MinValue;

        public long? CutUtcNanos => Held > 0 ? FirstHeldUtcNanos : NewestUtcNanos > long.MinValue ? NewestUtcNanos + 1 : null;
    }
}
