using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>The spool on the disk under kills, outages, full and failing disks: what was accepted arrives, or a gap says that it does not.</summary>
public sealed class SpoolOnDiskTests : IDisposable
{
    private readonly DiskScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void What_was_committed_comes_back_after_a_kill_under_its_numbers_and_its_epoch()
    {
        _scene.Append(30);
        _scene.Spool.Store();
        var epoch = _scene.Stream.Epoch;
        _scene.Append(5);
        _scene.Kill();

        Assert.Equal((30L, epoch, 31ul), (_scene.Opening.Restored, _scene.Stream.Epoch, _scene.Stream.Next));
        Assert.Equal((30, 30), ((int)_scene.Entry.Pending, (int)_scene.Entry.Spooled));
        Assert.Equal(1_000, _scene.LastSources[TestPlan.Number]);
        _scene.Append(10);
        _scene.Spool.Store();
        _scene.SendAll();
        Assert.Equal(40, _scene.Historian.Numbers.Count);
        Assert.True(_scene.Entry.IsBalanced);
    }

    [Fact]
    public void Nothing_is_sent_before_it_is_committed()
    {
        _scene.Append(30);
        _scene.SendAll(store: false);
        Assert.Empty(_scene.Historian.Numbers);

        _scene.Spool.Store();
        _scene.SendAll(store: false);
        Assert.Equal(30, _scene.Historian.Numbers.Count);
    }

    [Fact]
    public void A_backlog_much_larger_than_memory_is_sent_whole_and_its_texts_with_it()
    {
        for (var i = 0; i < 200; i++)
        {
            _scene.Append(100);
            _scene.AppendText($"code {i}");
            _scene.Spool.Store();
        }

        Assert.Equal(20_200, _scene.Spool.Pending);
        _scene.Converge();

        Assert.Equal((20_000, 200), (_scene.Historian.Numbers.Count, _scene.Historian.Texts.Count));
        Assert.Contains("code 137", _scene.Historian.Texts.Values);
        Assert.Equal((20_000, 0), ((int)_scene.Entry.Stored, (int)_scene.Entry.Dropped));
        Assert.Empty(_scene.Historian.Gaps.Ranges);
    }

    [Fact]
    public void What_a_historian_asks_for_is_not_kept_waiting_by_a_backlog_behind_it()
    {
        _scene.Append(1_000, arrivalMonoNanos: 1);
        _scene.Spool.Store();
        const long now = 3_600_000_000_000;
        Assert.Equal((1ul, true), _scene.TakeOne(now));
        Assert.Equal((101ul, true), _scene.TakeOne(now));

        _scene.Spool.RequestReplay(new ReplayMessage("plc", StreamSpool.Hex(_scene.Stream.Epoch), 51, 100));

        Assert.Equal((51ul, true), _scene.TakeOne(now));
        Assert.Equal((201ul, true), _scene.TakeOne(now));
    }

    [Fact]
    public void What_comes_back_late_is_marked_as_replayed_and_still_goes_first()
    {
        _scene.Append(100, arrivalMonoNanos: 1);
        _scene.Spool.Store();
        _scene.TakeAndReturn(monoNow: 1);
        Assert.Equal((1ul, false), _scene.TakeOne(monoNow: 1_000_000_000));

        _scene.Append(100, arrivalMonoNanos: 1_000_000_000);
        _scene.Spool.Store();
        _scene.TakeAndReturn(monoNow: 1_000_000_000);
        const long now = 3_600_000_000_000;
        _scene.Append(100, arrivalMonoNanos: now);
        _scene.Spool.Store();

        Assert.Equal((101ul, true), _scene.TakeOne(now));
        Assert.Equal((201ul, false), _scene.TakeOne(now));
    }

