using System.Text;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Tests.Simulators.Scenarios;

/// <summary>A scenario's file is read strictly, and whoever wrote it learns of all mistakes at once, each with its place.</summary>
public sealed class ScenarioReadingTests
{
    [Fact]
    public void A_whole_scenario_is_read_in_the_order_of_its_time()
    {
        var scenario = Read("""
            {
              // Comments and a comma too many are welcome.
              "title": { "fr": "Essai", "en": "Trial" },
              "for": "20s",
              "speed": 4,
              "timeline": [
                { "at": "6s", "device": "plc", "fault": "crc-errors", "oneIn": 5, "for": "1500ms" },
                { "at": "250ms", "device": "driver", "fault": "alarm", "code": "E404" },
                { "at": "8s", "device": "cobot", "do": "play" },
              ],
              "journal": [{ "inOrder": ["a", "b"] }, { "lacks": "c" }, { "contains": "d", "times": 2 }],
              "edge": [
                { "bad": "plc/conv.speed", "from": "6s", "to": "8s", "goodBy": "12s" },
                { "sum": "plc/count.total", "of": ["plc/count.good", "plc/count.reject"] },
                { "figure": "cobot/rtde.lost", "value": 25 }
              ]
            }
            """);

        Assert.Equal(("trial", "Essai", "Trial", 10_000L, 4.0), (scenario.Name, scenario.TitleFr, scenario.TitleEn, scenario.Ticks, scenario.Speed));
        Assert.Equal(["driver alarm, code E404", "plc crc-errors, oneIn 5", "cobot play"], scenario.Timeline.Select(one => one.Words));
        Assert.Equal([(125, null), (3_000, 3_750), (4_000, null)], scenario.Timeline.Select(one => (one.AtTick, one.EndTick)));
        Assert.Equal(3, scenario.Journal.Count);
        Assert.Equal([EdgeExpectationKind.Bad, EdgeExpectationKind.Sum, EdgeExpectationKind.Figure], scenario.Edge.Select(expected => expected.Kind));
        Assert.Equal(((3_000L, 4_000L), 6_000L), (scenario.Edge[0].Ticks, scenario.Edge[0].GoodByTick!.Value));
    }

