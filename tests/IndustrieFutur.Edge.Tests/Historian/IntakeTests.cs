using System.Text.Json;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>What messages do to the backlog: everything in its bounds, nothing that a plan does not know.</summary>
public sealed class IntakeTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HistorianStatus _status = new();
    private readonly HeardLogger<IntakeTests> _logger = new();
    private readonly StreamBook _book;
    private readonly Backlog _backlog;
    private readonly Intake _intake;

    public IntakeTests()
    {
        var options = new HistorianOptions { Store = StoreKind.Embedded };
        _book = new StreamBook(_clock);
        _backlog = new Backlog(options, _clock);
        _intake = new Intake("h1", new StreamFilter(["g/e/plc"]), _book, _backlog, _status, _clock, _logger);
        Take(ReceivedKind.Meta, JsonSerializer.SerializeToUtf8Bytes(
            new MetaMessage("63", [new SignalMeta(1, "speed", "float64", "", "", ""), new SignalMeta(2, "count", "uint64", "", "", "")]),
            TelemetryJson.Default.MetaMessage));
    }

    private static (uint Alias, TelemetryKind Kind)[] One => [(1, TelemetryKind.Float64)];

    private StreamState Stream => Assert.Single(_book.Current);

    [Fact]
    public void A_message_without_room_is_left_out_and_missed_later()
    {
        Take(ReceivedKind.Telemetry, Telemetry(1, (1, TelemetryKind.Float64)), room: Room.None);
        Head(2, flush: false);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Head(2, flush: false);

        Assert.Equal((0, 1L), (_backlog.Count, _status.MessagesDropped));
        Assert.Equal(1ul, Stream.Ask()!.From);
    }

    [Fact]
    public void A_sample_that_is_not_what_its_plan_says_is_refused_and_not_lost()
    {
        Take(ReceivedKind.Telemetry, Telemetry(1, (1, TelemetryKind.Float64), (1, TelemetryKind.Int64), (2, TelemetryKind.UInt64), (3, TelemetryKind.Int64), (2, TelemetryKind.Boolean)));

        var batch = _backlog.Cut();

        Assert.Equal([false, true, false, true, true], Enumerable.Range(0, 5).Select(batch.IsRefused));
        Assert.Equal(
            [(1ul, 1ul, 0), (2ul, 2ul, 2), (3ul, 3ul, 0), (4ul, 5ul, 2)],
            batch.Fates().Select(fate => (fate.Range.First, fate.Range.Last, (int)fate.Cause)));
    }

    [Fact]
    public void An_edge_that_waits_is_served_until_it_says_otherwise_or_falls_silent()
    {
        Head(1, flush: true);
        Assert.True(_intake.Flush);
        Head(1, flush: false);
        Assert.False(_intake.Flush);

        Head(1, flush: true);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _intake.Expire();
        Assert.False(_intake.Flush);
    }

    [Fact]
    public void Streams_that_somebody_else_takes_are_passed_over()
    {
        var head = new HeadMessage([new StreamHead("robot", "1", 1, 5, [], false), new StreamHead("plc", "1", 1, 5, [], false)]);
        Take(ReceivedKind.Head, JsonSerializer.SerializeToUtf8Bytes(head, TelemetryJson.Default.HeadMessage));

        Assert.Equal("plc", Stream.Key.Device);
    }

    [Fact]
    public void Messages_that_wait_for_their_plan_are_bounded_and_the_oldest_are_missed_again()
    {
        for (var number = 1ul; number <= 300; number++)
        {
            Take(ReceivedKind.Telemetry, Telemetry(number, planHash: 7, (1, TelemetryKind.Float64)));
        }

        Assert.Equal(256, _intake.WaitingSamples);
        Assert.False(Stream.Held.Contains(44));
        Assert.True(Stream.Held.Contains(45));

        _clock.Advance(TimeSpan.FromSeconds(6));
        _intake.Expire();
        Assert.Equal((0, true, true), (_intake.WaitingSamples, Stream.Held.IsEmpty, _intake.WantsMeta));
    }

    [Fact]
    public void A_gap_beyond_every_number_heard_of_is_refused_and_said_once()
    {
        Take(ReceivedKind.Telemetry, Gap(1, 1_000_000_000));
        Head(5, flush: false);
        Take(ReceivedKind.Telemetry, Telemetry(5, (1, TelemetryKind.Float64), (1, TelemetryKind.Float64)));
        Take(ReceivedKind.Telemetry, Gap(1, 7));
        Take(ReceivedKind.Telemetry, Gap(7, 1_000_000_000));
        Assert.Equal((2, 3L), (_backlog.Count, _status.MessagesUnreadable));
        Assert.Single(_logger.Of(5010));

        Take(ReceivedKind.Telemetry, Gap(1, 4));
        Assert.Equal((3, 3L), (_backlog.Count, _status.MessagesUnreadable));
    }

    [Fact]
    public void Telemetry_far_beyond_what_the_head_says_is_refused()
    {
        Take(ReceivedKind.Telemetry, Telemetry(1UL << 63, (1, TelemetryKind.Float64)));
        Head(5, flush: false);
        Take(ReceivedKind.Telemetry, Telemetry(1_000_005, (1, TelemetryKind.Float64)));
        Assert.Equal((0, 2L), (_backlog.Count, _status.MessagesUnreadable));

        Take(ReceivedKind.Telemetry, Telemetry(1_000_004, (1, TelemetryKind.Float64)));
        Assert.Equal((1, 2L), (_backlog.Count, _status.MessagesUnreadable));
    }

    [Fact]
    public void A_kept_watermark_beyond_the_head_begins_again_from_what_the_edge_still_has()
    {
        var stored = new Watermark();
        stored.Add(new SequenceRange(1, 100), 0);
        _book.Load([new StreamMark(new StreamKey("g", "e", "plc"), 1, stored)]);

        Head(41, 50);
        Assert.Equal(100ul, Stream.Stored.UpTo);
        _clock.Advance(StreamState.SetBackAge);
        Head(41, 50);
        Take(ReceivedKind.Telemetry, Telemetry(45, (1, TelemetryKind.Float64)));

        Assert.Equal((40ul, 1), (Stream.Stored.UpTo, _backlog.Count));
        Assert.Equal([("g", "e")], _intake.TakeUnheard());
        Assert.Single(_logger.Of(5019));
        Head(41, 50);
        Assert.Single(_logger.Of(5019));
    }

    [Fact]
    public void What_was_stored_before_a_head_and_lies_beyond_the_next_one_begins_again()
    {
        Head(50, flush: false);
        Stream.Settle(new SequenceRange(1, 60), 0);
        Head(50, flush: false);
        Assert.Equal(60ul, Stream.Stored.UpTo);

        Head(61, flush: false);
        Assert.Equal(60ul, Stream.Stored.UpTo);

        Head(40, 60);
        _clock.Advance(StreamState.SetBackAge);
        Head(40, 60);
        Assert.Equal(39ul, Stream.Stored.UpTo);
    }

    [Fact]
    public void An_old_head_that_a_broker_delivers_once_more_says_nothing()
    {
        Head(50, flush: false);
        Stream.Settle(new SequenceRange(1, 60), 0);
        Head(61, flush: false);

        for (var time = 0; time < 10; time++)
        {
            Head(50, flush: false);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Head(62 + (ulong)time, flush: false);
        }

        Assert.Equal(60ul, Stream.Stored.UpTo);
        Assert.Empty(_logger.Of(5019));
        Assert.Equal(61ul, Stream.Ask()!.From);
    }

    [Fact]
    public void The_fuller_the_less_is_taken_a_backlog_first_then_what_is_live_and_at_last_what_was_asked_for()
    {
        AskFor(1, next: 2);

        Take(ReceivedKind.Telemetry, Telemetry(5, 0x63, true, One), Room.Live);
        Take(ReceivedKind.Telemetry, Telemetry(6, 0x63, false, One), Room.Asked);
        Assert.Equal((0, 2L), (_backlog.Count, _status.MessagesDropped));

        Take(ReceivedKind.Telemetry, Telemetry(6, 0x63, false, One), Room.Live);
        Take(ReceivedKind.Telemetry, Telemetry(1, 0x63, true, One), Room.Asked);
        Assert.Equal((2, 2L), (_backlog.Count, _status.MessagesDropped));
    }

    [Fact]
    public void What_the_watermark_could_not_remember_is_not_taken()
    {
        for (var island = 0ul; island < Watermark.RangesMax; island++)
        {
            Take(ReceivedKind.Telemetry, Telemetry(10 + (island * 2), 0x63, false, One));
        }

        Take(ReceivedKind.Telemetry, Telemetry(1_000, 0x63, false, One));
        Assert.Equal((Watermark.RangesMax, 1L), (_backlog.Count, _status.MessagesDropped));

        // It fills a hole between two of them.
        Take(ReceivedKind.Telemetry, Telemetry(11, 0x63, false, One));
        Assert.Equal((Watermark.RangesMax + 1, 1L), (_backlog.Count, _status.MessagesDropped));
    }

    [Fact]
    public void A_store_that_is_five_times_too_slow_still_moves_the_watermark_as_fast_as_it_writes()
    {
        const int Second = 100_000;
        var (next, written) = (1ul, 0);
        var samples = Enumerable.Repeat((1u, TelemetryKind.Float64), 1_000).ToArray();
        for (var second = 0; second < 40; second++)
        {
            for (var message = 0; message < Second / samples.Length; message++, next += (ulong)samples.Length)
            {
                Take(ReceivedKind.Telemetry, Telemetry(next, 0x63, false, samples), Ingestor.RoomAt(_backlog.Count));
            }

            Head(next, flush: false);
            _clock.Advance(TimeSpan.FromSeconds(1));
            while (Stream.Ask() is { } ask)
            {
                for (var from = ask.From; from <= ask.To; from += (ulong)samples.Length)
                {
                    Take(ReceivedKind.Telemetry, Telemetry(from, 0x63, true, samples), Ingestor.RoomAt(_backlog.Count));
                }
            }

            for (var batch = 0; batch < 4; batch++)
            {
                var cut = _backlog.Cut();
                written += cut.Samples.Length;
                foreach (var fate in cut.Fates())
                {
                    fate.Stream.Settle(fate.Range, fate.Cause);
                }
            }
        }

        // What waits in front of the first number asked for is written before it.
        Assert.True(Stream.Stored.Done.Count == (ulong)written, $"{written} written, {Stream.Stored.Done.Count} remembered");
        Assert.True(Stream.Stored.UpTo > 400_000, $"{written} written, the watermark is at {Stream.Stored.UpTo}");
    }

    private static byte[] Gap(ulong from, ulong to)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(0, 0)];
        return buffer[..TelemetryEncoder.EncodeGap(buffer, 0, 1, 0x63, from, to, 1)];
    }

    private static byte[] Telemetry(ulong first, params (uint Alias, TelemetryKind Kind)[] samples) => Telemetry(first, 0x63, samples);

    private static byte[] Telemetry(ulong first, ulong planHash, params (uint Alias, TelemetryKind Kind)[] samples) => Telemetry(first, planHash, false, samples);

    private static byte[] Telemetry(ulong first, ulong planHash, bool replay, (uint Alias, TelemetryKind Kind)[] samples)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(samples.Length, 0)];
        var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(samples.Length)]);
        encoder.Begin(0, 1, first, planHash, replay);
        foreach (var (alias, kind) in samples)
        {
            encoder.TryAdd(alias, StoreScene.Start, kind, 0, default, 0);
        }

        return buffer[..encoder.End()];
    }

    /// <summary>Two heads a second apart, and numbers that neither store nor way has.</summary>
    private void AskFor(ulong from, ulong next)
    {
        Head(next, flush: false);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Head(next, flush: false);
        Assert.Equal(from, Stream.Ask()!.From);
    }

    private void Head(ulong next, bool flush)
    {
        var head = new HeadMessage([new StreamHead("plc", "1", 1, next, [], flush)]);
        Take(ReceivedKind.Head, JsonSerializer.SerializeToUtf8Bytes(head, TelemetryJson.Default.HeadMessage));
    }

    private void Head(ulong oldest, ulong next)
    {
        var head = new HeadMessage([new StreamHead("plc", "1", oldest, next, [], false)]);
        Take(ReceivedKind.Head, JsonSerializer.SerializeToUtf8Bytes(head, TelemetryJson.Default.HeadMessage));
    }

    private void Take(ReceivedKind kind, byte[] body, Room room = Room.Any) =>
        _intake.Take(new Received(kind, "g", "e", kind == ReceivedKind.Head ? "" : "plc", body), room);
}
