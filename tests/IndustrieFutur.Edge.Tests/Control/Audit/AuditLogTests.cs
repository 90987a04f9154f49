using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Tests.Control.Audit;

/// <summary>The audit takes whole lines or none, comes back after a crash, refuses what a hand has changed, and stays in its bounds.</summary>
public sealed class AuditLogTests : IDisposable
{
    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_record_comes_back_as_it_was_with_its_number_and_time()
    {
        using var log = _scene.Open();
        var number = log.Append(AuditScene.Ordered(), sync: true);

        var read = Assert.Single(log.ReadAll());

        var expected = AuditScene.Ordered();
        Assert.Equal((1L, 1L, _scene.Clock.GetUtcNow().ToUnixTimeMilliseconds()), (number, read.Sequence, read.UtcMillis));
        Assert.Equal((expected.Who, expected.Target, expected.Reason, expected.Content), (read.Who, read.Target, read.Reason, read.Content));
        Assert.Equal(expected.Values, read.Values);
        Assert.Equal((expected.Guards[0].MessageFr, expected.Guards[0].Signals[0]), (read.Guards[0].MessageFr, read.Guards[0].Signals[0]));
        Assert.StartsWith("{\"sequence\":1,\"utc\":\"2026-11-26T08:00:00.123Z\",\"kind\":\"ordered\",\"who\":\"anne\"", File.ReadAllText(_scene.FirstFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("moved")]
    [InlineData("replaced")]
    [InlineData("cut")]
    [InlineData("appended")]
    public void What_happens_to_the_file_behind_its_back_stops_everything(string what)
    {
        using var log = _scene.Open();
        log.Append(AuditScene.Ordered(), sync: true);
        _scene.Disturb(what);

        var first = Assert.Throws<AuditException>(() => log.Append(AuditScene.Ordered(), sync: true));
        Assert.Throws<AuditException>(() => log.Append(AuditScene.Ordered(), sync: true));

        Assert.Contains("while the service runs", first.Message, StringComparison.Ordinal);
        Assert.Equal((1L, first.Message), (log.Head, log.Trouble));
    }

    [Fact]
    public void Folder_and_files_are_for_their_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no such modes.");
        _scene.Write(1);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_scene.Folder));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scene.FirstFile));
        }
    }

    [Fact]
    public void It_goes_on_where_the_run_before_ended()
    {
        _scene.Write(2);
        var before = AuditVerifier.Verify(_scene.Folder, "");

        using var log = _scene.Open();
        Assert.Equal((before.Last, before.HeadHash), (log.Head, log.HeadHash));
        AuditScene.Order(log);

        Assert.Equal(before.Last + 2, log.Head);
        Assert.Empty(_scene.Faults(before.HeadHash));
    }

    [Fact]
    public void A_crash_at_any_byte_of_the_last_line_is_no_broken_chain()
    {
        _scene.Write(1);
        var bytes = File.ReadAllBytes(_scene.FirstFile);
        var start = bytes.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;

        for (var length = start + 1; length < bytes.Length; length++)
        {
            Directory.Delete(_scene.Folder, recursive: true);
            Directory.CreateDirectory(_scene.Folder);
            File.WriteAllBytes(_scene.FirstFile, bytes[..length]);
            using var log = _scene.Open();

            var last = log.ReadAll().Last();
            Assert.Equal((3L, "torn"), (last.Sequence, last.Rule));
            Assert.Equal(bytes[start..length], File.ReadAllBytes(Directory.GetFiles(_scene.Folder, "audit-torn-*").Single()));
            Assert.Empty(_scene.Faults());
        }
    }

    [Fact]
    public void A_changed_line_keeps_it_shut_with_file_line_and_what_to_do()
    {
        _scene.Write(2);
        _scene.Tamper(lines => lines.Select(line => line.Replace("250", "900", StringComparison.Ordinal)));

        var refused = Assert.Throws<AuditException>(() => _scene.Open());

        Assert.Contains("audit-000001.jsonl, line 2: this line was changed", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ifedge audit verify", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_leaves_nothing_half_written_and_is_tried_again()
    {
        var disk = new FailingFile.Disk();
        using var log = new AuditLog(_scene.Folder, 64 << 20, _scene.Clock, path => new FailingFile(path, disk));
        AuditScene.Order(log);
        var (head, whole) = (log.HeadHash, File.ReadAllBytes(_scene.FirstFile));

        disk.IsFull = true;
        var refused = Assert.Throws<AuditException>(() => log.Append(AuditScene.Ordered(), sync: true));
        Assert.Contains("No space left", refused.Message, StringComparison.Ordinal);
        Assert.Equal(head, log.HeadHash);
        Assert.Equal(whole, File.ReadAllBytes(_scene.FirstFile));
        disk.IsFull = false;

        Assert.Equal(3, log.Append(AuditScene.Ordered(), sync: true));
        Assert.Empty(_scene.Faults(head));
    }

    [Fact]
    public void A_line_that_could_not_be_synced_was_not_added()
    {
        var disk = new FailingFile.Disk();
        using var log = new AuditLog(_scene.Folder, 64 << 20, _scene.Clock, path => new FailingFile(path, disk));
        AuditScene.Order(log);

        disk.RefusesSync = true;
        Assert.Throws<AuditException>(() => log.Append(AuditScene.Ordered(), sync: true));
        Assert.Equal((2L, 2L), (log.Head, AuditVerifier.Verify(_scene.Folder, "").Last));
        Assert.Throws<AuditException>(() => log.Append(AuditScene.Ordered(), sync: false));
        disk.RefusesSync = false;

        Assert.Equal(3, log.Append(AuditScene.Ordered(), sync: true));
        Assert.Empty(_scene.Faults());
    }

    [Fact]
    public void Only_what_is_asked_for_is_synced()
    {
        var disk = new FailingFile.Disk();
        using var log = new AuditLog(_scene.Folder, 64 << 20, _scene.Clock, path => new FailingFile(path, disk));

        log.Append(AuditScene.Ordered(), sync: false);
        Assert.Equal(0, disk.Syncs);
        log.Append(AuditScene.Ordered(), sync: true);

        Assert.Equal(1, disk.Syncs);
    }

    [Fact]
    public void It_stays_in_its_bounds_and_says_up_to_where_lines_went()
    {
        const long BytesMax = 200_000;
        using (var log = _scene.Open(BytesMax))
        {
            for (var i = 0; i < 1_000; i++)
            {
                AuditScene.Order(log);
            }
        }

        var report = AuditVerifier.Verify(_scene.Folder, "");

        Assert.Empty(report.Findings);
        Assert.Equal(report.Gone + 1, report.First);
        Assert.InRange(new DirectoryInfo(_scene.Folder).EnumerateFiles().Sum(file => file.Length), BytesMax / 2, BytesMax);
        using var again = _scene.Open(BytesMax);
        Assert.Equal(report.Last, again.Head);
    }

    [Fact]
    public void A_line_beyond_all_measure_is_refused_and_the_next_goes()
    {
        using var log = _scene.Open();

        Assert.Throws<AuditException>(() => log.Append(AuditScene.Ordered() with { Reason = new string('x', 70_000) }, sync: true));

        Assert.Equal(1, log.Append(AuditScene.Ordered(), sync: true));
        Assert.Empty(_scene.Faults());
    }

    [Fact]
    public void Many_threads_write_one_chain()
    {
        using var log = _scene.Open();

        Parallel.For(0, 200, _ => AuditScene.Order(log));

        Assert.Equal(400, log.Head);
        Assert.Empty(_scene.Faults(log.HeadHash));
    }
}
