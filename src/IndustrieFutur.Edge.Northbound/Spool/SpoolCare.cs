using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// What a person may do to a spool's folder while no service has it: send again what is still there, or give up what waits. The next service
/// finds it as if it had been so.
/// </summary>
public static class SpoolCare
{
    /// <summary>
    /// All that the disk still has of a device, or of all (null), is sent again at the next start, under a new epoch, since every historian is
    /// past the old one. Returns the samples; a store that has them has them once. Throws <see cref="IOException"/> when the disk refuses.
    /// </summary>
    public static ulong Replay(string folder, string? device) => Change(folder, device, Again);

    /// <summary>
    /// What waits of a device, or of all (null), is given up: a gap tells the historians, and the ledger counts it as dropped. Returns the
    /// samples. Throws <see cref="IOException"/> when the disk refuses.
    /// </summary>
    public static ulong Purge(string folder, string? device) => Change(folder, device, GivenUp);

    private static ulong Change(string folder, string? device, Func<LogStream, SpoolHead, (SpoolHead Head, ulong Samples)> change)
    {
        // No bound: nothing is to make room here.
        var terms = new LogTerms { BytesMax = long.MaxValue, AgeMax = TimeSpan.MaxValue, FreeBytesMin = 0 };
        using var log = new SegmentLog(folder, terms, new LogDisk(), TimeProvider.System);
        log.Open();
        var sum = 0ul;
        foreach (var stream in log.Streams.Where(stream => (device is null || stream.Name == device) && !stream.Found.IsEmpty))
        {
            var note = log.Notes.Find(SpoolRecovery.HeadKey(stream.Name));
            var (head, samples) = change(stream, note is null ? new SpoolHead(stream.Epoch, stream.Found.Ranges[0].First, 0, []) : SpoolHead.Read(note.Value));
            Note(log, stream, head);
            sum += samples;
        }

        return log.CommitAndSync() ? sum : throw new IOException(log.Trouble?.Sentence ?? "the disk refuses");
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
        SpoolHead.WriteEnd(writer, head.AgainEnd, head.Unread, head.Unheard);
        writer.Flush();
        log.SetNote(SpoolRecovery.HeadKey(stream.Name), bytes.ToArray());
    }
}
