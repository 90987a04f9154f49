using System.Diagnostics;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Northbound;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;

/// <summary>More requests than anybody means. Alone in its process, for it weighs memory.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class RequestFloodTests : IAsyncDisposable
{
    private readonly ListenerScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_flood_is_dropped_at_little_cost_and_anothers_request_comes_through_at_once()
    {
        await using var broker = await Mosquitto.StartAsync("allow_anonymous true\nmax_queued_messages 0", Cancellation);
        await _scene.StartAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}" }, Cancellation);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);

        // What is made once is made in the first second; afterwards nothing may grow.
        await FloodAsync(person, TimeSpan.FromSeconds(1));
        var (bytes, cpu, since) = (GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await FloodAsync(person, TimeSpan.FromSeconds(3));
        var (took, spent) = (Stopwatch.GetElapsedTime(since), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - bytes;
        TestContext.Current.TestOutputHelper?.WriteLine($"{_scene.Status.Requests} looked at, {_scene.Status.Dropped} dropped in {took.TotalSeconds:0.0} s; sender and listener {spent.TotalSeconds:0.00} s of CPU, {grown} bytes");
        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation, message => message.WithTopic("edge/v1/g/e/plc/command/anna"));
        await Until.TrueAsync("the request of another", ListenerScene.Limit, () => !_scene.Asked.IsEmpty, Cancellation);

        Assert.InRange(_scene.Status.Requests, 50, 50 * (took.TotalSeconds + 4));
        Assert.InRange(grown, long.MinValue, 2_000_000);
        Assert.Single(_scene.Told, line => line.Contains("more than 200 requests a second", StringComparison.Ordinal));
        Assert.Single(_scene.Told, line => line.Contains("is refused for its form", StringComparison.Ordinal));
    }

    /// <summary>A thousand messages a second that nobody waits for, until all have come.</summary>
    private async Task FloodAsync(Person person, TimeSpan time)
    {
        var (since, before, count) = (Stopwatch.GetTimestamp(), _scene.Status.Requests + _scene.Status.Dropped, (int)time.TotalMilliseconds);
        for (var i = 0; i < count; i++)
        {
            await person.SayAsync("{}", Cancellation, quality: MqttQualityOfServiceLevel.AtMostOnce);
            if (i % 10 == 9 && TimeSpan.FromMilliseconds(i + 1) - Stopwatch.GetElapsedTime(since) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, TimeProvider.System, Cancellation);
            }
        }

        await Until.TrueAsync("all to have come", ListenerScene.Limit, () => _scene.Status.Requests + _scene.Status.Dropped >= before + count, Cancellation);
    }
}