    [Fact]
    public void Live_samples_go_first_while_a_backlog_drains_at_its_pace_and_is_marked()
    {
        _scene.Append(3_000, arrivalMonoNanos: 1);
        _scene.Spool.Store();
        const long now = 3_600_000_000_000;
        var (first, isReplay) = _scene.TakeOne(now);
        Assert.Equal((1ul, true), (first, isReplay));

        _scene.Append(100, arrivalMonoNanos: now);
        _scene.Spool.Store();
        Assert.Equal((3_001ul, false), _scene.TakeOne(now + 500_000_000));
        Assert.Equal((101ul, true), _scene.TakeOne(now + 500_000_000));
    }

    [Fact]
    public void A_disk_that_fails_does_not_stop_the_flow_and_no_number_is_given_twice()
    {
        _scene.Append(50);
        _scene.Spool.Store();
        _scene.SendAll();
        var epoch = _scene.Stream.Epoch;
        _scene.Disk.WriteFails = new IOException("No space left on device", 28);
        _scene.Append(50);
        _scene.Spool.Store();
        _scene.SendAll();

        Assert.NotEqual(epoch, _scene.Stream.Epoch);
        Assert.Equal(LogTroubleKind.Full, _scene.Spool.Trouble!.Kind);
        Assert.Equal(100, _scene.Historian.Numbers.Count);

        // Killed now, the disk knows of 50 numbers of the old epoch: none of the others was sent under it.
        _scene.Kill();
        Assert.Equal((epoch, 51ul), (_scene.Stream.Epoch, _scene.Stream.Next));
    }

    [Fact]
    public void A_disk_that_is_well_again_takes_what_memory_kept()
    {
        _scene.Disk.WriteFails = new IOException("No space left on device", 28);
        _scene.Append(500);
        _scene.Spool.Store();
        _scene.Mend();

        Assert.Null(_scene.Spool.Trouble);
        Assert.Equal(0, _scene.Spool.NotOnDisk);
        var epoch = _scene.Stream.Epoch;
        _scene.Kill();
        Assert.Equal((500L, epoch), (_scene.Opening.Restored, _scene.Stream.Epoch));
    }

    [Fact]
    public void While_the_disk_fails_memory_drops_its_oldest_with_a_gap_and_the_sums_hold()
    {
        OverflowWhileTheDiskFails();
        _scene.Converge();

        var entry = _scene.Entry;
        Assert.True(entry.DroppedSpoolFull > 100_000, $"{entry}");
        Assert.Equal(500_100, entry.Stored + entry.Dropped);
        Assert.Equal(entry.Stored, _scene.Historian.Numbers.Count);
        Assert.Equal((ulong)entry.Dropped, _scene.Historian.Gaps.Count);
    }

    [Fact]
    public void While_the_disk_fails_what_left_memory_for_it_is_sent_all_the_same()
    {
        _scene.Disk.WriteFails = new IOException("Input/output error", 5);
        for (var i = 0; i < 10; i++)
        {
            _scene.Append(2_000);
            _scene.Spool.Store();
        }

        _scene.Converge();

        Assert.Equal((0L, 20_000L, 0L), (_scene.Spool.Pending, _scene.Entry.Stored, _scene.Entry.Dropped));
        Assert.Equal(20_000, _scene.Historian.Numbers.Count);
        Assert.All(_scene.Historian.Numbers, pair => Assert.Equal(_scene.ValueOf(pair.Key), pair.Value));
    }

    [Fact]
    public void A_gap_whose_message_was_lost_is_told_with_its_own_cause_when_its_numbers_are_asked_for()
    {
        OverflowWhileTheDiskFails();
        _scene.LoseAll();
        _scene.Converge();

        Assert.True(_scene.Entry.DroppedSpoolFull > 100_000, $"{_scene.Entry}");
        Assert.Equal((ulong)_scene.Entry.Dropped, _scene.Historian.Gaps.Count);
        Assert.All(_scene.Historian.Stored(_scene.Stream).Streams[0].Refused, refused => Assert.Equal((byte)DropCause.SpoolFull, refused.Cause));
        Assert.Equal(0ul, _scene.Stream.Damaged);
    }

