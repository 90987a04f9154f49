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

    private StreamState Stream => Assert.Single(_book.Current);

    [Fact]
    public void A_message_without_room_is_left_out_and_missed_later()
    {
        Take(ReceivedKind.Telemetry, Telemetry(1, (1, TelemetryKind.Float64)), hasRoom: false);
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
        Assert.Equal(39ul, Stream.Stored.UpTo);
    }

    private static byte[] Gap(ulong from, ulong to)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(0, 0)];
        return buffer[..TelemetryEncoder.EncodeGap(buffer, 0, 1, 0x63, from, to, 1)];
    }

    private static byte[] Telemetry(ulong first, params (uint Alias, TelemetryKind Kind)[] samples) => Telemetry(first, 0x63, samples);

    private static byte[] Telemetry(ulong first, ulong planHash, params (uint Alias, TelemetryKind Kind)[] samples)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(samples.Length, 0)];
        var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(samples.Length)]);
        encoder.Begin(0, 1, first, planHash, false);
        foreach (var (alias, kind) in samples)
        {
            encoder.TryAdd(alias, StoreScene.Start, kind, 0, default, 0);
        }

        return buffer[..encoder.End()];
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

    private void Take(ReceivedKind kind, byte[] body, bool hasRoom = true) =>
        _intake.Take(new Received(kind, "g", "e", kind == ReceivedKind.Head ? "" : "plc", body), hasRoom);
}
