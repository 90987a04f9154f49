using System.Diagnostics;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Brokers and stores that take a connection and do not answer: they are given up in time, and never hold up a stop.</summary>
public sealed class SilentPeerTests : IDisposable
{
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
    public async Task A_message_that_is_not_acknowledged_in_time_counts_as_not_taken()
    {
        using var broker = new ScriptedBroker(Answers);
        using var link = NewLink(broker);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = link.RunAsync(end.Token);
        link.MayConnect();
        await UntilAsync(() => link.IsConnected);

        var publishing = link.PublishAsync("edge/v1/g/e/stored/h1", [1], retain: true, Cancellation);
        await UntilAsync(() => publishing.IsCompleted);

        Assert.False(await publishing);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static byte[][] Answers => [ScriptedBroker.Welcome, ScriptedBroker.FirstGranted, ScriptedBroker.SecondGranted];

    private static Func<MqttClientOptions> To(int port) => () => new MqttClientOptionsBuilder()
        .WithTcpServer("127.0.0.1", port).WithClientId("h1").WithCleanSession().WithProtocolVersion(MqttProtocolVersion.V311).Build();

    private BrokerLink NewLink(ScriptedBroker broker) =>
        new("h1", new StreamFilter(["g/e/plc"]), To(broker.Port), _status, _clock, _logger);

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
