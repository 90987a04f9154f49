using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>Files of the spool gone, cut or damaged, the running service or the dead one: the loss is told to the number, and no number means two samples.</summary>
public sealed class SpoolFaultsTests : IDisposable
{
    private readonly DiskScene _scene = new(diskMegabytes: 64);

    public void Dispose() => _scene.Dispose();

    private string[] Segments => [.. Directory.GetFiles(_scene.Folder, "*.seg").Order(StringComparer.Ordinal)];

    [Fact]
    public void The_oldest_file_gone_at_a_start_is_a_gap_and_dropped_in_the_ledger()
    {
        _scene.AppendInTime(300_000);
        _scene.Kill(beforeOpening: () => File.Delete(Segments[0]));

        Assert.True(_scene.Opening.LostNumbers > 100_000, $"{_scene.Opening.LostNumbers}");
        Assert.False(_scene.Opening.IsNewNumbering);
        AllIsAccountedFor(300_000, (long)_scene.Opening.LostNumbers);
    }

    [Fact]
    public void A_file_gone_while_the_service_runs_is_a_gap_and_dropped_in_the_ledger()
    {
        _scene.AppendInTime(500_000);
        File.Delete(Segments[1]);
        _scene.Converge();
        _scene.Spool.Store();

        Assert.True(_scene.Spool.Damaged > 100_000, $"{_scene.Spool.Damaged}");
        AllIsAccountedFor(500_000, (long)_scene.Spool.Damaged);
    }

    [Fact]
    public void The_file_that_is_being_written_gone_costs_only_what_memory_no_longer_has()
    {
        _scene.AppendInTime(20_000);
        File.Delete(Segments.Single());
        _scene.Clock.Advance(TimeSpan.FromSeconds(2));
        _scene.AppendInTime(2_000);
        Assert.Contains("vanished", _scene.Spool.Trouble!.Sentence, StringComparison.Ordinal);
        _scene.Mend();
        Assert.Null(_scene.Spool.Trouble);
        Assert.Single(Segments);

        _scene.Converge();
        _scene.Spool.Store();
        Assert.InRange(_scene.Spool.Damaged, 10_000ul, 20_000ul);
        AllIsAccountedFor(22_000, (long)_scene.Spool.Damaged);
    }

    [Fact]
    public void What_a_historian_has_of_a_damaged_record_is_stored_and_no_gap()
    {
        _scene.AppendInTime(20_000);
        _scene.SendAll();
        Spoil(Segments[0], 5_000);
        _scene.Converge();
        _scene.Spool.Store();

        Assert.Equal(20_000, _scene.Entry.Stored);
        AllIsAccountedFor(20_000, 0);
    }

    [Fact]
    public void Of_what_damage_took_the_ledger_counts_as_stored_what_had_arrived_before()
    {
        _scene.AppendInTime(10_000);
        _scene.SendAll();
        _scene.AppendInTime(10_000);
        Spoil(Segments[0], 5_000);
        Spoil(Segments[0], 400_000);
        _scene.Converge();
        _scene.Spool.Store();

        Assert.InRange(_scene.Entry.Dropped, 1, 2_500);
        AllIsAccountedFor(20_000, _scene.Entry.Dropped);
    }

    [Fact]
    public void Damage_before_the_word_of_an_orderly_stop_begins_no_new_numbering()
    {
        _scene.AppendInTime(20_000);
        _scene.SendAll();
        _scene.AppendInTime(100);
        var epoch = _scene.Stream.Epoch;
        Assert.True(_scene.Spool.Close());
        _scene.Kill(beforeOpening: () => Spoil(Segments[0], 5_000));

        Assert.Equal(epoch, _scene.Stream.Epoch);
        Assert.InRange(_scene.Opening.LostNumbers, 1ul, 2_500ul);
        AllIsAccountedFor(20_100, 0);
    }

    [Fact]
    public void What_was_found_damaged_before_a_stop_is_counted_after_it()
    {
        _scene.AppendInTime(20_000);
        Spoil(Segments[0], 5_000);
        _scene.SendAll();
        _scene.Talk();
        _scene.Spool.Store();
        _scene.AppendInTime(100);
        var taken = (long)_scene.Spool.Damaged;
        Assert.InRange(taken, 1, 2_500);
        Assert.True(_scene.Spool.Close());
        _scene.Kill();

        AllIsAccountedFor(20_100, taken);
    }

