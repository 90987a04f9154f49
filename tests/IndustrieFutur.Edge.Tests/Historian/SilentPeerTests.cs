using System.Diagnostics;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Brokers and stores that take a connection and do not answer: they are given up in time, and never hold up a stop.</summary>
public sealed class SilentPeerTests : IDisposable
{
    private const int UnexpectedEvent = 5015;
    private const int NothingComesEvent = 5021;

    /// <summary>Half of the 5 s that an answer is waited for; what it takes is below 0.5 s, the rest is for a busy machine.</summary>
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-historian-").FullName;
    private readonly FakeTimeProvider _clock = new();
    private readonly HistorianStatus _status = new();
    private readonly HeardLogger<HistorianService> _logger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_broker_that_falls_silent_is_tried_again_and_said(int answers)
    {
        using var broker = new ScriptedBroker([.. Answers.Take(answers)]);
        using var link = NewLink(broker);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = link.RunAsync(end.Token);
        link.MayConnect();

        await UntilAsync(() => broker.Connections >= 2);

        Assert.Contains("does not answer within 5 s", _status.LastError, StringComparison.Ordinal);
        Assert.False(_status.Connected);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_message_that_is_not_acknowledged_in_time_counts_as_not_taken_and_ends_the_connection()
    {
        using var broker = new ScriptedBroker(Answers);
        await WithLinkAsync(broker, async link =>
        {
            var publishing = link.PublishAsync("edge/v1/g/e/stored/h1", [1], retain: true, Cancellation);
            await UntilAsync(() => publishing.IsCompleted);

            Assert.False(await publishing);
            await UntilAsync(() => broker.Connections >= 2);
        });
    }

    [Fact]
    public async Task A_broker_that_brings_no_heads_is_left_and_asked_anew()
    {
        using var broker = new ScriptedBroker(Answers);
        await WithLinkAsync(broker, async link =>
        {
            var connected = _clock.GetTimestamp();

            await UntilAsync(() => broker.Connections >= 2);

            Assert.InRange(_clock.GetElapsedTime(connected), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(30));
            Assert.Contains("no edge says anything", Assert.Single(_logger.Of(NothingComesEvent)), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_broker_that_brings_heads_and_not_the_samples_asked_for_is_left_and_asked_anew()
    {
        using var broker = new ScriptedBroker(Answers);
        await WithLinkAsync(broker, async link =>
        {
            var connected = _clock.GetTimestamp();

            await UntilAsync(() =>
            {
                link.NothingAwaited();
                broker.Tell(ScriptedBroker.Head);
                return _clock.GetElapsedTime(connected) > TimeSpan.FromSeconds(60);
            });
            Assert.Equal((1, true), (broker.Connections, link.IsConnected));

            var awaited = _clock.GetTimestamp();
            await UntilAsync(() =>
            {
                broker.Tell(ScriptedBroker.Head);
                return broker.Connections >= 2;
            });
            Assert.InRange(_clock.GetElapsedTime(awaited), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(30));
            Assert.Contains("no samples come", Assert.Single(_logger.Of(NothingComesEvent)), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_stop_beside_a_silent_broker_is_soon_and_in_order(int answers)
    {
        await KeepWatermarkAsync();
        using var broker = new ScriptedBroker([.. Answers.Take(answers)]);
        using var historian = NewHistorian(broker, new HistorianOptions { Store = StoreKind.Embedded, Streams = ["la-roche/+/plc"] });
        await historian.StartAsync(Cancellation);
        await UntilAsync(() => broker.Packets > answers);

        await AssertStopsAsync(historian);
    }

    [Theory]
    [InlineData(StoreKind.Influx)]
    [InlineData(StoreKind.Victoria)]
    public async Task A_stop_beside_a_silent_store_is_soon_and_in_order(StoreKind kind)
    {
        using var broker = new ScriptedBroker();
        using var store = new ScriptedBroker();
        using var historian = NewHistorian(broker, new HistorianOptions { Store = kind, Url = $"http://127.0.0.1:{store.Port}" });
        await historian.StartAsync(Cancellation);
        await UntilAsync(() => store.Packets > 0);

        await AssertStopsAsync(historian);
    }

    private static byte[][] Answers => [ScriptedBroker.Welcome, ScriptedBroker.FirstGranted, ScriptedBroker.SecondGranted];

    private static Func<MqttClientOptions> To(int port) => () => new MqttClientOptionsBuilder()
        .WithTcpServer("127.0.0.1", port).WithClientId("h1").WithCleanSession().WithProtocolVersion(MqttProtocolVersion.V311).Build();

    private BrokerLink NewLink(ScriptedBroker broker) =>
        new("h1", new StreamFilter(["g/e/plc"]), To(broker.Port), null, _status, _clock, _logger);

    private HistorianService NewHistorian(ScriptedBroker broker, HistorianOptions options) =>
        new("h1", options, _folder, To(broker.Port), TimeProvider.System, _logger);

    /// <summary>A watermark in the store is told as soon as there is a connection.</summary>
    private async Task KeepWatermarkAsync()
    {
        var scene = new StoreScene();
        await using var store = new EmbeddedStore(Path.Combine(_folder, "historian-h1.db"), TimeSpan.FromDays(3_650), TimeProvider.System);
        await store.OpenAsync(Cancellation);
        await store.WriteAsync(new StoreBatch(scene.Samples(1, 10), []), Cancellation);
        await store.ConfirmAsync(scene.UpTo(10), true, Cancellation);
    }

    private async Task AssertStopsAsync(HistorianService historian)
    {
        var since = Stopwatch.GetTimestamp();
        await historian.StopAsync(CancellationToken.None);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, StopMax);
        Assert.Empty(_logger.Of(UnexpectedEvent));
        Assert.False(historian.Status.Connected);
    }

    /// <summary>From when it is connected.</summary>
    private async Task WithLinkAsync(ScriptedBroker broker, Func<BrokerLink, Task> act)
    {
        using var link = NewLink(broker);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = link.RunAsync(end.Token);
        link.MayConnect();
        await UntilAsync(() => link.IsConnected);
        await act(link);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        var since = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Deadline, $"waited {Deadline} in vain; the historian says: {_status.LastError}");
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancellation);
        }
    }
}
