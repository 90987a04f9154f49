using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound.Log;

/// <summary>Files that end anywhere, and files with flipped bits: whatever record is intact is found, whatever is not is told.</summary>
public sealed class DamagedLogTests
{
    private const int Batches = 12;
    private const int BatchSamples = 9;

    [Fact]
    public void A_kill_at_any_byte_of_a_write_loses_no_record_before_it()
    {
        using var origin = Filled();
        var bytes = File.ReadAllBytes(origin.Files.Single());
        var records = RecordsOf(bytes);
        var end = records[^1].End;
        for (var length = 0; length <= end; length++)
        {
            using var scene = new LogScene();
            File.WriteAllBytes(Path.Combine(scene.Folder, "0000000001.seg"), bytes[..length]);
            var opening = scene.Log.Open();
            var whole = records.Count(record => record.End <= length);

            Assert.Equal((whole, 0, (long)whole * BatchSamples), (opening.Records, opening.Holes, opening.Samples));
            Assert.Equal(whole == 0 ? [] : LogScene.Range(1, (ulong)whole * BatchSamples), scene.Plc.Found.Ranges);
            if (length % 16 == 0)
            {
                GoOn(scene, (ulong)whole * BatchSamples);
            }
        }
    }

    [Fact]
    public void A_write_that_arrived_with_holes_of_zeros_is_cut_behind_its_last_record_only()
    {
        using var origin = Filled();
        var bytes = File.ReadAllBytes(origin.Files.Single());
        var records = RecordsOf(bytes);

        // After a power cut a page may be missing while later ones are there.
        bytes.AsSpan(records[3].At, records[4].At - records[3].At).Clear();
        bytes.AsSpan(records[10].At + 40, records[11].End - records[10].At - 40).Clear();
        using var scene = new LogScene();
        File.WriteAllBytes(Path.Combine(scene.Folder, "0000000001.seg"), bytes);
        var opening = scene.Log.Open();

        Assert.Equal((9, 1, 1), (opening.Records, opening.Holes, opening.TornTails));
        Assert.Equal((ulong)BatchSamples, opening.LostNumbers);
        Assert.Equal(records[9].End + SegmentWriter.RoomBehind, new FileInfo(scene.Files.Single()).Length);
    }

    [Fact]
    public void Whatever_bits_flip_every_intact_record_is_found_and_every_lost_number_is_told()
    {
        using var origin = Filled();
        var bytes = File.ReadAllBytes(origin.Files.Single());
        var records = RecordsOf(bytes);
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var damaged = (byte[])bytes.Clone();
            var hit = new HashSet<int>();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                var at = random.Next(records[^1].End);
                damaged[at] ^= (byte)(1 << random.Next(8));
                hit.Add(records.FindIndex(record => at < record.End));
            }

