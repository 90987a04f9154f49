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
    [InlineData($$"""{{Site}}, "more": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "confirm": "puback" }""", "sinks.more: is at the same broker as \"site\"")]
    [InlineData($$"""{{Site}}, "more": { "sink": "mqtt", "url": "mqtt://localhost", "confirm": "puback" }""", "sinks.more: is at the same broker as \"site\"")]
    [InlineData($$"""{{Site}}, "more": { "sink": "mqtt", "url": "mqtts://b:1", "urls": ["mqtt://127.0.0.1:1883"], "confirm": "puback" }""", "sinks.more: is at the same broker as \"site\"")]
    [InlineData($$"""{{Site}}, "more": { "sink": "mqtt", "url": "mqtts://b:1", "historians": ["h1"] }""", "sinks.more.historians: the historian \"h1\" listens to the sink \"site\", so its word never comes here")]
    [InlineData("""  "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1", "h1"] }""", "sinks.site.historians: names the historian \"h1\" twice; its word is awaited once, remove one")]
    [InlineData($$"""{{Site}}, "more": { "sink": "mqtt", "url": "mqtts://b:1" }""", "sinks.more.historians: \"confirm\": \"stored\" needs the historians")]
    [InlineData("""  "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"], "commands": true }""", "sinks.site.commands: a broker that asks nobody for a name lets everybody command under any name")]
    [InlineData($$"""{{Site}}, {{Scada}}, "again": { "sink": "sparkplug", "url": "mqtt://127.0.0.1:1883", "edgeNodeId": "cell1" }""", "sinks.again: is the same Sparkplug edge node")]
    [InlineData($$"""{{Site}}, "scada": { "sink": "sparkplug", "url": "mqtt://10.0.0.1:1883" }""", "sinks.scada.url: mqtt:// to 10.0.0.1 is not encrypted")]
    [InlineData($$"""{{Site}}, "scada": { "sink": "sparkplug", "url": "mqtt://127.0.0.1:1883", "urls": ["mqtt://10.0.0.2:1883"] }""", "sinks.scada.urls: mqtt:// to 10.0.0.2 is not encrypted")]
    [InlineData($$"""{{Site}}, "scada": { "sink": "sparkplug", "url": "mqtt://127.0.0.1:1883", "confirm": "none" }""", "sinks.scada.confirm: unknown key")]
    public void Sinks_that_cannot_work_together_are_told(string sinks, string expected)
    {
        Assert.Contains(_folder.Mistakes(With(sinks)), mistake => mistake.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_mqtt_sinks_each_have_their_own_broker_and_historians()
    {
        const string Cloud = "\"cloud\": { \"sink\": \"mqtt\", \"url\": \"mqtts://cloud:8883\", \"historians\": [\"h2\"] }";
        const string Lake = "\"lake\": { \"sink\": \"mqtt\", \"url\": \"mqtts://lake:8883\", \"confirm\": \"puback\", \"telemetryTopic\": \"plant/{device}\" }";
        var file = With($"{Lake}, {Cloud}, {Site}").Replace("\"h1\": {", "\"h2\": { \"store\": \"embedded\" }, \"h1\": {", StringComparison.Ordinal);

        var reading = _folder.Read(file);

        Assert.Empty(_folder.Lines(reading));
        Assert.Equal(("site", "cloud"), (reading.Configuration!.Options.SinkOf("h1"), reading.Configuration.Options.SinkOf("h2")));
    }

    [Theory]
    [InlineData("\"file\": \"historian-h1.db\"")]
    [InlineData("\"file\": \"../data/historian-h1.db\"")]
    [InlineData("\"apart\": true, \"file\": \"historian-h1.db\"")]
    public void Two_historians_of_one_file_are_told(string second)
    {
        var both = Site.Replace("[\"h1\"]", "[\"h1\", \"h2\"]", StringComparison.Ordinal);
        var file = With(both).Replace("\"h1\": { \"store\"", $"\"h1\": {{ \"store\": \"embedded\" }}, \"h2\": {{ {second}, \"store\"", StringComparison.Ordinal);

        var mistake = Assert.Single(_folder.Mistakes(file));

        Assert.Contains("historians.h2.file: has the same file as the historian \"h1\"", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_historian_cannot_listen_to_a_sparkplug_sink()
    {
        var file = With($"{Site}, {Scada}").Replace("\"store\": \"embedded\"", "\"store\": \"embedded\", \"sink\": \"scada\"", StringComparison.Ordinal);

        Assert.Contains("the sink \"scada\" is not of kind mqtt", Assert.Single(_folder.Mistakes(file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"url\": \"mqtts://broker:8883\", \"pins\": [\"00:11\"]", "sinks.site.pins: \"00:11\" is no SHA-256")]
    [InlineData("\"url\": \"mqtts://broker:8883\", \"checkHost\": false", "sinks.site.checkHost: without a look at the host")]
    [InlineData("\"url\": \"mqtt://127.0.0.1:1883\", \"caFile\": \"ca.pem\"", "sinks.site.url: mqtt:// shows and checks no certificate; use mqtts://")]
    [InlineData("\"url\": \"ws://10.0.0.1:9001/mqtt\"", "sinks.site.url: ws:// to 10.0.0.1 is not encrypted; use wss://")]
    [InlineData("\"url\": \"mqtts://broker:8883/mqtt\"", "sinks.site.url: mqtts:// has no path; remove \"/mqtt\", or write wss:// for a WebSocket")]
    [InlineData("\"url\": \"http://broker\"", "sinks.site.url: \"http://broker\" is no broker address")]
    [InlineData("\"url\": \"mqtts://me:secret@broker\"", "sinks.site.url: a user or password does not belong into the address")]
    [InlineData("\"url\": \"mqtts://broker\", \"version\": \"4\"", "sinks.site.version: ")]
    [InlineData("\"url\": \"mqtts://broker\", \"sessionExpiry\": \"2d\"", "sinks.site.sessionExpiry: ")]
    [InlineData("\"url\": \"mqtts://broker\", \"people\": { \"topic\": \"people/{device}\" }", "sinks.site.people.topic: {signal} is missing")]
    [InlineData("\"url\": \"mqtts://broker\", \"people\": { \"every\": \"1ms\" }", "sinks.site.people.every: ")]
    [InlineData("\"url\": \"mqtts://broker\", \"telemetryTopic\": \"plant/{device}\"", "sinks.site.telemetryTopic: historians listen below edge/v1/")]
    [InlineData("\"url\": \"mqtts://broker\", \"telemetryTopic\": \"plant/{signal}\"", "sinks.site.telemetryTopic: {signal} is unknown here")]
    public void Settings_of_a_broker_that_cannot_hold_are_told(string settings, string expected)
    {
        var site = $"\"site\": {{ \"sink\": \"mqtt\", \"historians\": [\"h1\"], {settings} }}";

        Assert.Contains(_folder.Mistakes(With(site)), mistake => mistake.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"url\": \"wss://broker/mqtt\", \"caFile\": \"ca.pem\", \"checkHost\": true")]
    [InlineData("\"url\": \"mqtts://broker\", \"pins\": [\"sha256:00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff\"], \"checkHost\": false")]
    [InlineData("\"url\": \"ws://[::1]:9001/mqtt\", \"version\": \"3.1.1\", \"sessionExpiry\": \"0s\"")]
    [InlineData("\"url\": \"mqtt://10.0.0.1\", \"allowInsecure\": true, \"people\": {}")]
    public void Settings_of_a_broker_that_hold_are_taken(string settings)
    {
        Assert.Empty(_folder.Mistakes(With($"\"site\": {{ \"sink\": \"mqtt\", \"historians\": [\"h1\"], {settings} }}")));
    }

    [Fact]
    public void A_historian_of_this_file_hears_nothing_on_topics_of_the_sites_own()
    {
        var site = "\"site\": { \"sink\": \"mqtt\", \"url\": \"mqtt://127.0.0.1\", \"confirm\": \"puback\", \"telemetryTopic\": \"plant/{device}\" }";

        Assert.Contains("would hear nothing", Assert.Single(_folder.Mistakes(With(site))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_travels_readable_is_warned_of()
    {
        var site = "\"site\": { \"sink\": \"mqtt\", \"historians\": [\"h1\"], \"url\": \"mqtt://10.0.0.1\", \"allowInsecure\": true, \"user\": \"edge1\", \"password\": \"env:SECRET\" }";

        var reading = _folder.Read(With(site), ("SECRET", "s"));

        Assert.Contains(reading.Warnings, warning => warning.Message.Contains("the password of \"edge1\" travels readable", StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_at_the_broker_of_this_file_need_its_users()
    {
        const string Named = "\"site\": { \"sink\": \"mqtt\", \"url\": \"mqtt://127.0.0.1:1883\", \"historians\": [\"h1\"], \"commands\": true, \"user\": \"a\", \"password\": \"env:SECRET\" }";
        var open = With(Named).Replace("\"sinks\"", "\"broker\": {}, \"sinks\"", StringComparison.Ordinal);

        Assert.Empty(_folder.Lines(_folder.Read(With(Named), ("SECRET", "s"))));
        Assert.Contains(_folder.Lines(_folder.Read(open, ("SECRET", "s"))), line => line.Contains("sinks.site.commands: the broker below has no users", StringComparison.Ordinal));
    }

    private static string With(string sinks) => ConfigurationFolder.Good.Replace(Site, sinks, StringComparison.Ordinal);
}
