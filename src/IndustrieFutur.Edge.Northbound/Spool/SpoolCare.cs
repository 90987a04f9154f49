using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// What a person may do to a spool's folder while no service has it: send again what is still there, or give up what waits. The next service
/// finds it as if it had been so.
/// </summary>
public static class SpoolCare
{
    /// <summary>Taken beforehand: notes are all that is written here, and a full disk may have but the page that an older file gave back.</summary>
    private const int SegmentBytes = 4 << 10;

    /// <summary>
    /// All that the disk still has of a device, or of all (null), is sent again at the next start, under a new epoch, since every historian is
    /// past the old one. Returns the samples; a store that has them has them once. Throws <see cref="IOException"/> when the disk refuses.
    /// </summary>
    public static ulong Replay(string folder, string? device)
    {
        using var log = Open(folder, new LogDisk());
        var samples = Change(log, device, Again);
        return log.CommitAndSync() ? samples : throw Refused(log);
    }

    /// <summary>
    /// What waits of a device, or of all (null), is given up: a gap tells the historians, and the ledger counts it as dropped. Returns the
    /// samples. Throws <see cref="IOException"/> when the disk refuses.
    /// </summary>
    public static ulong Purge(string folder, string? device) => Purge(folder, device, new LogDisk());

    /// <summary>On a full disk the oldest files that only hold what was given up make room for the word of it; a kill in between leaves them as damage does.</summary>
    internal static ulong Purge(string folder, string? device, ILogDisk disk)
    {
        using var log = Open(folder, disk);
        var samples = Change(log, device, GivenUp);
        foreach (var stream in log.Streams.Where(stream => device is null || stream.Name == device))
        {
            stream.Released = stream.SafeNext - 1;
        }

        while (!log.CommitAndSync())
        {
            if (log.Trouble?.Kind != LogTroubleKind.Full || !log.DeleteReleased())
            {
                throw Refused(log);
            }
        }

        return samples;
    }

    private static SegmentLog Open(string folder, ILogDisk disk)
    {
        // No bound: nothing is to make room here.
        var log = new SegmentLog(folder, new LogTerms { SegmentBytes = SegmentBytes, BytesMax = long.MaxValue, AgeMax = TimeSpan.MaxValue, FreeBytesMin = 0 }, disk, TimeProvider.System);
        log.Open();
        return log;
    }

    private static IOException Refused(SegmentLog log) => new(log.Trouble switch
    {
        { Kind: LogTroubleKind.Full } => "its disk is full.",
        { } trouble => trouble.Sentence,
        null => "the disk refuses.",
    });

    private static ulong Change(SegmentLog log, string? device, Func<LogStream, SpoolHead, (SpoolHead Head, ulong Samples)> change)
    {
        var sum = 0ul;
        foreach (var stream in log.Streams.Where(stream => (device is null || stream.Name == device) && !stream.Found.IsEmpty))
        {
            var note = log.Notes.Find(SpoolRecovery.HeadKey(stream.Name));
            var (head, samples) = change(stream, note is null ? new SpoolHead(stream.Epoch, stream.Found.Ranges[0].First, 0, []) : SpoolHead.Read(note.Value));
            Note(log, stream, head);
            sum += samples;
        }

        return sum;
    }

    private static (SpoolHead Head, ulong Samples) Again(LogStream stream, SpoolHead head) =>
        (head with { Epoch = TelemetrySpool.NewEpoch(), Oldest = stream.Found.Ranges[0].First, Next = NextOf(stream, head), AgainEnd = Math.Max(head.Oldest, head.AgainEnd) }, stream.Found.Count);

    private static (SpoolHead Head, ulong Samples) GivenUp(LogStream stream, SpoolHead head)
    {
        var next = NextOf(stream, head);
        var waiting = stream.Found.Ranges.Where(range => range.Last >= head.Oldest).Aggregate(0ul, (all, range) => all + (range.Last - Math.Max(range.First, head.Oldest) + 1));
        var first = head.GivenUp.First > 0 && head.GivenUp.Last + 1 == head.Oldest ? head.GivenUp.First : head.Oldest;
        return (head with { Oldest = next, Next = next, GivenUp = waiting > 0 ? new SequenceRange(first, next - 1) : head.GivenUp }, waiting);
    }

    private static ulong NextOf(LogStream stream, SpoolHead head) => Math.Max(Math.Max(head.Next, head.Oldest), stream.SafeNext);

    private static void Note(SegmentLog log, LogStream stream, SpoolHead head)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var gaps = head.Gaps.Where(gap => head.GivenUp.First == 0 || gap.To < head.GivenUp.First).Select(gap => new GapRecord(gap.From, gap.To, gap.Cause, 0));
        SpoolHead.Write(writer, head.Epoch, head.Oldest, head.Next, [.. gaps], head.GivenUp);

        // No sink has confirmed anything under a numbering that begins anew.
        writer.Write(0);
        SpoolHead.WriteEnd(writer, head.AgainEnd, head.Unread, head.Unheard, head.Shared);
        writer.Flush();
        log.SetNote(SpoolRecovery.HeadKey(stream.Name), bytes.ToArray());
    }
}
