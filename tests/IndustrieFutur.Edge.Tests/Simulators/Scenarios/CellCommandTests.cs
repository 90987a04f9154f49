using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Tests.Simulators.Scenarios;

/// <summary>`cell-sim cell` as a script meets it: its exit codes, its journal, its words.</summary>
public sealed class CellCommandTests : IDisposable
{
    private const string Stop = """{ "title": { "fr": "a", "en": "A stop" }, "for": "2s", "speed": 20, "timeline": [{ "at": "1s", "device": "cobot", "fault": "protective-stop" }], "journal": [{ "contains": "EXPECTED" }] }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_scenario_that_holds_ends_with_0_and_the_same_seed_writes_the_same_journal()
    {
        var scenario = Write(Stop.Replace("EXPECTED", "cobot protective stop", StringComparison.Ordinal));

        var first = Run("--scenario", scenario, "--seed", "3", "--journal", PathOf("first"));
        var second = Run("--scenario", scenario, "--seed", "3", "--journal", PathOf("second"), "--speed", "10");

        Assert.True(first.Code == 0, first.Errors);
        Assert.Contains("1 of 1 expectations about the cell hold", first.Output, StringComparison.Ordinal);
        Assert.Contains("RTDE, on TCP 127.0.0.1:", first.Output, StringComparison.Ordinal);
        Assert.True(second.Code == 0, second.Errors);
        Assert.Contains("scenario cobot protective-stop", File.ReadAllText(PathOf("first")), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(PathOf("first")), File.ReadAllBytes(PathOf("second")));
    }

    [Fact]
    public void A_scenario_that_is_missed_ends_with_1_and_says_what()
    {
        var (code, _, errors) = Run("--scenario", Write(Stop));

        Assert.Equal(1, code);
        Assert.Contains("missed: the journal is to say \"EXPECTED\", and does not", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_is_not_in_order_ends_with_3_before_anything_is_opened()
    {
        var (code, output, errors) = Run("--scenario", Write("{ \"for\": 1 }"));

        Assert.Equal(3, code);
        Assert.Empty(output);
        Assert.Contains("trial.json:1:10: \"for\" is a time of the cell", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed x", "--seed x: it must be a whole number, 0 to 2147483647")]
    [InlineData("--speed 21", "--speed 21: it must be a number, 0.1 to 20, times the wall's pace")]
    [InlineData("--for 10", "--for 10: it must be a time from 2ms to 60m, such as 60s, 1.5s or 2m")]
    [InlineData("--for 1ms", "--for 1ms: it must be a time from 2ms to 60m, such as 60s, 1.5s or 2m")]
    [InlineData("--rtde 70000", "--rtde 70000: it must be a port, 0 to 65535 (0: any that is free)")]
    [InlineData("--what 1", "--what: no such option")]
    [InlineData("--modbus 5020", "--modbus: no such option; did you mean --cobot-modbus?")]
    [InlineData("--scenario", "--scenario: its value is missing; it must be a scenario's file, or its name in config/scenarios")]
    [InlineData("--scenario x --for 10s", "--for: a scenario has its own length")]
    [InlineData("--opcua 0 --user a --password env:EDGE_TEST_NOT_SET", "--password env:EDGE_TEST_NOT_SET: the environment variable EDGE_TEST_NOT_SET is not set")]
    public void What_is_not_understood_ends_with_2_and_the_usage(string line, string said)
    {
        var (code, _, errors) = Run(line.Split(' '));

        Assert.Equal(2, code);
        Assert.StartsWith($"cell-sim cell: {said}", errors, StringComparison.Ordinal);
        Assert.Contains("usage: cell-sim cell", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_scenario_it_ends_after_its_time()
    {
        var (code, _, errors) = Run("--for", "1s", "--speed", "20", "--journal", PathOf("journal"));

        Assert.True(code == 0, errors);
        Assert.All(File.ReadLines(PathOf("journal")), line => Assert.True(string.CompareOrdinal(line[..9], "00001.000") <= 0, line));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_ends_with_4()
    {
        var (code, _, errors) = Run("--for", "1s", "--journal", PathOf("no/such/folder"));

        Assert.Equal(4, code);
        Assert.Contains("no/such/folder", errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CellCommand.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Write(string text)
    {
        var file = PathOf("trial.json");
        File.WriteAllText(file, text);
        return file;
    }
}
