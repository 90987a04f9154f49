using System.Text;
using IndustrieFutur.Edge.App.Configuration.Reading;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A file is read as an integrator wrote it, and where it is no JSON one sentence says so and where.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_and_value_knows_its_line_and_column()
    {
        var root = LocatedJson.Read(Encoding.UTF8.GetBytes("{\n  \"é\": 1, \"b\": [true,\n null]\n}"), "f", 0, [])!;

        Assert.Equal("f:1:1", root.Place.ToString());
        Assert.Equal("f:2:3", root.Members[0].Place.ToString());
        Assert.Equal("f:2:8", root.Members[0].Value.Place.ToString());
        Assert.Equal("f:2:11", root.Members[1].Place.ToString());
        Assert.Equal("f:2:17", root.Members[1].Value.Items[0].Place.ToString());
        Assert.Equal("f:3:2", root.Members[1].Value.Items[1].Place.ToString());
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_welcome()
    {
        var content = "\uFEFF// the cell\n" + ConfigurationFolder.Good.Replace("\"edge\": \"cell1\",", "\"edge\": \"cell1\", /* one */", StringComparison.Ordinal)[..^1] + ",}";

        Assert.Empty(_folder.Mistakes(content));
    }

    [Theory]
    [InlineData("", "edge.json:1:1: it is empty")]
    [InlineData("   \n", "edge.json:2:1: it is empty")]
    [InlineData("{\n  \"a\": 1", "edge.json:2:9: invalid JSON: it ends too early")]
    [InlineData("{\n  \"a\": \"b", "edge.json:2:10: invalid JSON: it ends too early")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", "edge.json:3:3: invalid JSON: a \",\" and a key in double quotes, or \"}\", is expected after the value before, found '\"'")]
    [InlineData("{\n  'a': 1 }", "edge.json:2:3: invalid JSON: texts and keys stand in double quotes")]
    [InlineData("{ \"a\": yes }", "edge.json:1:8: invalid JSON: a \":\" and a value are expected after the key, found 'y'")]
    [InlineData("{ a: 1 }", "edge.json:1:3: invalid JSON: a key in double quotes")]
    [InlineData("{ \"a\": [1 2] }", "edge.json:1:11: invalid JSON: a \",\" and a value, or \"]\"")]
    [InlineData("{} x", "edge.json:1:4: invalid JSON: nothing may follow")]
    [InlineData("hello", "edge.json:1:1: invalid JSON: a configuration begins with \"{\"")]
    [InlineData("[1]", "edge.json:1:1: a configuration is an object {...}, not a list [...]")]
    public void What_is_no_JSON_is_one_mistake_in_plain_words(string content, string expected)
    {
        var mistake = Assert.Single(_folder.Mistakes(content));

        Assert.StartsWith(expected, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_told_with_their_place()
    {
        var mistakes = new List<LocatedMistake>();

        var root = LocatedJson.Read([(byte)'{', (byte)'\n', (byte)' ', 0xE9, (byte)'}'], "f", 0, mistakes);

        Assert.Null(root);
        Assert.Equal("f:2:2: the byte 0xE9 is no UTF-8; save the file with the encoding UTF-8", Assert.Single(mistakes).ToString());
    }

    [Fact]
    public void Too_deep_a_nest_is_said_and_not_thrown()
    {
        var mistake = Assert.Single(_folder.Mistakes(string.Concat(Enumerable.Repeat("{\"a\":", 80)) + "1" + new string('}', 80)));

        Assert.Contains("more than 64 deep", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_said_and_not_thrown()
    {
        var mistakes = _folder.Mistakes(ConfigurationFolder.Good.Replace("\"Vitesse\"", "\"\\ud800\"", StringComparison.Ordinal));

        Assert.Contains("edge.json:12:69: devices.plc.groups.fast.signals.speed.name.fr: holds half a character", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_stands_twice_is_told_with_both_places()
    {
        var mistakes = _folder.Mistakes(ConfigurationFolder.Good.Replace("\"edge\": \"cell1\",", "\"edge\": \"cell1\",\n  \"edge\": \"cell2\",", StringComparison.Ordinal));

        var mistake = Assert.Single(mistakes);
        Assert.StartsWith("edge.json:4:3: edge: the key stands here twice, first at ", mistake, StringComparison.Ordinal);
        Assert.EndsWith("edge.json:3:3; keep one", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_plain_sentence()
    {
        var mistake = Assert.Single(_folder.Read().Mistakes);

        Assert.Equal($"{_folder.File}: there is no such file; name the configuration file, or start from config/edge.json", mistake.ToString());
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_a_plain_sentence()
    {
        Directory.CreateDirectory(_folder.File);

        Assert.EndsWith("is a folder; name the configuration file in it", Assert.Single(_folder.Lines(_folder.Read())), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_conf_d_merge_in_the_order_of_their_names()
    {
        _folder.Write("conf.d/20-http.json", """{ "$schema": "../edge.schema.json", "http": { "port": 9000 } }""");
        _folder.Write("conf.d/10-signal.json", """
            { "devices": { "plc": { "groups": { "slow": { "signals": { "level": { "channel": 3 } } } } } } }
            """);
        _folder.Write("conf.d/readme.txt", "not JSON");

        var reading = _folder.Read(ConfigurationFolder.Good);

        Assert.Empty(reading.Mistakes);
        Assert.Equal(9000, reading.Configuration!.Options.Http.Port);
        Assert.Equal(["speed", "label", "level"], reading.Configuration.Plan.Signals.Select(signal => signal.Id));
    }

    [Fact]
    public void The_same_key_in_two_files_names_both_and_a_mistake_stands_in_its_own_file()
    {
        _folder.Write("conf.d/a.json", """{ "edge": "cell2", "http": { "prt": 1 } }""");

        var mistakes = _folder.Mistakes(ConfigurationFolder.Good);

        Assert.Equal(2, mistakes.Length);
        Assert.StartsWith("conf.d/a.json:1:3: edge: the key is also written at ", mistakes[0], StringComparison.Ordinal);
        Assert.EndsWith("edge.json:3:3; keep it in one of the two files", mistakes[0], StringComparison.Ordinal);
        Assert.Equal("conf.d/a.json:1:30: http.prt: unknown key; did you mean \"port\"?", mistakes[1]);
    }

    [Fact]
    public void The_environment_overrides_files_in_any_case_and_any_shape()
    {
        var reading = _folder.Read(
            ConfigurationFolder.Good,
            ("IFEDGE__SINKS__SITE__URL", "mqtts://broker.local:8883"),
            ("IFEDGE__http__PORT", "9001"),
            ("IFEDGE__sinks__site__allowinsecure", "true"),
            ("IFEDGE__sinks__site__historians", "[\"h1\", \"h2\"]"),
            ("IFEDGE__sinks__site__batchEvery", "1s"),
            ("UNRELATED__http__port", "1"));

        Assert.Empty(_folder.Lines(reading));
        var options = reading.Configuration!.Options;
        Assert.Equal("mqtts://broker.local:8883", options.Sinks["site"].Url);
        Assert.Equal(9001, options.Http.Port);
        Assert.True(options.Sinks["site"].AllowInsecure);
        Assert.Equal(["h1", "h2"], options.HistoriansSink.Value.Historians);
        Assert.Equal(TimeSpan.FromSeconds(1), options.HistoriansSink.Value.BatchEvery);
    }

    [Fact]
    public void A_mistake_in_the_environment_names_the_variable()
    {
        var mistakes = _folder.Mistakes(
            ConfigurationFolder.Good,
            ("IFEDGE__http__port", "many"),
            ("IFEDGE__edge__x", "1"),
            ("IFEDGE__sinks____url", "x"),
            ("IFEDGE__sinks__site__historians", "[\"h1\""),
            ("IFEDGE__htp__port", "1"));

        Assert.Equal(
            [
                "environment variable IFEDGE__edge__x: edge: holds the text \"cell1\" and has no keys below; correct the variable's name",
                "environment variable IFEDGE__htp__port: htp: unknown key; did you mean \"http\"?",
                "environment variable IFEDGE__http__port: http.port: the text \"many\" stands where a whole number is expected; write a number, such as 8088",
                "environment variable IFEDGE__sinks____url: an empty key; write IFEDGE__sinks__site__url=... with two underscores between keys",
                "environment variable IFEDGE__sinks__site__historians: invalid JSON: it ends too early; a \"}\", a \"]\" or a closing quote is missing",
            ],
            mistakes);
    }
}
