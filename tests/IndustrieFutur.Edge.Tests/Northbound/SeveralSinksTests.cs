using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>One spool that several sinks empty, each for itself.</summary>
public sealed class SeveralSinksTests : IDisposable
{
    private const int SamplesPerDevice = 1_024;

    private static readonly BatchTerms Terms = new(100, 0);

    private readonly byte[] _buffer = new byte[TelemetryEncoder.BufferNeeded(100, 64)];
    private readonly byte[] _scratch = new byte[TelemetryEncoder.ScratchNeeded(100)];
    private readonly CellPlan _plan = TestPlan.Make();
    private readonly HotMemory _memory = new(1 << 20);
    private readonly LedgerCounters _ledger;

    public SeveralSinksTests()
    {
        _ledger = new LedgerCounters(_memory, 2);
    }

    private LedgerEntry Entry => _ledger.Read(TestPlan.Number);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_sample_is_stored_when_the_historians_of_all_sinks_have_it()
    {
        using var spool = NewSpool(SamplesPerDevice, Stored("a", "h1"), Stored("b", "h2"));
        var (h1, h2) = (new ModelHistorian(), new ModelHistorian());
        Append(spool, 10);

        Send(spool, 0, h1);
        Confirm(spool, 0, "h1", h1);
        Assert.Equal((0, 10), (spool.Outlets[0].Pending, spool.Outlets[1].Pending));
        Assert.Equal((10, 0), (spool.Pending, Entry.Stored));

        Send(spool, 1, h2);
        Confirm(spool, 1, "h2", h2);
        Assert.Equal((0, 10), (spool.Pending, Entry.Stored));
        Assert.Equal(h1.Numbers, h2.Numbers);
    }

    [Fact]
    public void A_historian_s_word_counts_at_its_own_sink_only()
    {
        using var spool = NewSpool(SamplesPerDevice, Stored("a", "h1"), Stored("b", "h1"));
        var h1 = new ModelHistorian();
        Append(spool, 10);
        Send(spool, 0, h1);
        Confirm(spool, 0, "h1", h1);

        Assert.Equal((0, 10), (spool.Outlets[0].Pending, spool.Outlets[1].Pending));
    }

    [Fact]
    public void A_sink_that_is_away_holds_no_other_up_and_gets_what_it_missed()
    {
        using var spool = NewSpool(SamplesPerDevice, Stored("a", "h1"), new SpoolSink("b", Edge.Northbound.Confirm.Puback, []));
        var (h1, b) = (new ModelHistorian(), new ModelHistorian());
        for (var round = 1; round <= 5; round++)
        {
            Append(spool, 100, (round * 100) - 99);
            Send(spool, 0, h1);
            Confirm(spool, 0, "h1", h1);
            Assert.Equal(round * 100, h1.Numbers.Count);
            Assert.Equal(0, spool.Outlets[0].Pending);
        }

        Assert.Equal((500, 500), (spool.Pending, spool.Outlets[1].Backlog));
        Send(spool, 1, b);
        Assert.Equal((0, 500), (spool.Pending, Entry.Stored));
        Assert.Equal(500, b.Numbers.Count);
    }

    [Fact]
    public void What_one_sink_got_and_the_other_never_will_counts_as_dropped_and_only_that_one_hears_of_a_gap()
    {
        using var spool = NewSpool(256, Stored("a", "h1"), Stored("b", "h2"));
        var (h1, h2) = (new ModelHistorian(), new ModelHistorian());
        for (var round = 0; round < 10; round++)
        {
            Append(spool, 100, (round * 100) + 1);
            Send(spool, 0, h1);
            Confirm(spool, 0, "h1", h1);
        }

        Settle(spool, h1, h2);
        Assert.Equal((1_000, 256), (h1.Numbers.Count, h2.Numbers.Count));
        Assert.Empty(h1.Gaps.Ranges);
        Assert.Equal([new SequenceRange(1, 744)], h2.Gaps.Ranges);
        Assert.Equal((256, 744), (Entry.Stored, Entry.Dropped));
    }

    [Fact]
    public void After_a_restart_each_sink_goes_on_where_it_was()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin");
        var (h1, b) = (new ModelHistorian(), new ModelHistorian());
        SpoolSink[] sinks = [Stored("a", "h1"), new SpoolSink("b", Edge.Northbound.Confirm.Puback, [])];
        using (var before = NewSpool(SamplesPerDevice, sinks))
        {
            Append(before, 100);
            Send(before, 1, b);
            new SpoolFile(path).Save(before, _ => 0);
        }

