using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MQTTnet.Protocol;
using static IndustrieFutur.Edge.Cell.Tests.Proofs.CommandSite;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A thousand requests a second, most at the broker and some at the port, of which none may be done; or of which as many are done as a user may give.</summary>
internal sealed class HostileFlood(HostileScene scene, CancellationToken cancellation)
{
    private const int PerSecond = 1_000;

    /// <summary>One in so many goes to the port.</summary>
    private const int HttpEvery = 20;

    /// <summary>So many at once: a timer wakes up no finer.</summary>
    private const int AtOnce = 10;

    private static readonly string[] Strangers = ["mallory", "eve", "trudy", "root"];

    private readonly HostileHttp _http = new(scene.Site.HttpPort);
    private int _sent;

    /// <summary>The service's memory was never larger while it ran.</summary>
    public long MostBytes { get; private set; }

    /// <summary>Strangers, observers, the wrong role, the wrong form, the wrong time, replays. Returns how many there were.</summary>
    public async Task<int> RunAsync(TimeSpan span)
    {
        var before = _sent;
        var asked = new List<Task>();
        await PaceAsync(span, async i =>
        {
            if (i % HttpEvery == 0)
            {
                asked.Add(_http.SendAsync("commands/free:submit", scene.Guards.SessionOf(Observer), NewId(), "{\"values\":{\"speed\":700}}", _ => { }, cancellation));
                return;
            }

            var (user, body, isRetained) = Message(i);
            await scene.Second.SayAsync(HostileScene.Topic(user), Encoding.UTF8.GetBytes(body), MqttQualityOfServiceLevel.AtMostOnce, cancellation, message => message.WithRetainFlag(isRetained));
        });
        await Task.WhenAll(asked);
        return _sent - before;
    }

    /// <summary>All of them good, each of a value of its own. Returns the values.</summary>
    public async Task<IReadOnlyList<ushort>> RunGoodAsync(TimeSpan span, ushort first)
    {
        var values = new List<ushort>();
        await PaceAsync(span, i =>
        {
            values.Add((ushort)(first + i));
            var request = MqttCommander.Request("free", NewId(), new JsonObject { ["speed"] = values[^1] });
            return scene.Second.SayAsync(HostileScene.Topic(Integrator), Encoding.UTF8.GetBytes(request.ToJsonString()), MqttQualityOfServiceLevel.AtMostOnce, cancellation);
        });
        return values;
    }

    private async Task PaceAsync(TimeSpan span, Func<int, Task> sendAsync)
    {
        var (started, count) = (Stopwatch.GetTimestamp(), (int)(span.TotalSeconds * PerSecond));
        for (var i = 0; i < count; i++)
        {
            await sendAsync(i);
            _sent++;
            var early = TimeSpan.FromSeconds((i + 1.0) / PerSecond) - Stopwatch.GetElapsedTime(started);
            if (i % AtOnce == AtOnce - 1 && early > TimeSpan.Zero)
            {
                MostBytes = i % PerSecond == AtOnce - 1 ? Math.Max(MostBytes, scene.Site.Edge.ResidentBytes) : MostBytes;
                await Task.Delay(early, TimeProvider.System, cancellation);
            }
        }

        var took = Stopwatch.GetElapsedTime(started);
        Assert.True(took < span * 1.1, $"a flood of {span.TotalSeconds:0} s took {took.TotalSeconds:0.0} s, so it was none of {PerSecond} a second");
    }

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"flood-{_sent}");

    private (string User, string Body, bool IsRetained) Message(int i)
    {
        var good = MqttCommander.Request("free", NewId(), new JsonObject { ["speed"] = 700 });
        return (i % 9) switch
        {
            0 => (Observer, good.ToJsonString(), false),
            1 => (Operator, MqttCommander.Request("service", NewId(), new JsonObject { ["speed"] = 700 }).ToJsonString(), false),
            2 => (Operator, good.ToJsonString(), true),
            3 => (Operator, "{\"command\":\"free\",\"id\":", false),
            4 => (Operator, new string('x', 5_000), false),
            5 => (string.Create(CultureInfo.InvariantCulture, $"stranger{i}"), good.ToJsonString(), false),
            6 => (Operator, $$"""{"command":"free","id":"{{NewId()}}","values":{"speed":700},"expires":1}""", false),
            7 => (Operator, $$"""{"command":"free","id":"{{NewId()}}","values":{"speed":1e999},"expires":{{MqttCommander.In(TimeSpan.FromSeconds(5))}}}""", false),
            _ => (Strangers[i / 9 % Strangers.Length], good.ToJsonString(), false),
        };
    }
}
