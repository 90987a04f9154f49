using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>The spool keeps, sends and frees by the watermark, whatever the line and the broker do.</summary>
public sealed class TelemetrySpoolTests : IDisposable
{
    private const int SamplesPerDevice = 1_024;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly CellPlan _plan = TestPlan.Make();
    private readonly LedgerCounters _ledger;
    private readonly byte[] _buffer = new byte[TelemetryEncoder.BufferNeeded(50, 16)];
    private readonly byte[] _scratch = new byte[TelemetryEncoder.ScratchNeeded(50)];
    private readonly BatchTerms _terms = new(50, 0);

    public TelemetrySpoolTests() => _ledger = new LedgerCounters(_memory, 2);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_sample_is_freed_only_when_every_awaited_historian_has_it()
    {
        using var spool = NewSpool(Confirm.Stored, "h1", "h2");
        Append(spool, 10);
        var (first, second) = (new ModelHistorian(), new ModelHistorian());
        Send(spool, payload =>
        {
            first.Receive(payload);
            second.Receive(payload);
        });

        spool.ApplyStored("h1", first.Stored(spool.Streams[0]));
        Assert.Equal(10, spool.Pending);

        spool.ApplyStored("h2", second.Stored(spool.Streams[0]));
        Assert.Equal(0, spool.Pending);
        Assert.Equal(10, Total().Stored);
    }

    [Fact]
    public void What_every_awaited_historian_has_is_not_sent_again()
    {
        using var spool = NewSpool(Confirm.Stored, "h1", "h2");
        Append(spool, 40);
        var stream = spool.Streams[0];
        Assert.True(Take(stream, out var sent));
        stream.Return(sent);

        spool.ApplyStored("h1", Stored(stream, new SequenceRange(11, 20), new SequenceRange(31, 35)));
        spool.ApplyStored("h2", Stored(stream, new SequenceRange(5, 25)));

        var again = new SequenceSet();
        while (Take(stream, out sent))
        {
            again.Add(new SequenceRange(sent.First, sent.Last));
        }

        Assert.Equal([new SequenceRange(1, 10), new SequenceRange(21, 40)], again.Ranges);
    }

    [Fact]
    public void A_watermark_of_another_epoch_or_beyond_the_head_is_ignored()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        Append(spool, 5);
        var stream = spool.Streams[0];

        spool.ApplyStored("h1", new StoredMessage([new StreamStored("plc", StreamSpool.Hex(stream.Epoch + 1), 5, [], [])]));
        spool.ApplyStored("h1", new StoredMessage([new StreamStored("plc", StreamSpool.Hex(stream.Epoch), 6, [], [])]));
        spool.ApplyStored("stranger", new StoredMessage([new StreamStored("plc", StreamSpool.Hex(stream.Epoch), 5, [], [])]));

