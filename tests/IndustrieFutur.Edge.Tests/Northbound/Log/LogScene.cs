using System.Text;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Northbound.Log;

/// <summary>A log in a folder of its own: opened, filled with samples whose value is their number, killed, opened again.</summary>
internal sealed class LogScene : IDisposable
{
    /// <summary>Every so many samples there is one with a text.</summary>
    private const ulong TextEvery = 7;

    private readonly LogBatch _batch = new();
    private readonly bool _ownsFolder;

    public LogScene(LogTerms? terms = null, string? folder = null, Action<LogDrop>? dropping = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("log-").FullName;
        Terms = terms ?? new LogTerms { SegmentBytes = 64 << 10, TailBytes = 64 << 10, FreeBytesMin = 0, Fsync = FsyncPolicy.Os };
        Disk = new FailingDisk(Clock);
        Log = NewLog(dropping);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FailingDisk Disk { get; }

    public string Folder { get; }

    public LogTerms Terms { get; }

    public SegmentLog Log { get; private set; }

    public LogStream Plc => Log.Stream("plc");

    public string[] Files => [.. Directory.GetFiles(Folder, "*.seg").Order()];

    public SegmentLog NewLog(Action<LogDrop>? dropping = null) => new(Folder, Terms, Disk, Clock) { Dropping = dropping };

    /// <summary>As after a kill: nothing is flushed, another process opens what the files hold.</summary>
    public LogOpening Reopen(Action<LogStream, LogBatch>? onBatch = null)
    {
        Log = NewLog();
        return Log.Open(onBatch);
    }

    public bool Append(ulong first, int count, string stream = "plc", ulong epoch = 7)
    {
        _batch.Begin(epoch, first, tag: 3);
        for (var number = first; number < first + (ulong)count; number++)
        {
            var sample = new Sample(1, 0, (long)number, (long)number * 1_000, 0);
            Assert.True(number % TextEvery == 0 ? _batch.TryAdd(sample, Encoding.UTF8.GetBytes($"text {number}")) : _batch.TryAdd(sample));
        }

        return Log.TryAppend(Log.Stream(stream), _batch);
    }

    /// <summary>Reads a stream from the files, from a number on, and looks that every sample is what was appended under its number.</summary>
    public SequenceSet Read(ulong from = 1, string stream = "plc")
    {
        using var reader = Log.Reader(Log.Stream(stream));
        using var batch = new LogBatch();
        var found = new SequenceSet();
        for (var number = from; reader.TryRead(number, batch); number = batch.Last + 1)
        {
            Check(batch);
            found.Add(new SequenceRange(batch.First, batch.Last));
        }

        return found;
    }

    public static void Check(LogBatch batch)
    {
        Assert.Equal(3u, batch.Tag);
        var number = batch.First;
        foreach (ref readonly var sample in batch.Samples)
        {
            Assert.Equal((long)number * 1_000, sample.SourceUtcNanos);
            if (number % TextEvery == 0)
            {
                Assert.Equal($"text {number}", Encoding.UTF8.GetString(batch.Text(sample)));
            }
            else
            {
                Assert.Equal((long)number, sample.Bits);
            }

            number++;
        }
    }

    public static SequenceRange[] Range(ulong first, ulong last) => [new SequenceRange(first, last)];

    public void Dispose()
    {
        Log.Dispose();
        _batch.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
