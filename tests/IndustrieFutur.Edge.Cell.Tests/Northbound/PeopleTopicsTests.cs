using System.Diagnostics;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>What a person sees who listens with mosquitto's own client: readable values, and telemetry where the site wants it.</summary>
public sealed class PeopleTopicsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_is_read_without_a_manual_and_the_telemetry_stands_under_the_sites_own_name()
    {
        await using var broker = await Mosquitto.StartProcessAsync(Cancellation);
        await using var scene = new SinkScene(Confirm.Puback);
        using var values = Listen(broker.Port, "plant/g/plc/count", "%p", 2);
        using var batches = Listen(broker.Port, "plant/g/plc/raw", "%t", 1);
        await scene.StartAsync(
            new MqttSinkOptions
            {
                Sink = "mqtt",
                Url = $"mqtt://127.0.0.1:{broker.Port}",
                Confirm = Confirm.Puback,
                TelemetryTopic = "plant/{group}/{device}/raw",
                People = new PeopleOptions { Every = TimeSpan.FromMilliseconds(100), Topic = "plant/{group}/{device}/{signal}" },
            },
            Cancellation);

        // It keeps counting: a listener that comes late misses what was said before.
        var output = values.StandardOutput.ReadToEndAsync(Cancellation);
        var topics = batches.StandardOutput.ReadToEndAsync(Cancellation);
        await Until.TrueAsync("two values and a batch", Limit, () => Append(scene) && values.HasExited && batches.HasExited, Cancellation);

        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("plant/g/plc/raw", (await topics).Trim());
        var value = JsonNode.Parse(lines[0])!;
        Assert.True((long)value["value"]! > 0);
        Assert.Equal(("pcs", "Good"), ((string?)value["unit"], (string?)value["quality"]));
        Assert.StartsWith("2023-11-14T22:13:2", (string?)value["time"], StringComparison.Ordinal);
    }

    private static bool Append(SinkScene scene)
    {
        scene.Append(1);
        return true;
    }

    /// <summary>Ends by itself after so many messages.</summary>
    private static Process Listen(int port, string topic, string format, int count) => Process.Start(
        new ProcessStartInfo("mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{port}", "-t", topic, "-C", $"{count}", "-W", "20", "-F", format]) { RedirectStandardOutput = true })!;
}
