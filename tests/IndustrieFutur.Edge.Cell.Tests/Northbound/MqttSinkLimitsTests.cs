using System.Text.Json;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>What the sink owes a broker by the specification, counted by a broker that does as it is told.</summary>
public sealed class MqttSinkLimitsTests
{
    private const byte NotAuthorized = 0x87;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, 16, 3)]
    [InlineData(1, 16, 1)]
    [InlineData(65_535, 2, 2)]
    public async Task No_more_messages_are_on_their_way_than_the_broker_receives_and_we_allow(ushort receiveMax, int window, int expected)
    {
        await using var broker = new ScriptedBroker { ReceiveMax = receiveMax, HeldMax = expected };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(1_000);
        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, BatchMax = 10, Window = window, Confirm = Confirm.Puback }, Cancellation);
        await Until.TrueAsync("a full window, again and again", Limit, () => broker.Telemetry.Length >= 50, Cancellation);

        await broker.ReleaseAsync();

        await Until.TrueAsync("all of it", Limit, () => scene.Spool.Pending == 0, Cancellation);
        Assert.Equal(expected, broker.MostOnTheirWay);
        Assert.Equal(1_000, scene.Ledger.Read(0).Stored);
    }

    [Fact]
    public async Task A_batch_that_would_be_larger_than_the_broker_takes_is_cut()
    {
        await using var broker = new ScriptedBroker { PacketBytesMax = 700 };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(1_000);

        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, BatchMax = 500, Confirm = Confirm.Puback }, Cancellation);

        await Until.TrueAsync("all of it", Limit, () => scene.Spool.Pending == 0, Cancellation);
        Assert.InRange(broker.Telemetry.Max(message => message.PacketBytes), 500, 700);
        Assert.Equal(1_000, scene.Ledger.Read(0).Stored);
    }

    [Fact]
    public async Task A_broker_that_takes_less_than_we_must_say_is_told_of()
    {
        await using var broker = new ScriptedBroker { PacketBytesMax = 100 };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(10);

        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, Confirm = Confirm.Puback }, Cancellation);

        await Until.TrueAsync("the refusal", Limit, () => scene.Sink.Status.IsRefused, Cancellation);
        Assert.Contains("at most 100 bytes", scene.Sink.Status.LastError, StringComparison.Ordinal);
        Assert.Equal(10, scene.Spool.Pending);
        Assert.Empty(broker.Telemetry);
    }

    [Fact]
    public async Task A_stream_that_the_broker_refuses_rests_is_told_of_and_goes_on_when_it_is_allowed()
    {
        await using var broker = new ScriptedBroker { Answer = NotAuthorized };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(100);
        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, BatchMax = 100, Confirm = Confirm.Puback }, Cancellation);
        await Until.TrueAsync("the refusal", Limit, () => scene.Sink.Status.Refused.Length > 0, Cancellation);
        Assert.Contains("edge/v1/g/e/plc/telemetry (NotAuthorized)", scene.Sink.Status.Refused, StringComparison.Ordinal);

        broker.Answer = 0;

        await Until.TrueAsync("all of it", Limit, () => scene.Spool.Pending == 0, Cancellation);
        Assert.Equal(2, broker.Telemetry.Length);
        Assert.Single(broker.Connects);
        Assert.Empty(scene.Sink.Status.Refused);
    }

    [Fact]
    public async Task A_description_that_the_broker_refuses_is_told_of_and_the_samples_go_on()
    {
        await using var broker = new ScriptedBroker { Answer = NotAuthorized, AnsweredTopic = "/meta" };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(100);

        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, Confirm = Confirm.Puback }, Cancellation);

        await Until.TrueAsync("all of it", Limit, () => scene.Spool.Pending == 0, Cancellation);
        Assert.Contains("edge/v1/g/e/plc/meta (NotAuthorized)", scene.Sink.Status.Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_historian_has_is_not_sent_again_when_a_session_is_resumed()
    {
        await using var broker = new ScriptedBroker { HeldMax = int.MaxValue };
        await using var scene = new SinkScene(Confirm.Stored, "h1");
        broker.Retained = ("edge/v1/g/e/stored/h1", Stored(scene, upTo: 0));
        scene.Append(100);
        await scene.StartAsync(
            new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, BatchMax = 10, Historians = ["h1"], BatchEvery = TimeSpan.FromMilliseconds(10) }, Cancellation);
        await Until.TrueAsync("everything on its way", Limit, () => broker.Telemetry.Length == 10, Cancellation);

        broker.Retained = ("edge/v1/g/e/stored/h1", Stored(scene, upTo: 0, new SequenceRange(51, 100)));
        broker.IsSessionPresent = true;
        broker.HangUp();
        await Until.TrueAsync("the rest again", Limit, () => broker.Telemetry.Count(message => message.Connection == 2) == 5, Cancellation);
        scene.Append(10);

        await Until.TrueAsync("what is new", Limit, () => broker.Telemetry.Any(message => message.First > 100), Cancellation);
        ulong[] again = [1, 11, 21, 31, 41];
        Assert.Equal(again, broker.Telemetry.Where(message => message.Connection == 2 && message.First <= 100).Select(message => message.First).Order());
        Assert.All(broker.Connects, connect => Assert.Equal(((byte)5, false, 600u, true), (connect.Level, connect.IsCleanStart, connect.SessionExpirySeconds, connect.HasRetainedWill)));
    }

    [Fact]
    public async Task A_broker_that_acknowledges_nothing_is_connected_anew_and_gets_it_again()
    {
        await using var broker = new ScriptedBroker { HeldMax = int.MaxValue };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(10);
        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, Confirm = Confirm.Puback }, Cancellation);
        await Until.TrueAsync("the first try", Limit, () => broker.Telemetry.Length == 1, Cancellation);

        await Until.TrueAsync("the second try", Limit, () => broker.Telemetry.Length == 2, Cancellation);
        await broker.ReleaseAsync();

        await Until.TrueAsync("all of it", Limit, () => scene.Spool.Pending == 0, Cancellation);
        Assert.Equal([1, 2], broker.Telemetry.Select(message => message.Connection));
        Assert.Equal(broker.Telemetry[0].First, broker.Telemetry[1].First);
    }

    [Fact]
    public async Task A_broker_that_brings_no_watermarks_any_more_is_left_and_asked_anew()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var broker = new ScriptedBroker();
        await using var scene = new SinkScene(Confirm.Stored, "h1");
        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, Historians = ["h1"] }, Cancellation, clock);
        scene.Append(10);
        await AdvanceUntilAsync(clock, () => broker.Telemetry.Length >= 1);
        await broker.SayAsync("edge/v1/g/e/stored/h1", Stored(scene, upTo: 10));
        await AdvanceUntilAsync(clock, () => scene.Spool.Pending == 0);

        // Nothing waits for a historian's word, and none is missed.
        var stored = clock.GetTimestamp();
        await AdvanceUntilAsync(clock, () => clock.GetElapsedTime(stored) > TimeSpan.FromSeconds(45));
        Assert.Single(broker.Connects);

        scene.Append(10);
        var waits = clock.GetTimestamp();
        await AdvanceUntilAsync(clock, () => broker.Connects.Length >= 2);
        Assert.InRange(clock.GetElapsedTime(waits), TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(50));
        broker.Retained = ("edge/v1/g/e/stored/h1", Stored(scene, upTo: 20));

        // The next one comes later, and brings what was not heard.
        await AdvanceUntilAsync(clock, () => scene.Spool.Pending == 0);
        Assert.InRange(clock.GetElapsedTime(waits), TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(135));
        Assert.Equal(3, broker.Connects.Length);
    }

    [Fact]
    public async Task A_broker_that_hangs_up_on_version_5_gets_the_samples_with_3_1_1()
    {
        await using var broker = new ScriptedBroker { HangsUpOnVersion5 = true };
        await using var scene = new SinkScene(Confirm.Puback);
        scene.Append(100);

        await scene.StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = broker.Url, Confirm = Confirm.Puback }, Cancellation);

        await Until.TrueAsync("all of it", Limit, () => scene.Spool.Pending == 0, Cancellation);
        Assert.Equal("3.1.1", scene.Sink.Status.Version);
        Assert.Equal([5, 4], broker.Connects.Select(connect => (int)connect.Level));
        Assert.True(broker.Connects[1].IsCleanStart);
        Assert.True(broker.Connects[1].HasRetainedWill);
    }

    /// <summary>Ten times as fast as a clock: the sockets beside it are real, and a busy machine keeps them waiting.</summary>
    private static Task AdvanceUntilAsync(FakeTimeProvider clock, Func<bool> holds) => Until.TrueAsync(
        "what the clock brings",
        Limit,
        () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            return holds();
        },
        Cancellation);

    /// <summary>The word of a historian that has everything up to a number, and what else.</summary>
    private static byte[] Stored(SinkScene scene, ulong upTo, params SequenceRange[] ranges)
    {
        var stored = new StreamStored("plc", StreamSpool.Hex(scene.Spool.Streams[0].Epoch), upTo, ranges, []);
        return JsonSerializer.SerializeToUtf8Bytes(new StoredMessage([stored]), TelemetryJson.Default.StoredMessage);
    }
}
