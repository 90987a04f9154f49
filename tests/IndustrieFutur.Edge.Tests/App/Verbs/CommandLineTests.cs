using System.Text.Json;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.Tests.App.Configuration;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>The command line answers scripts by exit codes and people by sentences, each on its own stream.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new[] { "chek" }, "ifedge: there is no command \"chek\"; did you mean \"check\"?")]
    [InlineData(new[] { "check", "a", "b" }, "ifedge: ")]
    [InlineData(new[] { "check", "--jsn" }, "ifedge: ")]
    [InlineData(new string[0], "ifedge: ")]
    public async Task A_wrong_command_line_ends_2_with_a_sentence_on_standard_error(string[] args, string expected)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_of_a_verb_is_named_whole()
    {
        var (_, _, error) = await RunAsync("cert", "trust");

        Assert.Contains("See: ifedge cert trust --help", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_configurations_are_one_too_many()
    {
        var file = _folder.Write("edge.json", "{}");

        var (code, output, error) = await RunAsync("check", "other.json", "-c", file);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains($"two configurations are named, \"{file}\" and \"other.json\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mistakes_of_a_file_are_data_and_end_3()
    {
        var file = _folder.Write("edge.json", "{\n  \"htp\": {}\n}");

        var (code, output, error) = await RunAsync("check", file);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((3, ""), (code, error));
        Assert.Contains($"{file}:2:3: htp: unknown key; did you mean \"http\"?", lines);
        Assert.Equal("5 mistakes", lines[^1]);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_3_with_1_mistake()
    {
        var (code, output, _) = await RunAsync("check", _folder.File);

        Assert.Equal(3, code);
        Assert.Equal("1 mistake", output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task Json_carries_every_mistake_with_its_place()
    {
        var file = _folder.Write("edge.json", "{\n  \"htp\": {}\n}");

        var (code, output, _) = await RunAsync("check", file, "--json");

        using var json = JsonDocument.Parse(output);
        var mistakes = json.RootElement.GetProperty("mistakes");
        Assert.Equal((3, file, false, 5), (code, json.RootElement.GetProperty("file").GetString(), json.RootElement.GetProperty("inOrder").GetBoolean(), mistakes.GetArrayLength()));
        var unknown = mistakes[4];
        Assert.Equal(
            (file, 2, 3, "htp", "unknown key; did you mean \"http\"?"),
            (unknown.GetProperty("file").GetString(), unknown.GetProperty("line").GetInt32(), unknown.GetProperty("column").GetInt32(), unknown.GetProperty("path").GetString(), unknown.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_secret_that_is_not_here_is_a_warning_of_the_check_and_ends_0()
    {
        var file = _folder.Write("edge.json", """
            { "group": "g", "edge": "e",
              "devices": { "plc": { "driver": "opcua", "endpoint": "opc.tcp://plc", "user": { "name": "me", "password": "env:IFEDGE_TEST_NO_SUCH_SECRET" },
                "groups": { "all": { "signals": { "s": { "node": "i=2258", "type": "i64" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "user": "u", "password": "file:there", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } } }
            """);
        _folder.Write("there", "secret");

        var (code, output, _) = await RunAsync("check", file);

        Assert.Equal(0, code);
        Assert.Contains(
            $"warning: {file}:2:109: devices.plc.user.password: the environment variable IFEDGE_TEST_NO_SUCH_SECRET is not set here; the service needs it where it runs",
            output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.StartsWith("warning: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_of_a_certificate_that_is_not_here_is_a_warning_of_the_check_and_ends_0()
    {
        var file = _folder.Write("edge.json", """
            { "group": "g", "edge": "e",
              "devices": { "plc": { "driver": "opcua", "endpoint": "opc.tcp://plc", "groups": { "all": { "signals": { "s": { "node": "i=2258", "type": "i64" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtts://plant:8883", "confirm": "puback",
                "caFile": "ca.pem", "certificateFile": "there", "keyFile": "client.key" } },
              "broker": { "certificateFile": "broker.pem", "keyFile": "there" } }
            """);
        _folder.Write("there", "PEM");

        var (code, output, _) = await RunAsync("check", file);

        Assert.Equal(0, code);
        string[] expected =
        [
            "sinks.site.caFile: the file ca.pem is not here; the service needs it where it runs",
            "sinks.site.keyFile: the file client.key is not here; the service needs it where it runs",
            "broker.certificateFile: the file broker.pem is not here; the service needs it where it runs",
        ];
        Assert.Equal(expected, output.Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal)).Select(line => line[line.LastIndexOf(": ", line.IndexOf(": the", StringComparison.Ordinal) - 1, StringComparison.Ordinal)..][2..]));
    }

    [Fact]
    public async Task The_help_ends_0_and_names_the_verbs()
    {
        var (code, output, error) = await RunAsync("--help");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("check", output, StringComparison.Ordinal);
        Assert.Contains("schema", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
