using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Audit;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>The store in a file: what is confirmed is there with its watermark, what is not is not, and nothing is there twice.</summary>
public sealed class EmbeddedStoreTests : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-historian-").FullName;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(StoreScene.Start / 1_000_000));
    private readonly StoreScene _scene = new();

    private string File => Path.Combine(_folder, "sub", "h1.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_kind_is_read_back_as_it_was_written()
    {
        await using var store = await OpenAsync();
        StoreSample[] samples =
        [
            _scene.Sample(1, -0.1),
            _scene.Sample(2, 5.0),
            _scene.Sample(3, TelemetryKind.Int64, long.MinValue),
            _scene.Sample(4, TelemetryKind.UInt64, -1),
            _scene.Sample(5, TelemetryKind.Boolean, 1),
            _scene.Sample(6, TelemetryKind.Text, 0, "Pièce \"5\""),
            _scene.Sample(7, TelemetryKind.Text, 0, ""),
            _scene.Sample(8, TelemetryKind.Float64, 1, status: 0x8031_0000),
        ];
        await StoreAsync(store, new StoreBatch(samples, []), 8);

        using var reader = EmbeddedReader.Open(File);
        var read = reader.Signals().ToDictionary(signal => signal.Type, signal => reader.Read(signal, 0, long.MaxValue, 100));

        Assert.Equal([-0.1, 5.0], read["float64"].Take(2).Select(sample => sample.AsDouble));
        Assert.Equal(new StoredSample(StoreScene.Start + 3_000_000, TelemetryKind.Int64, true, long.MinValue, "", 0), read["int64"][0]);
        Assert.Equal(ulong.MaxValue, (ulong)read["uint64"][0].Bits);
        Assert.Equal((TelemetryKind.Boolean, 1L), (read["boolean"][0].Kind, read["boolean"][0].Bits));
        Assert.Equal(["Pièce \"5\"", ""], read["text"].Select(sample => sample.Text));
        Assert.Equal((false, 0x8031_0000u), (read["float64"][2].HasValue, read["float64"][2].Status));
        Assert.Equal(8, reader.Count());
        Assert.Equal("la-roche/cell1", reader.Signals()[0].Cell);
    }

    [Fact]
    public async Task A_point_that_comes_again_takes_its_own_place()
    {
        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 100), []), 100);
        await StoreAsync(store, new StoreBatch(_scene.Samples(50, 120), []), 120);

        using var reader = EmbeddedReader.Open(File);

        Assert.Equal(120, reader.Count(reader.Signals()[0]));
    }

    [Fact]
    public async Task What_was_not_confirmed_is_gone_after_a_crash_and_the_watermark_says_so()
    {
        await using (var store = await OpenAsync())
        {
            await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);
            await store.WriteAsync(new StoreBatch(_scene.Samples(11, 20), []), Cancellation);
        }

        await using var again = new EmbeddedStore(File, KeepFor, _clock);
        var marks = await again.OpenAsync(Cancellation);

        Assert.Equal((10ul, 0xABCDul, "plc"), (marks[0].Stored.UpTo, marks[0].Epoch, marks[0].Stream.Device));
        using var reader = EmbeddedReader.Open(File);
        Assert.Equal(10, reader.Count());
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("deleted")]
    [InlineData("replaced")]
    [InlineData("its log deleted")]
    public async Task A_file_that_goes_from_its_path_is_noticed_and_nothing_more_is_confirmed(string how)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps an open file where it is.");
        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);
        ((IStore)store).Check();
        await store.WriteAsync(new StoreBatch(_scene.Samples(11, 20), []), Cancellation);

        Remove(how);

        var confirm = await Assert.ThrowsAsync<StoreException>(async () => await store.ConfirmAsync(_scene.UpTo(20), true, Cancellation));
        Assert.True(confirm is { IsSetBack: true, WritesLost: true }, confirm.Message);
        Assert.Contains(File, confirm.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("deleted")]
    [InlineData("replaced")]
    public async Task A_file_that_goes_while_nothing_is_written_is_noticed_too_and_a_new_one_is_opened(string how)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps an open file where it is.");
        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);

        Remove(how);

        Assert.True(Assert.Throws<StoreException>(((IStore)store).Check).IsSetBack);
        Assert.Empty(await store.OpenAsync(Cancellation));
        ((IStore)store).Check();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 5), []), 5);
        using var reader = EmbeddedReader.Open(File);
        Assert.Equal(5, reader.Count());
    }

    [Fact]
    public async Task A_file_that_goes_while_it_is_closed_after_a_failure_is_not_taken_for_the_same()
    {
        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);
        store.LimitPages(1);
        await Assert.ThrowsAsync<StoreException>(async () => await StoreAsync(store, new StoreBatch(_scene.Samples(11, 5_000), []), 5_000));
        Remove("moved");

        var write = await Assert.ThrowsAsync<StoreException>(async () => await store.WriteAsync(new StoreBatch(_scene.Samples(11, 20), []), Cancellation));

        Assert.True(write.IsSetBack, write.Message);
    }

    [Fact]
    public async Task Gaps_are_kept_apart_from_the_samples()
    {
        await using var store = await OpenAsync();
        var gap = new StoreGap(_scene.Stream, new SequenceRange(5, 9), 1, StoreScene.Start);
        await StoreAsync(store, new StoreBatch([], [gap, gap]), 9);

        using var reader = EmbeddedReader.Open(File);

        Assert.Equal([new StoredGap("la-roche/cell1", "plc", "000000000000abcd", 5, 9, 1, StoreScene.Start)], reader.Gaps());
        Assert.Equal(0, reader.Count());
    }

    [Fact]
    public async Task Samples_older_than_is_kept_are_deleted_and_younger_ones_are_not()
    {
        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 1_000), []), 1_000);
        _clock.Advance(KeepFor + TimeSpan.FromMilliseconds(500));
        await StoreAsync(store, new StoreBatch(_scene.Samples(2_000_000, 2_000_000), []), 1_001);

        using var reader = EmbeddedReader.Open(File);
        var left = reader.Read(reader.Signals()[0], 0, long.MaxValue, 2_000);

        Assert.Equal(StoreScene.Start + 500_000_000, left[0].SourceUtcNanos);
        Assert.Equal(502, left.Count);

        // A ledger held against the file finds what is gone for its age.
        var holdings = await new EmbeddedAudit(File).ReadAsync("la-roche/cell1", [], TestContext.Current.CancellationToken);
        Assert.Equal((502, 502, 499), (holdings.Signals[0].AtLeast, holdings.Signals[0].AtMost, holdings.Signals[0].Forgotten));
    }

    [Fact]
    public async Task A_file_held_by_another_program_refuses_and_takes_everything_once_it_is_free()
    {
        await using var store = await OpenAsync();
        using (var other = SqliteFile.Open(File, readOnly: false))
        {
            other.Execute("BEGIN EXCLUSIVE");

            var refusal = await Assert.ThrowsAsync<StoreException>(async () => await store.WriteAsync(new StoreBatch(_scene.Samples(1, 10), []), Cancellation));
            Assert.Contains("Another program holds the file", refusal.Message, StringComparison.Ordinal);
            Assert.True(refusal.WritesLost);
        }

        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);
        using var reader = EmbeddedReader.Open(File);
        Assert.Equal(10, reader.Count());
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_left_alone_and_said()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5_000), Cancellation);
        await using var store = new EmbeddedStore(File, KeepFor, _clock);

        var refusal = await Assert.ThrowsAsync<StoreException>(async () => await store.OpenAsync(Cancellation));

        Assert.Contains("move it away", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(5_000, new FileInfo(File).Length);
        Assert.Throws<IOException>(() => EmbeddedReader.Open(File));
    }

    [Fact]
    public async Task A_full_disk_refuses_with_a_remedy_and_keeps_what_was_confirmed()
    {
        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);
        store.LimitPages(12);
        var refusal = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await store.WriteAsync(new StoreBatch(_scene.Samples(11, 20_000), []), Cancellation);
            await store.ConfirmAsync(_scene.UpTo(20_000), true, Cancellation);
        });

        Assert.Contains("make room", refusal.Message, StringComparison.Ordinal);
        await StoreAsync(store, new StoreBatch(_scene.Samples(11, 20), []), 20);
        using var reader = EmbeddedReader.Open(File);
        Assert.Equal(20, reader.Count());
    }

    [Fact]
    public async Task Nobody_but_its_user_reads_the_files_of_the_store()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists instead of modes; the folder's apply.");
            return;
        }

        await using var store = await OpenAsync();
        await StoreAsync(store, new StoreBatch(_scene.Samples(1, 10), []), 10);

        foreach (var name in new[] { File, File + "-wal", File + "-shm" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(name));
        }
    }

    private async Task<EmbeddedStore> OpenAsync()
    {
        var store = new EmbeddedStore(File, KeepFor, _clock);
        Assert.Empty(await store.OpenAsync(Cancellation));
        return store;
    }

    private async Task StoreAsync(EmbeddedStore store, StoreBatch batch, ulong upTo)
    {
        var write = await store.WriteAsync(batch, Cancellation);
        Assert.Equal(write, await store.ConfirmAsync(_scene.UpTo(upTo), true, Cancellation));
    }

    /// <summary>What an operator does to the files of a store.</summary>
    private void Remove(string how)
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(File)!, how == "its log deleted" ? "h1.db-wal" : "h1.db*");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            System.IO.File.Move(file, Path.Combine(_folder, Path.GetFileName(file)));
            if (how == "replaced")
            {
                System.IO.File.WriteAllBytes(file, []);
            }
            else if (how != "moved")
            {
                System.IO.File.Delete(Path.Combine(_folder, Path.GetFileName(file)));
            }
        }
    }
}
