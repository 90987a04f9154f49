using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A stream that keeps its oldest refuses what comes when memory is full, says so in a gap, and goes on when it has drained.</summary>
public sealed class DropPolicyTests : IDisposable
{
    private const int Capacity = 256;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly byte[] _buffer = new byte[TelemetryEncoder.BufferNeeded(50, 16)];
    private readonly byte[] _scratch = new byte[TelemetryEncoder.ScratchNeeded(50)];
    private readonly BatchTerms _terms = new(50, 0);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_comes_when_memory_is_full_becomes_a_gap_and_what_was_there_is_sent_whole()
    {
        var ledger = new LedgerCounters(_memory, 4);
        using var spool = NewSpool(ledger, "h1");
        var historian = new ModelHistorian();
        Append(spool.Streams[0], Capacity + 44);
        Assert.Equal(Capacity, spool.Pending);

        Converge(spool, 0, historian);

        Assert.Equal([new SequenceRange(Capacity + 1, Capacity + 44)], historian.Gaps.Ranges);
        Assert.Equal(Enumerable.Range(1, Capacity).Select(number => (ulong)number), historian.Numbers.Keys);
        Assert.Equal((Capacity, 44), ((int)ledger.Read(0).Stored, (int)ledger.Read(0).DroppedSpoolFull));
    }

    [Fact]
    public void When_the_backlog_has_drained_the_stream_takes_new_ones_again_under_the_numbers_that_follow()
    {
        var ledger = new LedgerCounters(_memory, 4);
        using var spool = NewSpool(ledger, "h1");
        var historian = new ModelHistorian();
        Append(spool.Streams[0], Capacity + 44);
        Converge(spool, 0, historian);

        Append(spool.Streams[0], 10);
        Converge(spool, 0, historian);

        Assert.Equal(310ul, historian.UpTo);
        Assert.Equal(310, historian.Numbers[310]);
        Assert.Equal(Capacity + 10, ledger.Read(0).Stored);
    }

    [Fact]
    public void A_full_stream_that_keeps_its_oldest_costs_the_others_nothing()
    {
        var ledger = new LedgerCounters(_memory, 4);
        using var spool = NewSpool(ledger, "h1");
        Append(spool.Streams[0], 1_000);
        Append(spool.Streams[1], 1_000);

        Assert.Equal((1ul, 1_000ul - Capacity + 1), (spool.Streams[0].Oldest, spool.Streams[1].Oldest));
        Assert.Equal((744, 744), ((int)ledger.Read(0).Dropped, (int)ledger.Read(2).Dropped));
    }

