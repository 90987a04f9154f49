using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>How much is kept while broker or store are away: the newest in memory, all of it on the disk.</summary>
public sealed class SpoolOptions
{
    private const long Megabyte = 1 << 20;

    [Range(1_000, 50_000_000)]
    [Description("Samples per device in memory; they bridge the time in which the disk takes nothing. 1,000,000 take 32 MB and hold 16 minutes at 1,000 samples a second.")]
    public int SamplesPerDevice { get; init; } = 1_000_000;

    [Range(128, 10_000_000)]
    [Description("Megabytes on the disk, all devices together; when full the oldest are dropped, with a gap record (but see \"drop\"). 4096 hold a day and a half at 1,000 samples a second, and are an eighth of the smallest eMMC in use.")]
    public int DiskMegabytes { get; init; } = 4_096;

    [Description("What is dropped, with a gap record, when it is full: oldest (what comes makes room), or newest (what comes is refused until the backlog has drained: the beginning of an outage is kept). A device can say otherwise by \"spoolDrop\".")]
    public DropPolicy Drop { get; init; } = DropPolicy.Oldest;

    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    [Description("What is older is dropped from the disk, with a gap record: a broker that is away for a month does not come back as it was.")]
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    [Range(0, 10_000_000)]
    [Description("Megabytes of the disk that stay free for everybody else: below that the spool does not grow. 512 let the system log and an update go on.")]
    public int FreeMegabytes { get; init; } = 512;

    [Description("When what was written also survives a cut of the power: every (commit), interval, os (when the system likes). A killed service loses nothing either way. \"every\" writes an eMMC ten times as often as \"interval\": wear, for the last second's samples.")]
    public FsyncPolicy Fsync { get; init; } = FsyncPolicy.Interval;

    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    [Description("With \"fsync\": \"interval\", how often. A second is what a power cut may cost; at 16 KiB a sync an eMMC then sees 1.4 GB a day, which it bears for ten years.")]
    public TimeSpan FsyncEvery { get; init; } = TimeSpan.FromSeconds(1);

    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:05")]
    [Description("How often what was accepted is written; samples are sent once they are. 100ms are less than a batch waits for company.")]
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    [Range(16, 4_096)]
    [Description("Kilobytes of accepted samples that are written although \"commitEvery\" is not over: 256 are 8,000 samples. With a long interval it bounds what waits in memory only.")]
    public int CommitKilobytes { get; init; } = 256;

    [Range(1_000, 10_000_000)]
    [Description("Samples a second at which a backlog or a replay is sent beside the live ones. 50,000 drain a night of 1,000 a second in ten minutes and leave a broker nine tenths of its time.")]
    public int ReplayPerSecond { get; init; } = 50_000;

    /// <summary>Room is made, and a lost file costs, a segment at a time: a small share has smaller ones.</summary>
    private int SegmentBytes => (int)Math.Min(16 * Megabyte, DiskMegabytes * Megabyte / 16);

    /// <summary>Samples that fill a commit.</summary>
    public long SamplesPerCommit() => CommitKilobytes * 1_024L / LogBatch.SampleBytes;

    internal LogTerms ToTerms() => new()
    {
        SegmentBytes = SegmentBytes,
        TailBytes = (int)Math.Min(8 * Megabyte, SegmentBytes),
        BytesMax = DiskMegabytes * Megabyte,
        AgeMax = Age,
        FreeBytesMin = FreeMegabytes * Megabyte,
        Fsync = Fsync,
        FsyncEvery = FsyncEvery,
        CommitBytes = CommitKilobytes << 10,

        // The disk's thread comes at that interval, or for so many samples, and what it brings is due.
        CommitEvery = TimeSpan.Zero,
    };
}