    [Theory]
    [InlineData("""{ "at": "1s", "device": "plc", "fault": "cable-out", "For": "1s" }""", "trial.json:3:64: \"For\" is not known here; known are at, device, do, fault, for")]
    [InlineData("""{ "at": "1s", "device": "plc", "fault": "cable_out" }""", "trial.json:3:51: plc knows no fault \"cable_out\"; it knows ")]
    [InlineData("""{ "at": "1s", "device": "robot", "fault": "noise" }""", "trial.json:3:35: there is no device \"robot\"; there are cobot, ")]
    [InlineData("""{ "at": "1s", "device": "cobot", "fault": "play" }""", "trial.json:3:53: cobot knows no fault \"play\"")]
    [InlineData("""{ "at": "1s", "device": "cobot", "do": "noise" }""", "trial.json:3:50: cobot knows no do \"noise\"")]
    [InlineData("""{ "at": "1s", "device": "plc", "fault": "crc-errors" }""", "trial.json:3:11: \"oneIn\" is missing")]
    [InlineData("""{ "at": "1s", "device": "plc", "fault": "crc-errors", "oneIn": 0 }""", "trial.json:3:74: \"oneIn\" is a number from 1 to 1000, not the number 0")]
    [InlineData("""{ "at": "1s", "device": "cobot", "fault": "protective-stop", "for": "1s" }""", "trial.json:3:72: \"for\" is not known here")]
    [InlineData("""{ "at": "9s", "device": "plc", "fault": "cable-out", "for": "5s" }""", "trial.json:3:19: it begins or ends after the scenario's own \"for\"")]
    [InlineData("""{ "at": "1", "device": "plc", "fault": "cable-out" }""", "trial.json:3:19: \"at\" is a time of the cell")]
    [InlineData("""{ "at": "1.001s", "device": "plc", "fault": "cable-out" }""", "a multiple of 2 ms")]
    [InlineData("""{ "at": "1s", "device": "driver", "fault": "alarm", "code": "E4044" }""", "trial.json:3:71: \"code\" has at most 4 characters")]
    [InlineData("""{ "at": "1s", "at": "2s", "device": "plc", "fault": "cable-out" }""", "trial.json:3:25: \"at\" stands here twice; keep one")]
    [InlineData("""{ "at": "1s", "device": "plc", "fault": "cable-out" }, { "at": "2s", "device": "plc", "fault": "cable-out" }""", "trial.json:3:66: plc cable-out has begun at 3:11 and has not ended yet")]
    [InlineData("\"é\", { \"at\": \"1s\", \"device\": \"plc\", \"fault\": \"x\" }", "trial.json:3:56: plc knows no fault")]
    public void A_mistake_in_the_timeline_is_told_with_its_line_and_column(string entry, string mistake)
    {
        var mistakes = Mistakes($$"""
            { "title": { "fr": "a", "en": "b" }, "for": "10s",
              "timeline": [
                      {{entry}}
              ] }
            """);

        Assert.Contains(mistakes, line => line.Contains(mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "is": "plc/x" }""", "one of these keys says what is expected: bad, uncertain, ")]
    [InlineData("""{ "bad": "plc/x", "staysGood": "plc/x" }""", "one of these keys says what is expected")]
    [InlineData("""{ "staysGood": "conv.speed" }""", "\"conv.speed\" names no device and signal")]
    [InlineData("""{ "bad": "plc/x", "from": "1s", "to": "11s" }""", "\"to\" lies after the scenario's own \"for\"")]
    [InlineData("""{ "sequence": "plc/x", "of": [] }""", "\"of\" is empty")]
    [InlineData("""{ "sequence": "plc/x", "of": ["1"] }""", "the text \"1\" is none")]
    [InlineData("""{ "figure": "cobot/rtde.lost" }""", "\"value\" is missing")]
    [InlineData("""{ "once": "plc/x", "journal": 5 }""", "\"journal\" is a text, not the number 5")]
    public void A_mistake_in_what_is_expected_of_the_edge_is_told(string expectation, string mistake)
    {
        var mistakes = Mistakes($$"""{ "title": { "fr": "a", "en": "b" }, "for": "10s", "edge": [{{expectation}}] }""");

        Assert.Contains(mistakes, line => line.Contains(mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "trial.json:1:1: this is no JSON")]
    [InlineData("{ \"for\": \"1s\"\n  \"title\": 1 }", "trial.json:2:3: this is no JSON")]
    [InlineData("[1]", "trial.json:1:1: an object { ... } is expected, not a list")]
    [InlineData("{ \"for\": \"\\ud800\" }", "this text holds something that is no character")]
    [InlineData("{ \"for\": \"10s\", \"timeline\": {} }", "\"timeline\" is a list [ ... ], not an object")]
    [InlineData("{ \"for\": \"10s\" }", "\"title\" is missing")]
    [InlineData("{ \"for\": \"61m\", \"title\": {} }", "at most an hour")]
    [InlineData("{ \"for\": \"10s\", \"speed\": 21 }", "\"speed\" is a number from 0.1 to 20, not the number 21")]
    public void What_is_no_scenario_is_told(string text, string mistake)
    {
        var mistakes = Mistakes(text);

        Assert.Contains(mistakes, line => line.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var mistakes = Mistakes("""
            {
              "speed": 0,
              "edge": [{ "bad": "x" }],
              "foo": 1
            }
            """);

        Assert.Equal(mistakes.Count, mistakes.Distinct().Count());
        Assert.True(mistakes.Count >= 6, string.Join('\n', mistakes));
        Assert.Contains("trial.json:1:1", mistakes[0], StringComparison.Ordinal);
        Assert.Contains("trial.json:4:3: \"foo\" is not known here", mistakes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_nests_without_end_is_refused()
    {
        Assert.Contains("no JSON", Assert.Single(Mistakes(new string('[', 100_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Assert.False(Scenario.TryRead("/nowhere/x.json", out _, out var mistakes));
        Assert.Contains("/nowhere/x.json: cannot be read", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    private static Scenario Read(string text)
    {
        var scenario = ScenarioReader.Read(Encoding.UTF8.GetBytes(text), "trial.json", out var mistakes);
        Assert.Empty(mistakes);
        return scenario!;
    }

    private static IReadOnlyList<string> Mistakes(string text)
    {
        Assert.Null(ScenarioReader.Read(Encoding.UTF8.GetBytes(text), "trial.json", out var mistakes));
        return mistakes;
    }
}
