using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Northbound.Log;

/// <summary>The log as it should be used: what goes in comes out, in groups, in bounds, without garbage.</summary>
public sealed class SegmentLogTests
{
    private static readonly LogTerms Small = new() { SegmentBytes = 64 << 10, TailBytes = 64 << 10, FreeBytesMin = 0, Fsync = FsyncPolicy.Os };

    [Fact]
    public void The_checksum_is_that_of_rfc_3720()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
    }

    [Fact]
    public void What_was_committed_is_there_after_a_kill()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        scene.Append(1, 100);
        scene.Append(101, 50);
        scene.Log.Commit();
        scene.Append(151, 10);

        var found = new SequenceSet();
        var opening = scene.Reopen((stream, batch) =>
        {
            LogScene.Check(batch);
            found.Add(new SequenceRange(batch.First, batch.Last));
        });

        Assert.Equal(LogScene.Range(1, 150), found.Ranges);
        Assert.Equal((150, 0), (opening.Samples, opening.Holes));
        Assert.Equal((7ul, 151ul), (scene.Plc.Epoch, scene.Plc.SafeNext));
        Assert.Equal(LogScene.Range(1, 150), scene.Read().Ranges);
    }

    [Fact]
    public void A_range_is_read_from_its_middle_across_segments_and_among_other_streams()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        for (var i = 0; i < 200; i++)
        {
            scene.Append((ulong)(i * 50) + 1, 50);
            scene.Append((ulong)(i * 20) + 1, 20, "robot");
            scene.Log.Commit();
        }

        Assert.True(scene.Log.Segments > 3);
        Assert.Equal(LogScene.Range(4_951, 10_000), scene.Read(from: 4_990).Ranges);
        Assert.Equal(LogScene.Range(1, 4_000), scene.Read(stream: "robot").Ranges);
        Assert.Empty(scene.Read(from: 10_001).Ranges);
    }

    [Fact]
    public void A_reader_goes_on_with_what_was_written_since()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        using var reader = scene.Log.Reader(scene.Plc);
        using var batch = new LogBatch();
        for (var i = 0ul; i < 500; i++)
        {
            Assert.False(reader.TryRead((i * 50) + 1, batch));
            scene.Append((i * 50) + 1, 50);
            scene.Log.Commit();
            Assert.True(reader.TryRead((i * 50) + 1, batch));
            Assert.Equal((i * 50) + 1, batch.First);
        }
    }

    [Fact]
    public void A_group_is_written_when_its_time_or_its_size_has_come()
    {
        using var scene = new LogScene(Small with { CommitBytes = 8 << 10 });
        scene.Log.Open();
        scene.Append(1, 10);
        scene.Log.Tick();
        Assert.Equal((0, 0ul), (scene.Disk.Writes, scene.Plc.SafeNext));

        scene.Clock.Advance(scene.Terms.CommitEvery);
        scene.Log.Tick();
        Assert.Equal((1, 11ul), (scene.Disk.Writes, scene.Plc.SafeNext));

        scene.Append(11, 300);
        scene.Log.Tick();
        Assert.Equal((2, 311ul), (scene.Disk.Writes, scene.Plc.SafeNext));
    }

    [Fact]
    public void Every_commit_is_synced_or_one_in_a_while_or_none_as_the_policy_says()
    {
        Assert.Equal(20, SyncsOf(FsyncPolicy.Every));
        Assert.InRange(SyncsOf(FsyncPolicy.Interval), 1, 3);
        Assert.Equal(0, SyncsOf(FsyncPolicy.Os));
    }

    [Fact]
    public void An_idle_log_syncs_what_it_wrote_last()
    {
        using var scene = new LogScene(Small with { Fsync = FsyncPolicy.Interval });
        scene.Log.Open();
        scene.Append(1, 10);
        scene.Log.Commit();
        Assert.Equal(0, scene.Disk.Syncs);

        scene.Clock.Advance(scene.Terms.FsyncEvery);
        scene.Log.Tick();
        scene.Clock.Advance(scene.Terms.FsyncEvery);
        scene.Log.Tick();
        Assert.Equal(1, scene.Disk.Syncs);
    }

    [Fact]
    public void Notes_hold_all_together_with_their_commit_or_not_at_all()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        scene.Log.SetNote("a", "1"u8);
        scene.Log.SetNote("b", "1"u8);
        scene.Log.Commit();
        scene.Log.SetNote("a", "2"u8);
        scene.Log.SetNote("b", "2"u8);
        scene.Log.Commit();

        // The commit record of the second group is the last thing in the file: without it, neither of its notes holds.
        var path = scene.Files.Single();
        var bytes = File.ReadAllBytes(path);
        bytes[LastRecordAt(bytes) + 20] ^= 1;
        File.WriteAllBytes(path, bytes);
        scene.Reopen();

        Assert.Equal("1"u8, scene.Log.Notes.Find("a")!.Value);
        Assert.Equal("1"u8, scene.Log.Notes.Find("b")!.Value);
    }

    [Fact]
    public void Notes_outlive_the_segments_they_were_written_to()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        scene.Log.SetNote("watermark", "from the beginning"u8);
        for (var i = 0ul; i < 100; i++)
        {
            scene.Append((i * 200) + 1, 200);
            scene.Log.Commit();
            scene.Plc.Released = (i + 1) * 200;
            scene.Clock.Advance(TimeSpan.FromSeconds(2));
            scene.Log.Tick();
        }

        Assert.InRange(scene.Log.Segments, 1, 2);
        scene.Reopen();
        Assert.Equal("from the beginning"u8, scene.Log.Notes.Find("watermark")!.Value);
    }

    [Fact]
    public void A_full_log_drops_its_oldest_tells_before_it_does_and_keeps_a_gap()
    {
        var drops = new SequenceSet();
        LogScene? scene = null;
        using (scene = new LogScene(Small with { BytesMax = 256 << 10 }, dropping: drop =>
        {
            drops.Add(new SequenceRange(drop.From, drop.To));
            Assert.Equal(drop.From, scene!.Read(drop.From).Ranges[0].First);
        }))
        {
            scene.Log.Open();
            for (var i = 0ul; i < 100; i++)
            {
                scene.Append((i * 200) + 1, 200);
                scene.Log.Commit();
            }

            var kept = scene.Read().Ranges;
            Assert.InRange(scene.Log.BytesOnDisk, 1, scene.Terms.BytesMax);
            Assert.Equal((1ul, kept[0].First - 1, 20_000ul), (drops.Ranges[0].First, drops.Ranges[0].Last, kept[^1].Last));
            Assert.Equal((long)drops.Count, scene.Plc.Dropped);

            var opening = scene.Reopen();
            Assert.Equal(drops.Ranges, scene.Plc.FoundGaps.Ranges);
            Assert.Equal(0ul, opening.LostNumbers);
        }
    }

    [Fact]
    public void What_is_too_old_goes_and_what_is_released_goes_first()
    {
        using var scene = new LogScene(Small with { AgeMax = TimeSpan.FromDays(1) });
        scene.Log.Open();
        for (var i = 0ul; i < 30; i++)
        {
            scene.Append((i * 200) + 1, 200);
            scene.Log.Commit();
        }

        scene.Plc.Released = 1_000;
        scene.Clock.Advance(TimeSpan.FromHours(23));
        scene.Log.Tick();
        Assert.Equal(0, scene.Plc.Dropped);

        scene.Append(6_001, 200);
        scene.Log.Commit();
        scene.Clock.Advance(TimeSpan.FromHours(2));
        scene.Log.Tick();
        Assert.Equal(1, scene.Log.Segments);
        Assert.InRange(scene.Plc.Dropped, 1, 5_000);
        Assert.Equal(6_200ul, scene.Read().Ranges[^1].Last);
    }

    [Fact]
    public void A_new_epoch_goes_on_in_the_same_log()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        scene.Append(1, 100, epoch: 7);
        scene.Log.Commit();
        scene.Append(101, 100, epoch: 8);
        scene.Log.Commit();
        scene.Reopen();

        Assert.Equal((8ul, 201ul), (scene.Plc.Epoch, scene.Plc.SafeNext));
        using var reader = scene.Log.Reader(scene.Plc);
        using var batch = new LogBatch();
        Assert.True(reader.TryRead(1, batch));
        Assert.Equal(7ul, batch.Epoch);
    }

    [Fact]
    public void Appending_and_committing_allocate_nothing_per_sample()
    {
        using var scene = new LogScene(Small with { SegmentBytes = 32 << 20, TailBytes = 1 << 20 });
        scene.Log.Open();
        using var batch = new LogBatch();
        AppendMany(scene.Log, batch, from: 1, batches: 100);

        var from = 100_001ul;
        var allocated = AllocationGuard.BytesOf(() =>
        {
            AppendMany(scene.Log, batch, from, batches: 100);
            from += 100_000;
        });

        // A hundred thousand samples in 100 commits; a place in the index for each mebibyte of them.
        Assert.InRange(allocated, 0, 1_024);
        Assert.Null(scene.Log.Trouble);
    }

    [Fact]
    public void A_gap_record_is_found_again()
    {
        using var scene = new LogScene();
        scene.Log.Open();
        scene.Append(1, 10);
        scene.Log.TryAppendGap(scene.Plc, new LogGap(7, 11, 20, (byte)DropCause.PlanChanged));
        scene.Append(21, 10);
        scene.Log.Commit();

        Assert.Equal(0ul, scene.Reopen().LostNumbers);
        Assert.Equal(LogScene.Range(11, 20), scene.Plc.FoundGaps.Ranges);
        Assert.Equal(2, scene.Read().Ranges.Count);
    }

    private static void AppendMany(SegmentLog log, LogBatch batch, ulong from, int batches)
    {
        var stream = log.Streams.Count > 0 ? log.Streams[0] : log.Stream("plc");
        for (var i = 0; i < batches; i++)
        {
            batch.Begin(7, from + ((ulong)i * 1_000), 3);
            for (var sample = 0; sample < 1_000; sample++)
            {
                batch.TryAdd(new Sample(1, 0, sample, sample, 0));
            }

            log.TryAppend(stream, batch);
            log.Commit();
        }
    }

    private static int SyncsOf(FsyncPolicy policy)
    {
        using var scene = new LogScene(Small with { Fsync = policy });
        scene.Log.Open();
        for (var i = 0ul; i < 20; i++)
        {
            scene.Append((i * 10) + 1, 10);
            scene.Clock.Advance(TimeSpan.FromMilliseconds(100));
            scene.Log.Tick();
        }

        return scene.Disk.Syncs;
    }

    private static int LastRecordAt(byte[] bytes)
    {
        var at = 0;
        var last = 0;
        while (at + RecordHeader.Bytes <= bytes.Length && RecordHeader.At(bytes.AsSpan(at)).Magic == RecordHeader.MagicWord)
        {
            last = at;
            at += RecordHeader.At(bytes.AsSpan(at)).Stride;
        }

        return last;
    }
}