    [Fact]
    public void What_was_found_damaged_and_not_passed_before_a_stop_is_counted_after_it()
    {
        _scene.AppendInTime(20_000);
        Spoil(Segments[0], 5_000);
        _scene.SendAll();
        var taken = (long)_scene.Spool.Damaged;
        Assert.InRange(taken, 1, 2_500);
        Assert.True(_scene.Spool.Close());
        _scene.Kill();

        AllIsAccountedFor(20_000, taken);
    }

    [Fact]
    public void A_kill_right_after_the_log_was_opened_begins_no_new_numbering()
    {
        _scene.AppendInTime(100);
        var epoch = _scene.Stream.Epoch;
        _scene.Kill(beforeOpening: () =>
        {
            using var opener = new LogOpener(_scene.Folder, new SegmentShelf(), new LogNotes(), name => new LogStream(name), null);
            opener.Open();
        });

        Assert.Equal(epoch, _scene.Stream.Epoch);
        AllIsAccountedFor(100, 0);
    }

    [Fact]
    public void A_newest_file_that_was_cut_begins_a_new_numbering_so_that_no_number_means_two_samples()
    {
        _scene.Append(50);
        _scene.Spool.Store();
        _scene.Append(50);
        _scene.Spool.Store();
        _scene.SendAll();
        var epoch = _scene.Stream.Epoch;
        _scene.Kill(beforeOpening: () => Cut(Segments.Single(), 2_500));

        Assert.NotEqual(epoch, _scene.Stream.Epoch);
        Assert.Contains("damaged, cut off or gone", Assert.Single(_scene.Opening.Words), StringComparison.Ordinal);
    }

    [Fact]
    public void A_historian_that_knows_numbers_never_given_begins_a_new_numbering()
    {
        _scene.Append(50);
        _scene.Spool.Store();
        _scene.SendAll();
        var epoch = _scene.Stream.Epoch;
        _scene.Spool.ApplyStored("h1", new StoredMessage([new StreamStored("plc", StreamSpool.Hex(epoch), 80, [], [])]));

        Assert.NotEqual(epoch, _scene.Stream.Epoch);
        Assert.Equal(50, _scene.Spool.Pending);
        _scene.Converge();
        AllIsAccountedFor(50, 0);
    }

    [Fact]
    public void A_run_without_the_disk_is_added_to_what_the_disk_holds_with_its_counters()
    {
        var file = new SpoolFile(Path.Combine(Directory.CreateTempSubdirectory("spoolfile-").FullName, "spool.bin"));
        using (var between = new DiskScene())
        {
            between.Append(7);
            file.Save(between.Spool, _ => 5);
        }

        _scene.Append(30);
        _scene.Spool.Store();
        _scene.Kill();
        var load = file.Add(_scene.Spool, (signal, source) => _scene.LastSources[signal] = source);
        _scene.Spool.Store();

        Assert.Equal((7L, null, 38ul, 0L), (load.Restored, load.Error, _scene.Stream.Next, _scene.Spool.NotOnDisk));
        Assert.Equal((37L, 5L), (_scene.Entry.Pending, _scene.LastSources[TestPlan.Number]));
        Assert.True(file.IsThere);
        file.ForgetAdded();
        Assert.False(file.IsThere || file.IsInUse);
        _scene.Converge();
        Assert.Equal((37L, 37), (_scene.Entry.Stored, _scene.Historian.Numbers.Count));
    }

    private static void Spoil(string path, long at)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = at;
        var was = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(was ^ 8));
    }

    private static void Cut(string path, long length)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }

    private void AllIsAccountedFor(long produced, long damaged)
    {
        _scene.Converge();
        _scene.Spool.Store();
        var entry = _scene.Entry;
        Assert.True(entry.IsBalanced && entry.Pending == 0, $"{entry}");
        Assert.Equal((produced, damaged, 0L), (entry.Stored + entry.Dropped, entry.DroppedOther, entry.DroppedSpoolFull));
        Assert.Equal((ulong)damaged, _scene.Historian.Gaps.Count);
        Assert.Equal(entry.Stored, _scene.Historian.Numbers.Count);
        Assert.All(_scene.Historian.Numbers, pair => Assert.Equal(_scene.ValueOf(pair.Key), pair.Value));
    }
}