            // Bits that flipped back, and bits of the padding, hurt nobody.
            hit.RemoveWhere(index => RecordHeader.IsIntact(damaged.AsSpan(records[index].At, records[index].End - records[index].At)));
            Verify(seed, damaged, hit);
        }
    }

    [Fact]
    public void Damage_in_the_middle_becomes_a_gap_record_that_the_next_start_finds()
    {
        using var scene = Filled();
        var path = scene.Files.Single();
        var bytes = File.ReadAllBytes(path);
        bytes[RecordsOf(bytes)[5].At + 60] ^= 4;
        File.WriteAllBytes(path, bytes);

        Assert.Equal((ulong)BatchSamples, scene.Reopen().LostNumbers);
        scene.Log.Commit();
        Assert.Equal(0ul, scene.Reopen().LostNumbers);
        Assert.Equal(LogScene.Range((5 * BatchSamples) + 1, 6 * BatchSamples), scene.Plc.FoundGaps.Ranges);
        Assert.Equal(2, scene.Read().Ranges.Count);
    }

    [Fact]
    public void A_file_of_nothing_but_damage_lies_aside_and_the_others_are_read()
    {
        using var scene = Filled();
        var noise = new byte[10_000];
        new Random(5).NextBytes(noise);
        File.WriteAllBytes(Path.Combine(scene.Folder, "0000000009.seg"), noise);
        File.WriteAllBytes(Path.Combine(scene.Folder, "0000000010.seg"), new byte[10_000]);
        var opening = scene.Reopen();

        Assert.EndsWith("0000000009.seg.bad", Assert.Single(opening.Unreadable), StringComparison.Ordinal);
        Assert.Equal(Batches * BatchSamples, opening.Samples);
        Assert.Single(scene.Files);
        GoOn(scene, Batches * BatchSamples);
        Assert.EndsWith("0000000011.seg", scene.Files[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_caught_up_with_the_writer_sees_what_is_written_next()
    {
        using var scene = Filled();
        using var reader = scene.Log.Reader(scene.Plc);
        using var batch = new LogBatch();
        const ulong last = Batches * BatchSamples;
        Assert.True(reader.TryRead(last, batch));
        Assert.False(reader.TryRead(last + 1, batch));
        scene.Append(last + 1, BatchSamples);
        scene.Log.Commit();

        Assert.True(reader.TryRead(last + 1, batch));
        Assert.Equal(last + 1, batch.First);
    }

    [Fact]
    public void Files_of_others_are_left_alone_and_its_own_are_for_its_own_user()
    {
        using var scene = Filled();
        string[] foreign = ["7.seg", "9223372036854775807.seg", "notes.seg", "0000000001.seg.old"];
        Array.ForEach(foreign, name => File.WriteAllText(Path.Combine(scene.Folder, name), "mine"));
        var opening = scene.Reopen();
        GoOn(scene, Batches * BatchSamples);

        Assert.Empty(opening.Unreadable);
        Assert.All(foreign, name => Assert.Equal("mine", File.ReadAllText(Path.Combine(scene.Folder, name))));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(scene.Folder, "0000000002.seg")));
        }
    }

    [Fact]
    public void What_was_written_before_the_clock_was_set_is_not_too_old()
    {
        using var scene = new LogScene();
        scene.Clock.AdjustTime(new DateTimeOffset(1970, 1, 1, 0, 5, 0, TimeSpan.Zero));
        scene.Log.Open();
        for (var i = 0; i < 100; i++)
        {
            scene.Append((ulong)(i * 100) + 1, 100);
            scene.Log.Commit();
        }

        scene.Clock.AdjustTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        scene.Reopen();
        scene.Log.SetNote("now", [1]);
        scene.Log.CommitAndSync();
        scene.Clock.Advance(TimeSpan.FromSeconds(2));
        scene.Log.Tick();
        Assert.Equal((0L, 10_000ul), (scene.Plc.Dropped, scene.Read().Count));
    }

    [Fact]
    public void A_record_that_claims_to_be_huge_is_not_believed()
    {
        using var scene = Filled();
        var path = scene.Files.Single();
        var bytes = File.ReadAllBytes(path);
        RecordHeader.At(bytes.AsSpan(RecordsOf(bytes)[2].At)).Length = int.MaxValue;
        File.WriteAllBytes(path, bytes);

        Assert.Equal((Batches - 1, 1), ((int)scene.Reopen().Records, Batches - scene.Plc.Found.Ranges.Sum(range => (int)range.Count) / BatchSamples));
    }

    private static void Verify(int seed, byte[] damaged, HashSet<int> hit)
    {
        using var scene = new LogScene();
        File.WriteAllBytes(Path.Combine(scene.Folder, "0000000001.seg"), damaged);
        var opening = scene.Log.Open((_, batch) => LogScene.Check(batch));
        var found = new SequenceSet();
        for (var index = 0; index < Batches; index++)
        {
            if (!hit.Contains(index))
            {
                found.Add(new SequenceRange((ulong)(index * BatchSamples) + 1, (ulong)(index + 1) * BatchSamples));
            }
        }

        Assert.True(found.Ranges.SequenceEqual(scene.Plc.Found.Ranges), $"seed {seed}: found {string.Join(' ', scene.Plc.Found.Ranges)}");
        Assert.True(found.Ranges.SequenceEqual(scene.Read().Ranges), $"seed {seed}: read otherwise than found");
        var between = found.IsEmpty ? [] : found.Missing(new SequenceRange(found.Ranges[0].First, found.Ranges[^1].Last)).ToArray();
        Assert.True(between.SequenceEqual(scene.Plc.FoundGaps.Ranges), $"seed {seed}: gaps {string.Join(' ', scene.Plc.FoundGaps.Ranges)}");
        Assert.True(opening.LostNumbers == scene.Plc.FoundGaps.Count, $"seed {seed}: told {opening.LostNumbers}");
    }

    private static void GoOn(LogScene scene, ulong last)
    {
        Assert.True(scene.Append(last + 1, 5));
        Assert.True(scene.Log.Commit());
        scene.Reopen();
        Assert.Equal(LogScene.Range(1, last + 5), scene.Plc.Found.Ranges);
    }

    private static LogScene Filled()
    {
        var scene = new LogScene();
        scene.Log.Open();
        for (var i = 0; i < Batches; i++)
        {
            scene.Append((ulong)(i * BatchSamples) + 1, BatchSamples);
        }

        scene.Log.Commit();
        return scene;
    }

    private static List<(int At, int End)> RecordsOf(byte[] bytes)
    {
        var records = new List<(int At, int End)>();
        for (var at = 0; records.Count < Batches; at = records[^1].End)
        {
            records.Add((at, at + RecordHeader.At(bytes.AsSpan(at)).Stride));
        }

        return records;
    }
}