    [Fact]
    public void What_memory_overflows_with_while_a_file_is_begun_is_stored_or_dropped_and_never_both()
    {
        var begun = 0;
        _scene.Disk.Beginning = () =>
        {
            begun++;
            _scene.Append(10_000);
        };
        for (var i = 0; i < 400; i++)
        {
            _scene.Append(4_000);
            _scene.Spool.Store();
        }

        _scene.Disk.Beginning = null;
        _scene.Converge();

        var entry = _scene.Entry;
        Assert.True(begun > 2 && entry.Dropped > 0, $"{begun} files, {entry}");
        Assert.Equal(1_600_000 + (10_000 * begun), entry.Stored + entry.Dropped);
        Assert.Equal(entry.Stored, _scene.Historian.Numbers.Count);
        Assert.Equal((ulong)entry.Dropped, _scene.Historian.Gaps.Count);
    }

    [Fact]
    public void A_full_spool_drops_its_oldest_segment_and_gaps_say_exactly_what_is_lost()
    {
        using var scene = new DiskScene(diskMegabytes: 64);
        for (var i = 0; i < 300; i++)
        {
            scene.AppendInTime(10_000);
        }

        Assert.InRange(scene.Spool.BytesOnDisk, 1, 64L << 20);
        scene.Converge();
        var entry = scene.Entry;
        Assert.True(entry.DroppedSpoolFull > 500_000, $"{entry}");
        Assert.Equal(3_000_000, entry.Stored + entry.Dropped);
        Assert.All(scene.Historian.Numbers, pair => Assert.Equal(scene.ValueOf(pair.Key), pair.Value));
        Assert.Equal(entry.Stored, scene.Historian.Numbers.Count);
        Assert.Equal((ulong)entry.Dropped, scene.Historian.Gaps.Count);
    }

    [Fact]
    public void A_damaged_segment_costs_what_the_gap_says_and_the_ledger_balances()
    {
        for (var i = 0; i < 40; i++)
        {
            _scene.Append(50);
            _scene.Spool.Store();
        }

        _scene.Kill(beforeOpening: () => Flip(Directory.GetFiles(_scene.Folder, "*.seg").Single()));
        Assert.InRange(_scene.Opening.LostNumbers, 1ul, 200ul);
        _scene.Converge();

        var entry = _scene.Entry;
        Assert.Equal((long)_scene.Opening.LostNumbers, entry.DroppedOther);
        Assert.Equal((2_000L, (long)_scene.Historian.Numbers.Count), (entry.Stored + entry.Dropped, entry.Stored));
        Assert.Equal(_scene.Opening.LostNumbers, _scene.Historian.Gaps.Count);
    }

