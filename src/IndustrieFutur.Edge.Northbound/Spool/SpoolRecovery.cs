using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// Makes a spool out of what a log holds: numberings go on, gaps are told, and each signal's ledger balances with the samples that are
/// really there, whatever moment the kill came at.
/// </summary>
internal sealed class SpoolRecovery(TelemetrySpool spool, SegmentLog log, FsyncPolicy fsync)
{
    public const string BootKey = "boot";
    public const string RingKey = "ring";

    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private readonly long[] _kept = new long[spool.Plan.Signals.Count];
    private readonly long[] _again = new long[spool.Plan.Signals.Count];
    private readonly Dictionary<string, long> _orphans = [];
    private readonly HashSet<(int Signal, long SourceUtcNanos)> _ahead = [];
    private readonly HashSet<uint> _tags = [];

    // By stream: samples that are counted as spooled and that damage took, or that made room after they were sent, pending until the historians
    // say whether they had arrived; and those that were given up without anybody counting that.
    private readonly Dictionary<string, ulong> _unread = [];
    private readonly Dictionary<string, ulong> _lost = [];
    private readonly List<string> _words = [];
    private ulong _damaged;
    private long _restored;

    public static string HeadKey(string device) => "stream/" + device;

    /// <summary>Which start of the machine this is, and whether the spool was closed in order.</summary>
    public static byte[] BootNote(bool isClean) => [isClean ? (byte)1 : (byte)0, .. Encoding.UTF8.GetBytes(BootId())];

    public (SpoolOpening Opening, SignalBook Book) Recover(LogOpening found, Action<int, long>? restoreLastSource)
    {
        var isEndInDoubt = !EndsInOrder(found) && (found.IsEndDamaged || IsEndMissing(found));
        var isNewNumbering = isEndInDoubt || MayLackItsEnd();
        var isEmpty = found.Records == 0;
        var position = ReadPosition();
        var book = SignalBook.Open(log, spool.Plan);
        foreach (var stream in spool.Streams)
        {
            Recover(stream, book, isNewNumbering);
        }

        var ledger = LedgerNotes.Read(log.Notes, book);
        if (restoreLastSource is not null)
        {
            RestoreLedger(ledger, restoreLastSource);
        }

        book.Forget(log, _tags);
        log.SetNote(BootKey, BootNote(isClean: false));
        log.SetNote(RingKey, new byte[2 * sizeof(ulong)]);
        Tell(found, isNewNumbering, isEndInDoubt);
        return (new SpoolOpening(_restored, _kept, _orphans, _damaged, position, isNewNumbering, _words) { Ahead = _ahead, IsEmpty = isEmpty, Refused = ledger.Values.Sum(one => one.Entry.Refused) }, book);
    }

    private static string BootId() => File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "";

    /// <summary>The machine went down under the spool, and not all that was written needs to have reached the disk.</summary>
    private bool MayLackItsEnd()
    {
        var note = log.Notes.Find(BootKey);
        if (note is null || note.Value[0] == 1 || fsync == FsyncPolicy.Every)
        {
            return false;
        }

        var boot = Encoding.UTF8.GetString(note.Value[1..]);
        return boot.Length == 0 || boot != BootId();
    }

    /// <summary>A process that was killed leaves its newest file with room behind the records.</summary>
    private bool IsEndMissing(LogOpening found) =>
        found.IsEndCut && log.Notes.Find(BootKey) is { Value: [0, ..] };

    /// <summary>The log ends with the word of an orderly stop, which all notes go with: whatever is damaged before it, no number was given that it does not know.</summary>
    private bool EndsInOrder(LogOpening found) => found.LastNotes.Contains(BootKey) && log.Notes.Find(BootKey) is { Value: [1, ..] };

    private RingPosition ReadPosition()
    {
        var note = log.Notes.Find(RingKey);
        return note is null ? default : new RingPosition(BitConverter.ToUInt64(note.Value), BitConverter.ToUInt64(note.Value[sizeof(ulong)..]));
    }

    private void Recover(StreamSpool stream, SignalBook book, bool isNewNumbering)
    {
        var logStream = log.Stream(stream.Device.Id);
        var note = log.Notes.Find(HeadKey(stream.Device.Id));
        if (note is null && logStream.Found.IsEmpty)
        {
            return;
        }

        var head = note is null ? new SpoolHead(logStream.Epoch, logStream.Found.Ranges[0].First, 0, []) : SpoolHead.Read(note.Value);
        var next = Math.Max(Math.Max(head.Next, head.Oldest), logStream.SafeNext);
        var found = FoundGaps(logStream, head, next).ToArray();
        var unread = found.Aggregate(0ul, (sum, gap) => sum + (gap.To - gap.From + 1));
        _damaged += unread;
        _unread[stream.Device.Id] = unread + head.KnownUnread;
        _lost[stream.Device.Id] = head.GivenUp.First > 0 ? head.GivenUp.Count : 0;
        LogGap[] gaps = [.. head.Gaps, .. found];
        stream.Restore(head with { Next = next, Gaps = gaps, Epoch = isNewNumbering || head.Epoch == 0 ? TelemetrySpool.NewEpoch() : head.Epoch });
        logStream.SafeNext = next;
        logStream.Released = head.Oldest - 1;
        Count(logStream, book, head);
    }

