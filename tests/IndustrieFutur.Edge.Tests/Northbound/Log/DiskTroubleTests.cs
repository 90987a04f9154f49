using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Tests.Northbound.Log;

/// <summary>Disks that are full, read-only, slow or dying: told in words, borne in memory, and over by themselves.</summary>
public sealed class DiskTroubleTests
{
    private static readonly LogTerms Small = new() { SegmentBytes = 64 << 10, TailBytes = 64 << 10, FreeBytesMin = 0, Fsync = FsyncPolicy.Every };

    [Fact]
    public void A_sync_that_failed_is_not_believed_and_everything_since_is_written_anew()
    {
        using var scene = new LogScene(Small);
        scene.Log.Open();
        scene.Append(1, 100);
        Assert.True(scene.Log.Commit());
        scene.Disk.SyncFails = new IOException("Input/output error", 5);
        scene.Append(101, 100);
        Assert.False(scene.Log.Commit());
        Assert.Equal((LogTroubleKind.Failing, 101ul), (scene.Log.Trouble!.Kind, scene.Plc.SafeNext));
        Assert.Contains("smartctl", scene.Log.Trouble.Remedy, StringComparison.Ordinal);

        scene.Disk.SyncFails = null;
        scene.Append(201, 100);
        scene.Log.Tick();
        Assert.NotNull(scene.Log.Trouble);
        scene.Clock.Advance(scene.Terms.RetryEvery);
        scene.Log.Tick();

        Assert.Equal((null, 301ul), (scene.Log.Trouble, scene.Plc.SafeNext));
        Assert.Equal(LogScene.Range(1, 300), scene.Read().Ranges);
        scene.Reopen();
        Assert.Equal(LogScene.Range(1, 300), scene.Plc.Found.Ranges);
    }

    [Fact]
    public void A_full_disk_is_borne_in_memory_up_to_its_bound_and_is_over_by_itself()
    {
        using var scene = new LogScene(Small);
        scene.Log.Open();
        scene.Disk.WriteFails = new IOException("No space left on device", 28);
        var taken = 0ul;
        while (scene.Append((taken * 100) + 1, 100))
        {
            taken++;
            scene.Log.Commit();
        }

        Assert.InRange(taken, 10ul, 30ul);
        Assert.Equal((LogTroubleKind.Full, 0ul), (scene.Log.Trouble!.Kind, scene.Plc.SafeNext));
        scene.Disk.WriteFails = null;
        scene.Clock.Advance(scene.Terms.RetryEvery);
        scene.Log.Tick();

        Assert.Null(scene.Log.Trouble);
        Assert.Equal(LogScene.Range(1, taken * 100), scene.Read().Ranges);
        scene.Reopen();
        Assert.Equal(LogScene.Range(1, taken * 100), scene.Plc.Found.Ranges);
    }

    [Fact]
    public void A_disk_with_too_little_left_is_not_filled_further()
    {
        using var scene = new LogScene(Small with { FreeBytesMin = 1 << 20 });
        scene.Disk.Free = 100 << 10;
        scene.Log.Open();
        scene.Append(1, 100);
        Assert.False(scene.Log.Commit());
        Assert.Equal(LogTroubleKind.Full, scene.Log.Trouble!.Kind);
        Assert.Contains("leaves 1 MB to others", scene.Log.Trouble.Sentence, StringComparison.Ordinal);
        Assert.Empty(scene.Files);

        scene.Disk.Free = 10 << 20;
        Assert.True(scene.Log.Commit());
        Assert.Null(scene.Log.Trouble);
    }

    [Fact]
    public void When_others_fill_the_disk_the_log_keeps_its_size_and_most_of_its_backlog()
    {
        using var scene = new LogScene(Small with { FreeBytesMin = 1 << 20, Fsync = FsyncPolicy.Os });
        scene.Log.Open();
        Fill(scene, 0, 100);
        var segments = scene.Log.Segments;
        scene.Disk.Free = 900 << 10;
        Fill(scene, 100, 100);

        Assert.InRange(scene.Log.Segments, segments - 1, segments);
        Assert.Null(scene.Log.Trouble);
        Assert.InRange(scene.Plc.Dropped, 1, 20_000);
        Assert.Equal(40_000ul - (ulong)scene.Plc.Dropped, scene.Read().Count);
    }

    [Fact]
    public void A_slow_disk_is_told_and_loses_nothing()
    {
        using var scene = new LogScene(Small);
        scene.Log.Open();
        scene.Disk.SyncTakes = TimeSpan.FromSeconds(1.8);
        scene.Append(1, 10);
        Assert.True(scene.Log.Commit());
        Assert.Equal(LogTroubleKind.Slow, scene.Log.Trouble!.Kind);
        Assert.Contains("1.8 s", scene.Log.Trouble.Sentence, StringComparison.Ordinal);

        scene.Disk.SyncTakes = TimeSpan.Zero;
        scene.Append(11, 10);
        Assert.True(scene.Log.Commit());
        Assert.Null(scene.Log.Trouble);
    }

    [Fact]
    public void A_folder_that_vanishes_is_made_again()
    {
        using var scene = new LogScene(Small);
        scene.Log.Open();
        Directory.Delete(scene.Folder, recursive: true);
        scene.Append(1, 10);

        Assert.True(scene.Log.Commit());
        Assert.Equal(LogScene.Range(1, 10), scene.Read().Ranges);
    }

    [Fact]
    public void A_real_disk_that_is_full_and_then_read_only_is_told_and_loses_nothing()
    {
        using var tmpfs = Tmpfs.Mount(1 << 20);
        using var scene = new LogScene(Small, Directory.CreateDirectory(Path.Combine(tmpfs.Folder, "spool")).FullName);
        scene.Log.Open();
        scene.Append(1, 100);
        Assert.True(scene.Log.Commit());

        // Until nothing goes into it any more.
        var ballast = Path.Combine(tmpfs.Folder, "ballast");
        Assert.ThrowsAny<IOException>(() => File.WriteAllBytes(ballast, new byte[2 << 20]));
        var taken = Fill(scene, 1, 100);
        Assert.Equal(LogTroubleKind.Full, scene.Log.Trouble!.Kind);
        Assert.Contains(scene.Folder, scene.Log.Trouble.Sentence, StringComparison.Ordinal);
        Assert.InRange(taken, 5, 60);

        File.Delete(ballast);
        Assert.True(scene.Log.Commit());
        Assert.Null(scene.Log.Trouble);

        // Linux refuses that while a file is open for writing; a disk that errs is remounted by force.
        scene.Log.Dispose();
        tmpfs.Remount("ro");
        scene.Reopen();
        scene.Append((ulong)(taken * 200) + 201, 100);
        Assert.False(scene.Log.Commit());
        Assert.Equal(LogTroubleKind.ReadOnly, scene.Log.Trouble!.Kind);

        tmpfs.Remount("rw");
        Assert.True(scene.Log.Commit());
        scene.Reopen();
        Assert.Equal(LogScene.Range(1, 100)[0], scene.Plc.Found.Ranges[0]);
        Assert.Equal(100ul + ((ulong)taken * 200) + 100, scene.Plc.Found.Count);
    }

    /// <summary>Appends batches of 200 until so many are in, or one is refused; returns how many went in.</summary>
    private static int Fill(LogScene scene, int from, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            if (!scene.Append(((ulong)(from + i) * 200) + 1, 200))
            {
                return i;
            }

            scene.Log.Commit();
        }

        return batches;
    }
}