    [Fact]
    public void What_everybody_has_leaves_the_disk()
    {
        for (var i = 0; i < 200; i++)
        {
            _scene.AppendInTime(10_000);
            _scene.Converge();
            _scene.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        _scene.Spool.Store();
        Assert.InRange(Directory.GetFiles(_scene.Folder).Length, 1, 3);
        Assert.Equal(2_000_000, _scene.Entry.Stored);
    }

    [Fact]
    public void Samples_of_a_signal_that_the_plan_lost_become_a_gap_and_the_others_are_found_by_name()
    {
        _scene.AppendText("gone");
        _scene.Append(3);
        _scene.Spool.Store();
        _scene.Kill(plan: TestPlan.Make(removed: "text"));

        Assert.Equal((4L, 1L), (_scene.Opening.Restored, _scene.Opening.Orphans["plc.text"]));
        _scene.Converge();
        Assert.Equal([new SequenceRange(1, 1)], _scene.Historian.Gaps.Ranges);
        Assert.Equal([2ul, 3ul, 4ul], _scene.Historian.Numbers.Keys);
    }

    [Fact]
    public void The_commit_knows_how_far_the_ring_is_safe()
    {
        _scene.AppendByRing(20);
        _scene.Spool.Store();
        _scene.AppendByRing(5);
        _scene.Kill();
        Assert.Equal(20ul, _scene.Opening.Position.Sample);
    }

    [Fact]
    public void An_orderly_stop_loses_nothing_and_a_machine_that_went_down_begins_a_new_numbering()
    {
        _scene.Append(30);
        var epoch = _scene.Stream.Epoch;
        Assert.True(_scene.Spool.Close());
        _scene.Kill();
        Assert.Equal((30L, epoch, false), (_scene.Opening.Restored, _scene.Stream.Epoch, _scene.Opening.IsNewNumbering));

        _scene.Spool.Store();
        _scene.Kill(beforeOpening: () => _scene.PretendAnotherBoot());
        Assert.True(_scene.Opening.IsNewNumbering);
        Assert.NotEqual(epoch, _scene.Stream.Epoch);
        _scene.Converge();
        Assert.Equal(30, _scene.Historian.Numbers.Count);
    }

    [Fact]
    public void Whatever_moment_it_is_killed_at_every_committed_sample_is_stored_once_or_in_a_gap()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Storm(seed);
        }
    }

    [Fact]
    public void What_came_out_of_the_ring_after_the_last_commit_is_produced_once_and_none_of_it_refused()
    {
        var wasAhead = false;
        for (var taken = 0; taken < 1_400; taken += 40)
        {
            using var scene = new DiskScene();
            scene.WriteToRing(10);
            scene.Spool.Store();
            scene.Drain();
            scene.Disk.KilledBehind = taken;
            Assert.Throws<OperationCanceledException>(scene.Spool.Store);

            scene.Kill();

            var entry = scene.Entry;
            wasAhead |= scene.Opening.Ahead.Count > 0;
            Assert.Equal((10, scene.Opening.Restored, 10 - scene.Opening.Restored), (entry.Produced, entry.Spooled, entry.Refused));
        }

        Assert.True(wasAhead, "no cut left samples without the word of their commit");
    }

    /// <summary>More than memory and the log's tail hold; then the disk is well.</summary>
    private void OverflowWhileTheDiskFails()
    {
        _scene.Append(100);
        _scene.Spool.Store();
        _scene.Disk.WriteFails = new IOException("Input/output error", 5);
        for (var i = 0; i < 50; i++)
        {
            _scene.Append(10_000);
            _scene.Spool.Store();
        }

        _scene.Mend();
    }

    private static void Storm(int seed)
    {
        using var scene = new DiskScene();
        var random = new Random(seed);
        for (var step = 0; step < 150; step++)
        {
            scene.Append(random.Next(0, 200));
            if (random.Next(3) > 0)
            {
                scene.Spool.Store();
            }

            scene.SendSome(random);
            if (random.Next(3) == 0)
            {
                scene.Talk();
            }

            if (random.Next(12) == 0)
            {
                scene.Kill();
            }
        }

        scene.Spool.Store();
        scene.Converge();
        var entry = scene.Entry;
        Assert.True(scene.Spool.Pending == 0, $"seed {seed}: {scene.Spool.Pending} pending");
        Assert.True(entry.IsBalanced && entry.Spooled == entry.Stored + entry.Dropped, $"seed {seed}: {entry}");
        Assert.True(entry.Dropped == 0, $"seed {seed}: {entry}");
        Assert.True(scene.Historian.Numbers.Count == entry.Stored, $"seed {seed}: stored {entry.Stored}, but the historian has {scene.Historian.Numbers.Count}");
        Assert.True(scene.Historian.Numbers.All(pair => pair.Value == scene.ValueOf(pair.Key)), $"seed {seed}: a number has another's value");
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().LastIndexOfAnyExcept((byte)0) / 2] ^= 8;
        File.WriteAllBytes(path, bytes);
    }
}