    /// <summary>
    /// What should be pending, and is neither there nor told of by a gap that the head knows: damage. At both ends too, where whole files are gone.
    /// </summary>
    private static IEnumerable<LogGap> FoundGaps(LogStream logStream, SpoolHead head, ulong next)
    {
        var known = new Protocols.Telemetry.SequenceSet();
        foreach (var range in head.Gaps.Select(gap => new Protocols.Telemetry.SequenceRange(gap.From, gap.To)).Concat(logStream.Found.Ranges))
        {
            known.Add(range);
        }

        return head.Oldest >= next ? [] : known.Missing(new Protocols.Telemetry.SequenceRange(head.Oldest, next - 1))
            .Select(range => new LogGap(head.Epoch, range.First, range.Last, (byte)DropCause.Damaged));
    }

    /// <summary>Reads what is pending once, to know whose samples they are.</summary>
    private void Count(LogStream logStream, SignalBook book, SpoolHead head)
    {
        using var reader = log.Reader(logStream);
        using var batch = new LogBatch();
        for (var number = head.Oldest; reader.TryRead(number, batch); number = batch.Last + 1)
        {
            _tags.Add(batch.Tag);
            for (var at = Math.Max(number, batch.First); at <= batch.Last; at++)
            {
                ref readonly var sample = ref batch.Samples[(int)(at - batch.First)];
                Count(book, batch.Tag, sample.Signal, at < head.AgainEnd);
                if (at >= head.Next)
                {
                    _ahead.Add((book.Find(batch.Tag, sample.Signal), sample.SourceUtcNanos));
                }
            }
        }
    }

    private void Count(SignalBook book, uint tag, int signal, bool isAgain)
    {
        _restored++;
        var index = book.Find(tag, signal);
        if (index >= 0)
        {
            _kept[index]++;
            _again[index] += isAgain ? 1 : 0;
            return;
        }

        var name = book.NameOf(tag, signal);
        _orphans[name] = _orphans.GetValueOrDefault(name) + 1;
    }

    private void RestoreLedger(Dictionary<int, (LedgerEntry Entry, long LastSource)> read, Action<int, long> restoreLastSource)
    {
        foreach (var stream in spool.Streams)
        {
            var (unread, lost) = ((long)_unread.GetValueOrDefault(stream.Device.Id), (long)_lost.GetValueOrDefault(stream.Device.Id));
            foreach (var signal in stream.Device.Signals)
            {
                var (entry, lastSource) = read.GetValueOrDefault(signal.Index);
                spool.Ledger.Restore(signal.Index, Balanced(entry.Reopened(_again[signal.Index]), _kept[signal.Index], ref unread, ref lost));
                if (lastSource != 0)
                {
                    restoreLastSource(signal.Index, lastSource);
                }
            }
        }
    }

    /// <summary>
    /// The counters are of the last commit. Samples that came into the log after it lay in rings or are produced besides; what the sums lack
    /// is gone from the disk and pending, or was given up, as many as are known of; the rest was in memory only, like what lay in rings: refused.
    /// </summary>
    private static LedgerEntry Balanced(LedgerEntry entry, long kept, ref long unread, ref long lost)
    {
        var lacking = entry.Pending - kept;
        if (lacking < 0)
        {
            entry = entry.Spooling(-lacking);
        }
        else
        {
            var pending = Math.Min(lacking, unread);
            unread -= pending;
            var dropped = Math.Min(lacking - pending, lost);
            lost -= dropped;
            entry = entry with { DroppedOther = entry.DroppedOther + dropped, Spooled = entry.Spooled - (lacking - pending - dropped) };
        }

        return entry with { RefusedAtOutput = entry.RefusedAtOutput + Math.Max(0, entry.InRings) };
    }

    private void Tell(LogOpening found, bool isNewNumbering, bool isEndInDoubt)
    {
        if (_damaged > 0)
        {
            _words.Add($"{found.Holes} damaged places, or missing files, on the disk took {_damaged} samples; gap records tell the historians. Look at the disk's health (dmesg, smartctl, mmc extcsd read), and let nobody delete files there");
        }

        foreach (var path in found.Unreadable)
        {
            _words.Add($"a file of the spool cannot be read, by this version at least, and what it held becomes a gap; it lies aside: {path}");
        }

        if (isEndInDoubt)
        {
            _words.Add("the newest file on the disk is damaged, cut off or gone; what was in it and in no other is lost. The samples are numbered anew and what waits is sent again, so that none of today's is taken for a lost one. Look at the disk's health");
        }
        else if (isNewNumbering)
        {
            _words.Add("the machine went down without an orderly stop; the samples of the last moments may be missing. \"spool\": { \"fsync\": \"every\" } prevents that");
        }
    }
}
