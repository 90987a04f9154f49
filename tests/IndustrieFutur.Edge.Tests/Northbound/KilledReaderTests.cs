namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A spool on the disk over a ring that outlives it: killed at any moment, each sample is accepted under one number and stored once.</summary>
public sealed class KilledReaderTests : IDisposable
{
    private readonly DiskScene _scene = new(keepsRing: true);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void What_is_committed_gives_its_slots_back_before_anybody_has_confirmed_it()
    {
        _scene.AppendByRing(20);
        Assert.Equal(20, _scene.Ring.Held);

        _scene.Spool.Store();
        _scene.Drain();

        Assert.Equal((0, 20L), (_scene.Ring.Held, _scene.Spool.Pending));
    }

    [Fact]
    public void After_a_kill_only_what_was_not_committed_is_read_again_and_the_epoch_stays()
    {
        _scene.AppendByRing(20);
        _scene.Spool.Store();
        _scene.AppendByRing(5);
        var epoch = _scene.Stream.Epoch;

        _scene.Kill();

        Assert.Equal((20ul, 20L, 5), (_scene.Opening.Position.Sample, _scene.Opening.Restored, _scene.ReadAgain));
        Assert.Equal((epoch, 26ul), (_scene.Stream.Epoch, _scene.Stream.Next));
        AssertStoredOnce("");
    }

    [Fact]
    public void A_commit_that_is_cut_short_anywhere_brings_no_sample_under_a_second_number()
    {
        var wasAhead = false;
        for (var taken = 0; taken < 1_400; taken += 40)
        {
            using var scene = new DiskScene(keepsRing: true);
            scene.AppendByRing(20);
            scene.Spool.Store();
            scene.AppendByRing(10);
            scene.Disk.KilledBehind = taken;
            Assert.Throws<OperationCanceledException>(scene.Spool.Store);

            scene.Kill();

            wasAhead |= scene.Opening.Ahead.Count > 0;
            Assert.Equal(31ul, scene.Stream.Next);
            AssertStoredOnce(scene, $"{taken} bytes were taken");
        }

        Assert.True(wasAhead, "no cut left samples without the word of their commit");
    }

    [Fact]
    public void While_the_disk_fails_a_confirmed_sample_gives_its_slot_back()
    {
        _scene.Disk.WriteFails = new IOException("No space left on device", 28);
        _scene.AppendByRing(10);
        _scene.Spool.Store();
        _scene.Drain();
        Assert.Equal(10, _scene.Ring.Held);

        _scene.SendAll();
        _scene.Talk();
        _scene.Drain();

        Assert.Equal(0, _scene.Ring.Held);
    }

    [Fact]
    public void A_commit_does_not_speak_of_a_place_in_the_ring_that_the_log_has_not_reached()
    {
        _scene.AppendByRing(10);
        _scene.Spool.Store();
        _scene.Disk.WriteFails = new IOException("Input/output error", 5);

        // More than the log's tail holds: some of it waits in memory.
        for (var i = 0; i < 200; i++)
        {
            _scene.AppendByRing(2_000);
            _scene.Spool.Store();
        }

        // The disk is well again, and takes the tail alone before the kill.
        _scene.Mend();
        _scene.Kill();

        Assert.InRange(_scene.Opening.Position.Sample, 10ul, (ulong)_scene.Produced - 2_000);
        Assert.InRange(_scene.ReadAgain, 1, _scene.Ring.Capacity);
        Assert.True(_scene.Entry.IsBalanced, $"{_scene.Entry}");
        Assert.Equal(_scene.Produced, _scene.Entry.Dropped + _scene.Entry.Pending);
    }

    [Fact]
    public void Whatever_moment_it_is_killed_at_each_sample_is_stored_once()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Storm(seed);
        }
    }

    private static void Storm(int seed)
    {
        using var scene = new DiskScene(keepsRing: true);
        var random = new Random(seed);
        for (var step = 0; step < 150; step++)
        {
            scene.AppendByRing(random.Next(0, 60));
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
                Kill(scene, random);
            }
        }

        AssertStoredOnce(scene, $"seed {seed}");
    }

    /// <summary>Between two commits, or in the midst of one.</summary>
    private static void Kill(DiskScene scene, Random random)
    {
        if (random.Next(2) == 0)
        {
            scene.Disk.KilledBehind = random.Next(0, 6_000);
            _ = Record.Exception(scene.Spool.Store);
        }

        scene.Kill();
    }

    private static void AssertStoredOnce(DiskScene scene, string when)
    {
        scene.Drain();
        scene.Converge();
        scene.Drain();
        var entry = scene.Entry;
        Assert.True(scene.Spool.Pending == 0 && scene.Ring.Held == 0, $"{when}: {scene.Spool.Pending} pending, {scene.Ring.Held} held");
        Assert.True(entry.IsBalanced && entry.Stored == scene.Produced && entry.Dropped == 0, $"{when}: {entry}");
        Assert.True(scene.Historian.Numbers.Values.SequenceEqual(Enumerable.Range(1, (int)scene.Produced).Select(value => (double)value)), $"{when}: not each sample once, in order");
        Assert.True(scene.Historian.Gaps.IsEmpty, when);
    }

    private void AssertStoredOnce(string when) => AssertStoredOnce(_scene, when);
}
