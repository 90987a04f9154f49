namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>What is written becomes options; what cannot become options is told at its place with what to write instead.</summary>
public sealed class BindingTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_good_file_becomes_options_in_the_order_of_the_file()
    {
        var reading = _folder.Read(ConfigurationFolder.Good);

        Assert.Empty(_folder.Lines(reading));
        Assert.Empty(reading.Warnings);
        var options = reading.Configuration!.Options;
        var plc = Assert.IsType<BenchOptions>(options.Devices["plc"]);
        var group = plc.Groups["fast"];
        Assert.Equal(TimeSpan.FromMilliseconds(50), group.Interval);
        Assert.Equal(["speed", "label"], group.Signals.Keys);
        Assert.Equal(("Vitesse", 0.5, 1), (group.Signals["speed"].Name!.Fr, group.Signals["speed"].Deadband!.Absolute, group.Signals["speed"].Channel));
        Assert.Equal(Path.GetDirectoryName(_folder.File), reading.Configuration.BaseDirectory);
        Assert.Equal(Path.Combine(reading.Configuration.BaseDirectory, "data"), reading.Configuration.DataDirectory);
    }

    [Theory]
    [InlineData("\"pollInterval\": \"50ms\"", "devices.plc.pollInterval: unknown key; did you mean \"interval\"? It stands under groups.<id>")]
    [InlineData("\"gian\": 2", "devices.plc.gian: unknown key; did you mean \"gain\"?")]
    [InlineData("\"historians\": {}", "devices.plc.historians: unknown key; did you mean \"historians\"? It stands at the top of the file")]
    [InlineData("\"zzzzqqqq\": 2", "devices.plc.zzzzqqqq: unknown key; remove it, or write one of: driver, name, spoolDrop, serial, tcp, unit,")]
    [InlineData("\"unit\": \"7\"", "devices.plc.unit: the text \"7\" stands where a whole number is expected; write 7 without quotes")]
    [InlineData("\"unit\": 1.5", "devices.plc.unit: 1.5 is no whole number; write 1 or another whole number")]
    [InlineData("\"unit\": 300", "devices.plc.unit: 300 is out of range; write 1 to 247")]
    [InlineData("\"unit\": 99999999999999999999", "devices.plc.unit: 99999999999999999999 is out of range; write 1 to 247")]
    [InlineData("\"gain\": -1", "devices.plc.gain: -1 is out of range; write 0 or more")]
    [InlineData("\"gain\": 1e999", "devices.plc.gain: 1e999 is larger than any number that can be stored; write a smaller one")]
    [InlineData("\"gain\": true", "devices.plc.gain: true stands where a number is expected; write a number, such as 0.5")]
    [InlineData("\"timeout\": 300", "devices.plc.timeout: 300 has no unit; write \"300ms\" or \"300s\"")]
    [InlineData("\"timeout\": \"300\"", "devices.plc.timeout: \"300\" has no unit; write \"300ms\" or \"300s\"")]
    [InlineData("\"timeout\": \"1 sec\"", "devices.plc.timeout: \"1 sec\" is no duration; write a number with a unit")]
    [InlineData("\"timeout\": \"1ms\"", "devices.plc.timeout: \"1ms\" is out of range; write \"10ms\" to \"5s\"")]
    [InlineData("\"exclusive\": \"yes\"", "devices.plc.exclusive: the text \"yes\" stands where true or false is expected; write true or false without quotes")]
    [InlineData("\"skip\": 3", "devices.plc.skip: the number 3 stands where a list is expected; write [ ... ]")]
    [InlineData("\"skip\": [1, \"2\"]", "devices.plc.skip[1]: the text \"2\" stands where a whole number is expected; write 2 without quotes")]
    [InlineData("\"skip\": [1, 2, 3]", "devices.plc.skip: 3 entries stand here; at most 2 are allowed, remove some")]
    [InlineData("\"name\": \"PLC\"", "devices.plc.name: the text \"PLC\" stands where an object is expected; write { ... }")]
    [InlineData("\"tcp\": \"10.0.0.1\"", "devices.plc.tcp: \"serial\" and \"tcp\" exclude one another; keep one")]
    public void A_mistake_in_a_device_is_told_with_its_remedy(string line, string expected)
    {
        var mistake = Assert.Single(_folder.Mistakes(With(line)));

        Assert.StartsWith("edge.json:7:", mistake, StringComparison.Ordinal);
        Assert.StartsWith(expected, mistake[(mistake.IndexOf(": ", StringComparison.Ordinal) + 2)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"driver\": \"bench\",", "\"driver\": \"bensh\",", "edge.json:6:17: devices.plc.driver: there is no driver \"bensh\"; did you mean \"bench\"? Allowed: \"bench\"")]
    [InlineData("\"driver\": \"bench\",", "\"driver\": \"profinet\",", "edge.json:6:17: devices.plc.driver: there is no driver \"profinet\"; write \"bench\"")]
    [InlineData("\"driver\": \"bench\",", "\"driver\": 7,", "edge.json:6:17: devices.plc.driver: the number 7 stands where the name of a driver is expected; write \"bench\"")]
    [InlineData("\"driver\": \"bench\",", "", "edge.json:5:5: devices.plc.driver: is missing; add \"driver\": \"bench\"")]
    [InlineData("\"plc\":", "\"state\":", "edge.json:5:5: devices.state: \"state\" is a word of the topics and cannot name a device; choose another id, such as \"state1\"")]
    [InlineData("\"plc\":", "\"p l/c\":", "edge.json:5:5: devices.p l/c: is no id; use 1 to 80 letters, digits, '_', '-' and '.'")]
    [InlineData("\"channel\": 1,", "", "edge.json:12:13: devices.plc.groups.fast.signals.speed.channel: is missing; add \"channel\": 1")]
    [InlineData("\"channel\": 1,", "\"channel\": null,", "edge.json:12:35: devices.plc.groups.fast.signals.speed.channel: is missing; add \"channel\": 1")]
    [InlineData("\"kind\": \"text\"", "\"kind\": \"Text\"", "edge.json:13:46: devices.plc.groups.fast.signals.label.kind: \"Text\" is not known here; did you mean \"text\"? Allowed: \"float64\", \"int64\", \"uInt64\", \"boolean\", \"text\"")]
    [InlineData("\"group\": \"la-roche\"", "\"group\": \"\"", "edge.json:2:12: group: is empty; add \"group\": \"...\" (The site or plant: first level of every topic. Letters, digits, '_', '-', '.')")]
    [InlineData("\"group\": \"la-roche\"", "\"group\": \"la roche\"", "edge.json:2:12: group: \"la roche\" is not allowed here; write what matches ^[A-Za-z0-9_.-]{1,40}$ (The site or plant: first level of every topic. Letters, digits, '_', '-', '.')")]
    [InlineData("\"sink\": \"mqtt\"", "\"sink\": \"kafka\"", "edge.json:19:32: sinks.site.sink: there is no sink \"kafka\"; write \"mqtt\", \"sparkplug\"")]
    [InlineData("\"historians\": [\"h1\"]", "\"historians\": \"h1\"", "edge.json:19:86: sinks.site.historians: the text \"h1\" stands where a list is expected; write [ ... ]")]
    [InlineData("\"store\": \"embedded\"", "\"store\": \"embedded\", \"sink\": \"sit\"", "edge.json:20:56: historians.h1.sink: there is no sink \"sit\"; write one of: site")]
    [InlineData("\"historians\": [\"h1\"]", "\"historians\": [\"h2\"]", "edge.json:20:19: historians.h1: no sink awaits the historian \"h1\"; name it under sinks.site.historians, or remove it")]
    [InlineData("\"sink\": \"mqtt\",", "\"sink\": \"mqtt\", \"user\": \"e\", \"password\": \"hunter2\",", "edge.json:19:65: sinks.site.password: a secret is never written here; write \"env:NAME\" or \"file:path\" and put the secret there")]
    [InlineData("\"sink\": \"mqtt\",", "\"sink\": \"mqtt\", \"user\": \"e\",", "edge.json:19:14: sinks.site.password: \"user\" and \"password\" go together; one is missing")]
    public void A_mistake_is_told_once_at_its_exact_place(string good, string bad, string expected)
    {
        Assert.Contains(good, ConfigurationFolder.Good, StringComparison.Ordinal);

        var mistake = Assert.Single(_folder.Mistakes(ConfigurationFolder.Good.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Equal(expected, mistake);
    }

    [Theory]
    [InlineData("\"hunter2\"")]
    [InlineData("31415926")]
    [InlineData("[\"hunter2\"]")]
    public void A_secret_in_clear_is_never_repeated(string secret)
    {
        var mistake = Assert.Single(_folder.Mistakes(ConfigurationFolder.Good.Replace(
            "\"sink\": \"mqtt\",", $"\"sink\": \"mqtt\", \"user\": \"e\", \"password\": {secret},", StringComparison.Ordinal)));

        Assert.Contains("a secret is never written here", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Trim('[', ']', '"'), mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_driver_does_not_hide_the_other_mistakes_of_its_device()
    {
        var mistakes = _folder.Mistakes(With("\"unit\": 300").Replace("\"bench\"", "\"bensh\"", StringComparison.Ordinal));

        Assert.Equal(2, mistakes.Length);
        Assert.StartsWith("edge.json:6:17: devices.plc.driver", mistakes[0], StringComparison.Ordinal);
        Assert.StartsWith("edge.json:7:15: devices.plc.unit", mistakes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_names_every_key_that_must_be_there()
    {
        Assert.Equal(["group", "edge", "devices", "sinks"], _folder.Read("{}").Mistakes.Select(mistake => mistake.Path));
    }

    [Fact]
    public void A_check_that_throws_over_sound_options_is_our_mistake_and_goes_up()
    {
        var broken = BenchOptions.Kind with { LinkKey = _ => throw new NotSupportedException("ours") };
        _folder.Write("edge.json", ConfigurationFolder.Good);

        Assert.Throws<NotSupportedException>(() => Edge.App.Configuration.EdgeConfiguration.Load(_folder.File, [broken], new Dictionary<string, string>()));
    }

    /// <summary>The good file with one more key in the device, on line 7.</summary>
    private static string With(string line) =>
        ConfigurationFolder.Good.Replace("\"serial\": \"/dev/ttyS9\",", $"{line}, \"serial\": \"/dev/ttyS9\",", StringComparison.Ordinal);
}
