using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>Several sinks in one file: one that the historians listen to, and Sparkplug edge nodes beside it.</summary>
public sealed class SinkOptionsTests : IDisposable
{
    private const string Site = "\"site\": { \"sink\": \"mqtt\", \"url\": \"mqtt://127.0.0.1:1883\", \"historians\": [\"h1\"] }";
    private const string Scada = "\"scada\": { \"sink\": \"sparkplug\", \"url\": \"mqtt://127.0.0.1:1883\" }";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sparkplug_sink_stands_beside_the_one_of_the_historians_in_any_order()
    {
        var reading = _folder.Read(With($"{Scada}, {Site}"));

        Assert.Empty(_folder.Lines(reading));
        var options = reading.Configuration!.Options;
        Assert.Equal("site", options.HistoriansSink.Key);
        var scada = Assert.IsType<SparkplugSinkOptions>(options.Sinks["scada"]);
        Assert.Equal((500, 100_000, null, null), (scada.BatchMax, scada.SamplesPerDevice, scada.GroupId, scada.PrimaryHost));
    }

    [Theory]
    [InlineData("groupId", "a/b")]
    [InlineData("groupId", "")]
    [InlineData("edgeNodeId", "a+")]
    [InlineData("edgeNodeId", "a\\nb")]
    [InlineData("primaryHost", "#")]
    public void An_id_that_is_no_level_of_a_topic_is_refused(string key, string id)
    {
        var mistake = Assert.Single(_folder.Mistakes(With($"{Site}, {Scada.Replace(" }", $", \"{key}\": \"{id}\" }}", StringComparison.Ordinal)}")));

        Assert.Contains($"sinks.scada.{key}: ", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Scada}", "no sink is of kind mqtt")]
    [InlineData($$"""{{Site}}, "more": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "confirm": "puback" }""", "sinks.more: is a second sink of kind mqtt, beside \"site\"")]
    [InlineData($$"""{{Site}}, {{Scada}}, "again": { "sink": "sparkplug", "url": "mqtt://127.0.0.1:1883", "edgeNodeId": "cell1" }""", "sinks.again: is the same Sparkplug edge node")]
    [InlineData($$"""{{Site}}, "scada": { "sink": "sparkplug", "url": "mqtt://10.0.0.1:1883" }""", "sinks.scada.url: mqtt:// to 10.0.0.1 is not encrypted")]
    [InlineData($$"""{{Site}}, "scada": { "sink": "sparkplug", "url": "mqtt://127.0.0.1:1883", "urls": ["mqtt://10.0.0.2:1883"] }""", "sinks.scada.urls: mqtt:// to 10.0.0.2 is not encrypted")]
    [InlineData($$"""{{Site}}, "scada": { "sink": "sparkplug", "url": "mqtt://127.0.0.1:1883", "confirm": "none" }""", "sinks.scada.confirm: unknown key")]
    public void Sinks_that_cannot_work_together_are_told(string sinks, string expected)
    {
        Assert.Contains(_folder.Mistakes(With(sinks)), mistake => mistake.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_historian_cannot_listen_to_a_sparkplug_sink()
    {
        var file = With($"{Site}, {Scada}").Replace("\"store\": \"embedded\"", "\"store\": \"embedded\", \"sink\": \"scada\"", StringComparison.Ordinal);

        Assert.Contains("the sink \"scada\" is not of kind mqtt", Assert.Single(_folder.Mistakes(file)), StringComparison.Ordinal);
    }

    private static string With(string sinks) => ConfigurationFolder.Good.Replace(Site, sinks, StringComparison.Ordinal);
}