        using var memory = new HotMemory(1 << 20);
        var ledger = new LedgerCounters(memory, 2);
        using var after = new TelemetrySpool(_plan, new SpoolOptions { SamplesPerDevice = SamplesPerDevice }, sinks, ledger);
        new SpoolFile(path).Load(after, (_, _) => { });
        Assert.Equal((100, 0), (after.Outlets[0].Pending, after.Outlets[1].Pending));
        Assert.Equal(0, Send(after, 1, b));

        Send(after, 0, h1);
        Confirm(after, 0, "h1", h1);
        Assert.Equal((0, 100), (after.Pending, ledger.Read(TestPlan.Number).Stored));
    }

    [Fact]
    public void After_a_kill_a_sink_that_is_its_own_witness_goes_on_where_it_was()
    {
        var folder = Directory.CreateTempSubdirectory("spool-").FullName;
        var (h1, b) = (new ModelHistorian(), new ModelHistorian());
        SpoolSink[] sinks = [Stored("a", "h1"), new SpoolSink("b", Edge.Northbound.Confirm.Puback, [])];
        using (var before = NewSpool(SamplesPerDevice, sinks))
        {
            before.Open(folder, TimeProvider.System, _ => 0, (_, _) => { });
            Append(before, 100);
            before.Store();
            Send(before, 1, b);
            before.Store();
        }

        using var after = NewSpool(SamplesPerDevice, sinks);
        after.Open(folder, TimeProvider.System, _ => 0, (_, _) => { });
        Assert.Equal((100, 0), (after.Outlets[0].Pending, after.Outlets[1].Pending));
        Append(after, 50, from: 101);
        after.Store();
        Send(after, 0, h1);
        Send(after, 1, b);
        Confirm(after, 0, "h1", h1);
        after.Store();

        Assert.Equal(Enumerable.Range(1, 150).Select(number => (ulong)number), h1.Numbers.Keys);
        Assert.Equal(h1.Numbers, b.Numbers);
        Assert.Equal(0, after.Pending);
    }

    [Fact]
    public void Of_what_is_undecided_only_an_awaited_historian_says_that_it_never_came()
    {
        using var spool = NewSpool(256, Stored("a", "h1"));
        var h1 = new ModelHistorian();
        var stream = spool.Streams[0];
        Append(spool, 256);
        Send(spool, 0, h1);
        Append(spool, 100, from: 257);
        var head = spool.Outlets[0].Head().Streams[0];

        spool.Outlets[0].RequestReplay("passer-by", new ReplayMessage("plc", head.Epoch, 1, 50));
        Assert.Equal((0, 356), (Entry.Dropped, (long)stream.Pending));

        Confirm(spool, 0, "h1", h1);
        Assert.Equal((0, 256, 100), (Entry.Dropped, Entry.Stored, (long)stream.Pending));
    }

    [Fact]
    public void Whatever_each_sink_loses_every_historian_ends_with_each_number_once_or_in_a_gap()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            Storm(seed);
        }
    }

    /// <summary>Two historians behind two brokers and a third broker that is its own witness, each with its own losses, outages and delays.</summary>
    private void Storm(int seed)
    {
        using var memory = new HotMemory(1 << 16);
        var ledger = new LedgerCounters(memory, 2);
        var options = new SpoolOptions { SamplesPerDevice = 256, ReplayPerSecond = 10_000_000 };
        using var spool = new TelemetrySpool(_plan, options, [Stored("a", "h1"), Stored("b", "h2"), new SpoolSink("c", Edge.Northbound.Confirm.Puback, [])], ledger);
        ModelHistorian[] historians = [new(), new(), new()];
        var random = new Random(seed);
        var away = new int[historians.Length];
        var produced = 0;
        for (var step = 0; step < 300; step++)
        {
            var count = random.Next(0, 30);
            Append(spool, count, produced + 1);
            produced += count;
            for (var sink = 0; sink < historians.Length; sink++)
            {
                away[sink] = away[sink] > 0 ? away[sink] - 1 : random.Next(30) == 0 ? random.Next(5, 25) : 0;
                if (away[sink] == 0)
                {
                    SendSome(spool, sink, historians[sink], random);
                }
            }

            if (random.Next(3) == 0 || step % 6 == 0)
            {
                Talk(spool, 0, "h1", historians[0]);
                Talk(spool, 1, "h2", historians[1]);
            }
        }

        for (var round = 0; round < 50 && spool.Pending > 0; round++)
        {
            Settle(spool, historians);
        }

        Settle(spool, historians);
        Judge(seed, spool, ledger.Read(TestPlan.Number), historians, (ulong)produced);
    }

    /// <summary>A message or its acknowledgement may be lost; what is its own witness loses both or none, or it would be told what it has.</summary>
    private void SendSome(TelemetrySpool spool, int sink, ModelHistorian historian, Random random)
    {
        var stream = spool.Streams[0];
        var cursor = stream.Cursors[sink];
        for (var i = random.Next(0, 5); i > 0; i--)
        {
            var length = stream.Take(cursor, Terms, flush: random.Next(2) == 0, 1, 0, _buffer, _scratch, out var sent);
            if (length == 0)
            {
                return;
            }

            var arrives = random.Next(4) > 0;
            var isAcknowledged = cursor.Confirm == Edge.Northbound.Confirm.Puback ? arrives : random.Next(4) > 0;
            if (arrives)
            {
                historian.Receive(_buffer.AsSpan(0, length));
            }

            if (isAcknowledged)
            {
                stream.Acknowledge(cursor, sent);
            }
            else
            {
                stream.Return(cursor, sent);
            }
        }
    }

    private static void Judge(int seed, TelemetrySpool spool, LedgerEntry entry, ModelHistorian[] historians, ulong produced)
    {
        Assert.True(spool.Pending == 0, $"seed {seed}: {spool.Pending} pending, {string.Join(' ', historians.Select(historian => historian.UpTo))} of {produced}");
        Assert.True(entry.Spooled == entry.Stored + entry.Dropped, $"seed {seed}: {entry}");
        var everywhere = historians[0].Numbers.Keys.Where(number => historians.All(historian => historian.Numbers.ContainsKey(number))).ToArray();
        Assert.True(everywhere.Length == entry.Stored, $"seed {seed}: stored {entry.Stored}, but all have {everywhere.Length}");
        foreach (var historian in historians)
        {
            Assert.True(historian.UpTo == produced, $"seed {seed}: a historian is at {historian.UpTo} of {produced}");
            Assert.True(historian.Numbers.All(pair => pair.Value == pair.Key), $"seed {seed}: a number has another's value");
            Assert.True((ulong)historian.Numbers.Count + historian.Gaps.Count == produced, $"seed {seed}: a gap over what a historian has, or none over what it lacks");
        }
    }

    private void Settle(TelemetrySpool spool, params ModelHistorian[] historians)
    {
        for (var round = 0; round < 3; round++)
        {
            for (var sink = 0; sink < historians.Length; sink++)
            {
                Send(spool, sink, historians[sink]);
                Talk(spool, sink, $"h{sink + 1}", historians[sink]);
            }
        }
    }

    private static void Talk(TelemetrySpool spool, int sink, string name, ModelHistorian historian)
    {
        foreach (var hole in historian.Holes(spool.Outlets[sink].Head().Streams[0]).ToArray())
        {
            spool.Outlets[sink].RequestReplay(name, hole);
        }

        Confirm(spool, sink, name, historian);
    }

    private static void Confirm(TelemetrySpool spool, int sink, string name, ModelHistorian historian) =>
        spool.Outlets[sink].ApplyStored(name, historian.Stored(spool.Streams[0]));

    private int Send(TelemetrySpool spool, int sink, ModelHistorian historian)
    {
        var stream = spool.Streams[0];
        var messages = 0;
        int length;
        while ((length = stream.Take(stream.Cursors[sink], Terms, flush: true, 1, 0, _buffer, _scratch, out var sent)) > 0)
        {
            historian.Receive(_buffer.AsSpan(0, length));
            stream.Acknowledge(stream.Cursors[sink], sent);
            messages++;
        }

        return messages;
    }

    private static void Append(TelemetrySpool spool, int count, int from = 1)
    {
        var stream = spool.Streams[0];
        stream.Enter();
        for (var number = from; number < from + count; number++)
        {
            stream.Append(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(number), number, 0), default);
        }

        stream.Exit();
    }

    private static SpoolSink Stored(string id, string historian) => new(id, Edge.Northbound.Confirm.Stored, [historian]);

    private TelemetrySpool NewSpool(int samples, params SpoolSink[] sinks) =>
        new(_plan, new SpoolOptions { SamplesPerDevice = samples, ReplayPerSecond = 10_000_000 }, sinks, _ledger);
}