        Assert.Equal(5, spool.Pending);
    }

    [Fact]
    public void A_refused_range_is_booked_as_dropped_by_the_store()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        Append(spool, 5);
        var epoch = StreamSpool.Hex(spool.Streams[0].Epoch);

        spool.ApplyStored("h1", new StoredMessage([new StreamStored("plc", epoch, 5, [], [new RefusedRange(2, 3, (byte)DropCause.StoreRefused)])]));

        Assert.Equal(3, Total().Stored);
        Assert.Equal(2, Total().DroppedByStore);
        Assert.True(Total().IsSettled);
    }

    [Fact]
    public void A_full_spool_drops_its_oldest_and_says_so_in_a_gap()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        var historian = new ModelHistorian();

        Append(spool, SamplesPerDevice + 100);
        Send(spool, historian.Receive);
        spool.ApplyStored("h1", historian.Stored(spool.Streams[0]));

        Assert.Equal([new SequenceRange(1, 100)], historian.Gaps.Ranges);
        Assert.Equal(100, Total().DroppedSpoolFull);
        Assert.Equal(SamplesPerDevice, Total().Stored);
        Assert.True(Total().IsSettled);
    }

    [Fact]
    public void What_was_sent_before_it_made_room_is_booked_by_what_the_historian_says_later()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        var historian = new ModelHistorian();
        Append(spool, 100);
        Send(spool, historian.Receive);
        Append(spool, SamplesPerDevice, from: 101);
        Assert.Equal(0, Total().Dropped);

        spool.ApplyStored("h1", historian.Stored(spool.Streams[0]));

        Assert.Equal(100, Total().Stored);
        Assert.Equal(SamplesPerDevice, spool.Pending);
    }

    [Fact]
    public void What_was_sent_made_room_and_never_arrived_is_booked_as_dropped_when_it_is_asked_for()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        Append(spool, 100);
        Send(spool, _ => { });
        Append(spool, SamplesPerDevice, from: 101);
        var historian = new ModelHistorian();

        Talk(spool, historian);
        Send(spool, historian.Receive);
        Talk(spool, historian);

        Assert.Equal((SamplesPerDevice, 100), (Total().Stored, Total().DroppedSpoolFull));
        Assert.Equal([new SequenceRange(1, 100)], historian.Gaps.Ranges);
    }

    [Fact]
    public void What_is_asked_and_gone_is_answered_by_a_gap()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        Append(spool, 20);
        var first = new ModelHistorian();
        Send(spool, first.Receive);
        spool.ApplyStored("h1", first.Stored(spool.Streams[0]));
        var late = new ModelHistorian();

        spool.RequestReplay(new ReplayMessage("plc", StreamSpool.Hex(spool.Streams[0].Epoch), 1, 20));
        Send(spool, late.Receive);

        Assert.Equal([new SequenceRange(1, 20)], late.Gaps.Ranges);
    }

    [Theory]
    [InlineData(Confirm.Puback)]
    [InlineData(Confirm.None)]
    internal void Without_a_historian_the_brokers_word_frees(Confirm confirm)
    {
        using var spool = NewSpool(confirm);
        Append(spool, 120);

        Send(spool, _ => { });

        Assert.Equal(0, spool.Pending);
        Assert.Equal(120, Total().Stored);
    }

    [Fact]
    public void Texts_keep_their_letters_also_when_the_text_slots_run_around()
    {
        using var spool = NewSpool(Confirm.Stored, "h1");
        var historian = new ModelHistorian();
        for (var i = 0; i < 3_000; i++)
        {
            Append(spool, TestPlan.Text, i, $"code {i}");
            Send(spool, historian.Receive);
            spool.ApplyStored("h1", historian.Stored(spool.Streams[0]));
        }

        Assert.Equal(3_000, historian.Texts.Count);
        Assert.All(historian.Texts, pair => Assert.Equal($"code {pair.Key - 1}", pair.Value));
    }

    [Fact]
    public void A_clean_stop_carries_samples_numbers_and_ledger_over()
    {
        var file = new SpoolFile(Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin"));
        ulong epoch;
        using (var before = NewSpool(Confirm.Stored, "h1"))
        {
            Append(before, 30);
            Append(before, TestPlan.Text, 31, "last words");
            epoch = before.Streams[0].Epoch;
            file.Save(before, signal => 1_000 + signal);
        }

        using var memory = new HotMemory(1 << 16);
        var ledger = new LedgerCounters(memory, 2);
        using var after = new TelemetrySpool(_plan, new SpoolOptions { SamplesPerDevice = SamplesPerDevice }, Confirm.Stored, ["h1"], ledger);
        var lastSources = new long[2];
        var load = file.Load(after, (signal, source) => lastSources[signal] = source);

        Assert.Null(load.Error);
        Assert.Equal(31, load.Restored);
        Assert.Equal(epoch, after.Streams[0].Epoch);
        Assert.Equal([1_000, 1_001], lastSources);
        Assert.Equal(30, ledger.Read(TestPlan.Number).Pending);
        var historian = new ModelHistorian();
        Send(after, historian.Receive);
        Assert.Equal(30, historian.Numbers.Count);
        Assert.Equal("last words", historian.Texts[31]);
    }

    [Fact]
    public void A_crash_after_the_restart_loses_nothing_of_the_file_and_begins_a_new_numbering()
    {
        var file = new SpoolFile(Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin"));
        using (var before = NewSpool(Confirm.Stored, "h1"))
        {
            Append(before, 30);
            file.Save(before, _ => 0);
        }

        using (var crashed = NewSpool(Confirm.Stored, "h1"))
        {
            Assert.Equal(30, file.Load(crashed, (_, _) => { }).Restored);
        }

        using var after = NewSpool(Confirm.Stored, "h1");
        var load = file.Load(after, (_, _) => { });
        Assert.Equal((30, null), (load.Restored, load.Error));
        Assert.Equal(1ul, after.Streams[0].Oldest);
    }

    [Fact]
    public void A_damaged_file_is_kept_aside_and_told()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin");
        using (var before = NewSpool(Confirm.Stored, "h1"))
        {
            Append(before, 30);
            new SpoolFile(path).Save(before, _ => 0);
        }

        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var after = NewSpool(Confirm.Stored, "h1");

        var load = new SpoolFile(path).Load(after, (_, _) => { });
        Assert.Equal(0, load.Restored);
        Assert.Contains("checksum", load.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(path + ".bad"));
    }

    [Fact]
    public void Samples_of_a_signal_that_the_plan_lost_become_a_gap()
    {
        var file = new SpoolFile(Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin"));
        using (var before = NewSpool(Confirm.Stored, "h1"))
        {
            Append(before, 3);
            Append(before, TestPlan.Text, 4, "gone");
            Append(before, 2, from: 5);
            file.Save(before, _ => 0);
        }

        using var memory = new HotMemory(1 << 16);
        using var after = new TelemetrySpool(
            TestPlan.Make(removed: "text"), new SpoolOptions { SamplesPerDevice = SamplesPerDevice }, Confirm.Stored, ["h1"], new LedgerCounters(memory, 2));
        var load = file.Load(after, (_, _) => { });
        var historian = new ModelHistorian();
        Send(after, historian.Receive);

        Assert.Equal((5L, 1L), (load.Restored, load.Orphans["plc.text"]));

        Assert.Equal([new SequenceRange(4, 4)], historian.Gaps.Ranges);
        Assert.Equal([1ul, 2ul, 3ul, 5ul, 6ul], historian.Numbers.Keys);
    }

    [Fact]
    public void What_an_earlier_run_left_counts_as_done_when_it_is_confirmed_whatever_came_since()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin");
        using (var before = NewSpool(Confirm.Stored, "h1"))
        {
            Append(before, 30);
            new SpoolFile(path).Save(before, _ => 0);
        }

        using var after = NewSpool(Confirm.Stored, "h1");
        new SpoolFile(path).Load(after, (_, _) => { });
        Assert.False(after.IsPastRestored);
        var historian = new ModelHistorian();
        Send(after, historian.Receive);
        Append(after, 5, from: 31);
        after.ApplyStored("h1", historian.Stored(after.Streams[0]));

        Assert.True(after.IsPastRestored);
        Assert.Equal(5, after.Pending);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path + ".used"));
        }
    }

    [Fact]
    public void Whatever_is_lost_doubled_or_late_every_number_ends_stored_or_in_a_gap()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            Storm(seed);
        }
    }

    [Fact]
    public void Of_what_made_room_unheard_nothing_counts_as_dropped_that_a_watermark_names_beyond_a_hole() => Storm(53);

    [Fact]
    public void Appending_and_encoding_allocate_nothing()
    {
        using var spool = NewSpool(Confirm.None);
        var ring = new SampleRing(_memory, 1_024);

        Assert.Equal(0, AllocationGuard.BytesOf(() => FillAndSend(spool, ring), turns: 1_000));
    }

    /// <summary>Random appends, losses, returns, watermarks and replays; at the end a quiet line, and the sums must hold.</summary>
    private void Storm(int seed)
    {
        using var memory = new HotMemory(1 << 16);
        var ledger = new LedgerCounters(memory, 2);
        using var spool = new TelemetrySpool(_plan, new SpoolOptions { SamplesPerDevice = 256, ReplayPerSecond = 10_000_000 }, Confirm.Stored, ["h1"], ledger);
        var stream = spool.Streams[0];
        var historian = new ModelHistorian();
        var random = new Random(seed);
        var produced = 0;
        for (var step = 0; step < 300; step++)
        {
            var count = random.Next(0, 40);
            stream.Enter();
            for (var i = 0; i < count; i++)
            {
                stream.Append(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(++produced), produced, 0), default);
            }

            stream.Exit();
            for (var i = random.Next(0, 4); i > 0; i--)
            {
                var length = stream.Take(_terms, flush: random.Next(2) == 0, 1, 0, _buffer, _scratch, out var sent);
                if (length == 0)
                {
                    break;
                }

                if (random.Next(4) > 0)
                {
                    historian.Receive(_buffer.AsSpan(0, length));
                }

                if (random.Next(4) > 0)
                {
                    stream.Acknowledge(sent);
                }
                else
                {
                    stream.Return(sent);
                }
            }

            // What made room unheard can be booked right only as long as it is remembered: a spool's length.
            if (random.Next(3) == 0 || step % 6 == 0)
            {
                Talk(spool, historian);
            }
        }

        for (var round = 0; round < 50 && spool.Pending > 0; round++)
        {
            Talk(spool, historian);
            Send(spool, historian.Receive);
        }

        Talk(spool, historian);
        var entry = ledger.Read(TestPlan.Number);
        Assert.True(spool.Pending == 0, $"seed {seed}: {spool.Pending} pending");
        Assert.True(historian.UpTo == (ulong)produced, $"seed {seed}: the historian is at {historian.UpTo} of {produced}");
        Assert.True(entry.Spooled == entry.Stored + entry.Dropped, $"seed {seed}: {entry}");
        Assert.True(historian.Numbers.All(pair => pair.Value == pair.Key), $"seed {seed}: a number has another's value");
        Assert.True(historian.Numbers.Count == entry.Stored, $"seed {seed}: stored {entry.Stored}, but the historian has {historian.Numbers.Count}");
    }

    private static void Talk(TelemetrySpool spool, ModelHistorian historian)
    {
        foreach (var hole in historian.Holes(spool.Head().Streams[0]).ToArray())
        {
            spool.RequestReplay(hole);
        }

        spool.ApplyStored("h1", historian.Stored(spool.Streams[0]));
    }

    private void FillAndSend(TelemetrySpool spool, SampleRing ring)
    {
        for (var i = 0; i < 100; i++)
        {
            ring.TryWrite(new Sample(TestPlan.Number, 0, i, 1_000_000 + i, 0));
        }

        spool.Drain(ring);
        while (spool.Streams[0].Take(_terms, flush: true, 1, 0, _buffer, _scratch, out _) > 0)
        {
        }
    }

    private bool Take(StreamSpool stream, out SentRange sent) => stream.Take(_terms, flush: true, 1, 0, _buffer, _scratch, out sent) > 0;

    private static StoredMessage Stored(StreamSpool stream, params SequenceRange[] ranges) =>
        new([new StreamStored("plc", StreamSpool.Hex(stream.Epoch), 0, ranges, [])]);

    private TelemetrySpool NewSpool(Confirm confirm, params string[] historians) =>
        new(_plan, new SpoolOptions { SamplesPerDevice = SamplesPerDevice }, confirm, historians, _ledger);

    private LedgerEntry Total()
    {
        var entry = _ledger.Read(TestPlan.Number) + _ledger.Read(TestPlan.Text);

        // These tests append without producing.
        return entry with { Produced = entry.Spooled };
    }

    private static void Append(TelemetrySpool spool, int count, int from = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Append(spool, TestPlan.Number, from + i, "");
        }
    }

    private static void Append(TelemetrySpool spool, int signal, int number, string text)
    {
        var stream = spool.Streams[0];
        stream.Enter();
        stream.Append(new Sample(signal, 0, BitConverter.DoubleToInt64Bits(number), 1_000_000L * number, 0), Encoding.UTF8.GetBytes(text));
        stream.Exit();
    }

    private void Send(TelemetrySpool spool, ReceivePayload receive)
    {
        var stream = spool.Streams[0];
        int length;
        while ((length = stream.Take(_terms, flush: true, 1, 0, _buffer, _scratch, out var sent)) > 0)
        {
            receive(_buffer.AsSpan(0, length));
            stream.Acknowledge(sent);
        }
    }

    private delegate void ReceivePayload(ReadOnlySpan<byte> payload);
}