    [Fact]
    public void A_stop_while_it_refuses_gives_no_number_twice()
    {
        var file = new SpoolFile(Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin"));
        using (var before = NewSpool(new LedgerCounters(_memory, 4), "h1"))
        {
            Append(before.Streams[0], Capacity + 44);
            file.Save(before, _ => 0);
        }

        var ledger = new LedgerCounters(_memory, 4);
        using var after = NewSpool(ledger, "h1");
        Assert.Equal(Capacity, file.Load(after, (_, _) => { }).Restored);
        Assert.Equal(301ul, after.Streams[0].Next);
        var historian = new ModelHistorian();
        Converge(after, 0, historian);
        Append(after.Streams[0], 1);
        Converge(after, 0, historian);

        Assert.Equal((301ul, Capacity + 1), (historian.UpTo, historian.Numbers.Count));
        Assert.True(ledger.Read(0) is { Dropped: 44, Stored: Capacity + 1, Pending: 0 });
    }

    [Fact]
    public void Whatever_is_lost_doubled_or_late_every_number_of_either_policy_ends_stored_at_both_sinks_or_in_a_gap()
    {
        var dropped = new long[2];
        for (var seed = 1; seed <= 200; seed++)
        {
            Storm(seed, dropped);
        }

        // Else the storms would show nothing.
        Assert.All(dropped, count => Assert.InRange(count, 1_000, long.MaxValue));
    }

    /// <summary>Two streams of different policies and two sinks; at the end a quiet line, and the sums must hold.</summary>
    private void Storm(int seed, long[] dropped)
    {
        using var memory = new HotMemory(1 << 16);
        var ledger = new LedgerCounters(memory, 4);
        using var spool = NewSpool(ledger, "h1", "h2");
        var historians = spool.Streams.Select(_ => spool.Outlets.Select(_ => new ModelHistorian()).ToArray()).ToArray();
        var random = new Random(seed);
        for (var step = 0; step < 300; step++)
        {
            foreach (var (at, stream) in spool.Streams.Index())
            {
                Append(stream, random.Next(0, 40));
                foreach (var cursor in stream.Cursors)
                {
                    SendSome(stream, cursor, historians[at][cursor.Outlet.Index], random);
                }

                if (random.Next(3) == 0 || step % 6 == 0)
                {
                    Talk(stream, historians[at]);
                }
            }
        }

        foreach (var (at, stream) in spool.Streams.Index())
        {
            Converge(spool, at, historians[at]);
            var entry = ledger.Read(stream.Device.Signals[0].Index);
            Judge(seed, stream, historians[at], entry);
            dropped[at] += entry.Dropped;
        }
    }

    private static void Judge(int seed, StreamSpool stream, ModelHistorian[] historians, LedgerEntry entry)
    {
        var what = $"seed {seed}, {stream.Device.Id}: {entry}";
        Assert.True(stream.Pending == 0 && entry.Pending == 0, what);
        Assert.True(entry.Spooled == (long)stream.Next - 1, what);
        foreach (var historian in historians)
        {
            Assert.True(historian.UpTo == stream.Next - 1, $"{what}: the historian is at {historian.UpTo}");
            Assert.True(historian.Numbers.All(pair => pair.Value == pair.Key), $"{what}: a number has another's value");
        }

        var atAll = historians[0].Numbers.Keys.Count(historians[1].Numbers.ContainsKey);
        Assert.True(atAll == entry.Stored, $"{what}: both historians have {atAll}");
    }

    private void SendSome(StreamSpool stream, SinkCursor cursor, ModelHistorian historian, Random random)
    {
        for (var left = random.Next(0, 4); left > 0; left--)
        {
            var length = stream.Take(cursor, _terms, flush: random.Next(2) == 0, 1, 0, _buffer, _scratch, out var sent);
            if (length == 0)
            {
                return;
            }

            if (random.Next(4) > 0)
            {
                historian.Receive(_buffer.AsSpan(0, length));
            }

            if (random.Next(4) > 0)
            {
                stream.Acknowledge(cursor, sent);
            }
            else
            {
                stream.Return(cursor, sent);
            }
        }
    }

    private void Converge(TelemetrySpool spool, int at, params ModelHistorian[] historians)
    {
        var stream = spool.Streams[at];
        for (var round = 0; round < 50; round++)
        {
            Talk(stream, historians);
            foreach (var cursor in stream.Cursors)
            {
                int length;
                while ((length = stream.Take(cursor, _terms, flush: true, 1, 0, _buffer, _scratch, out var sent)) > 0)
                {
                    historians[cursor.Outlet.Index].Receive(_buffer.AsSpan(0, length));
                    stream.Acknowledge(cursor, sent);
                }
            }
        }
    }

    private static void Talk(StreamSpool stream, ModelHistorian[] historians)
    {
        foreach (var cursor in stream.Cursors)
        {
            var historian = historians[cursor.Outlet.Index];
            var name = cursor.Outlet.Sink.Historians[0];
            foreach (var hole in historian.Holes(stream.Head(cursor, flush: true)).ToArray())
            {
                stream.RequestReplay(cursor, name, hole.From, hole.To);
            }

            stream.ApplyStored(cursor, name, historian.Stored(stream).Streams[0]);
        }
    }

    /// <summary>The stream "first" keeps its oldest, "last" its newest.</summary>
    private static TelemetrySpool NewSpool(LedgerCounters ledger, params string[] historians)
    {
        var plan = TwoStreams.Plan();
        var sinks = historians.Select(name => new SpoolSink("to-" + name, Confirm.Stored, [name])).ToArray();
        return new TelemetrySpool(plan, new SpoolOptions { SamplesPerDevice = Capacity, ReplayPerSecond = 10_000_000 }, sinks, ledger);
    }

    private static void Append(StreamSpool stream, int count)
    {
        stream.Enter();
        for (var left = count; left > 0; left--)
        {
            var number = stream.Next;
            stream.Append(new Sample(stream.Device.Signals[0].Index, 0, BitConverter.DoubleToInt64Bits(number), (long)number, 0), default);
        }

        stream.Exit();
    }
}
