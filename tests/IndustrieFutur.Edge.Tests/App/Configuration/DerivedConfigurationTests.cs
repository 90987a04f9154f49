using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Derived;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>Derived signals and filters as an integrator writes them: what they become, and what is told of every mistake.</summary>
public sealed class DerivedConfigurationTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"expression\": \"bench/a * 2\"", DerivedKind.Expression, ValueKind.Float64, null)]
    [InlineData("\"expression\": \"bench/flag\"", DerivedKind.Expression, ValueKind.Boolean, null)]
    [InlineData("\"window\": { \"input\": \"bench/count\", \"of\": \"mean\", \"over\": \"1s\" }", DerivedKind.Window, ValueKind.Float64, null)]
    [InlineData("\"window\": { \"input\": \"bench/count\", \"of\": \"max\", \"over\": \"1s\" }", DerivedKind.Window, ValueKind.Int64, null)]
    [InlineData("\"window\": { \"input\": \"bench/flag\", \"every\": 5 }", DerivedKind.Window, ValueKind.Boolean, null)]
    [InlineData("\"window\": { \"input\": \"bench/a\", \"of\": \"count\", \"over\": \"1m\" }", DerivedKind.Window, ValueKind.Int64, null)]
    [InlineData("\"counter\": { \"input\": \"bench/flag\" }", DerivedKind.Counter, ValueKind.Int64, 0.0)]
    [InlineData("\"cycle\": { \"input\": \"bench/a\", \"threshold\": 3 }", DerivedKind.Cycle, ValueKind.Float64, null)]
    [InlineData("\"alarm\": { \"when\": \"bench/a > 3\", \"message\": { \"fr\": \"a\", \"en\": \"b\" } }", DerivedKind.Alarm, ValueKind.Boolean, 0.0)]
    [InlineData("\"interlock\": { \"when\": \"bench/flag\", \"message\": { \"fr\": \"a\", \"en\": \"b\" } }", DerivedKind.Interlock, ValueKind.Boolean, 0.0)]
    public void Each_way_has_its_kind_and_its_usual_deadband(string way, DerivedKind kind, ValueKind value, double? deadband)
    {
        var signal = Plan($"\"s\": {{ {way} }}").Signals[^1];

        Assert.Equal(("cell", "s", kind, value, deadband), (signal.Device, signal.Id, signal.Derived!.Kind, signal.Kind, signal.Deadband));
    }

    [Fact]
    public void A_signal_may_stand_before_what_it_is_made_of()
    {
        var plan = Plan("\"late\": { \"expression\": \"cell/early + 1\" }, \"early\": { \"expression\": \"if(bench/flag, 1, 0)\" }");

        Assert.Equal(plan.Signals.Single(signal => signal.Id == "early").Index, Assert.Single(plan.Signals.Single(signal => signal.Id == "late").Derived!.Value!.Signals));
    }

    [Theory]
    [InlineData("\"s\": { }", "s", "the signal is made of nothing; add one of \"expression\", \"window\"")]
    [InlineData("\"s\": { \"expression\": \"bench/a\", \"cycle\": { \"input\": \"bench/flag\" } }", "s.cycle", "made in 2 ways, \"expression\" and \"cycle\"")]
    [InlineData("\"s\": { \"expression\": \"bench/a +\" }", "s.expression", "column 10: a value is expected")]
    [InlineData("\"s\": { \"expression\": \" \" }", "s.expression", "a value is expected")]
    [InlineData("\"s\": { \"expression\": \"\" }", "s.expression", "a value is expected")]
    [InlineData("\"s\": { \"counter\": { \"input\": \"bench/flag\", \"reset\": \"\" } }", "s.counter.reset", "a value is expected")]
    [InlineData("\"s\": { \"expression\": \"bench/aa\" }", "s.expression", "column 1: there is no signal \"bench/aa\"; did you mean \"bench/a\"?")]
    [InlineData("\"s\": { \"expression\": \"bench/a\", \"scale\": 2 }", "s.scale", "in engineering units already")]
    [InlineData("\"s\": { \"window\": { \"input\": \"bench/b\", \"over\": \"1s\" } }", "s.window.input", "there is no signal \"bench/b\"; did you mean")]
    [InlineData("\"s\": { \"window\": { \"input\": \"bench/text\", \"over\": \"1s\" } }", "s.window.input", "bench/text is a text")]
    [InlineData("\"s\": { \"window\": { \"input\": \"bench/a\" } }", "s.window.over", "add \"over\": \"1s\" for a span of time")]
    [InlineData("\"s\": { \"window\": { \"input\": \"bench/a\", \"over\": \"1s\", \"every\": 2 } }", "s.window.every", "remove one of \"over\" and \"every\"")]
    [InlineData("\"s\": { \"window\": { \"input\": \"bench/a\", \"over\": \"1s\", \"off\": \"mean\" } }", "s.window.off", "did you mean \"of\"?")]
    [InlineData("\"s\": { \"counter\": { \"input\": \"bench/a\" } }", "s.counter.threshold", "bench/a is a number; add \"threshold\"")]
    [InlineData("\"s\": { \"counter\": { \"input\": \"bench/flag\", \"threshold\": 1 } }", "s.counter.threshold", "rises without a threshold")]
    [InlineData("\"s\": { \"counter\": { \"input\": \"bench/flag\", \"reset\": \"bench/a\" } }", "s.counter.reset", "a condition is needed here")]
    [InlineData("\"s\": { \"cycle\": { \"input\": \"bench/flag\", \"hysteresis\": 1 } }", "s.cycle.hysteresis", "no threshold to fall below")]
    [InlineData("\"s\": { \"alarm\": { \"when\": \"bench/a\", \"message\": { \"fr\": \"a\", \"en\": \"b\" } } }", "s.alarm.when", "compare it, such as x > 0")]
    [InlineData("\"s\": { \"alarm\": { \"when\": \"bench/flag\" } }", "s.alarm.message", "is missing")]
    [InlineData("\"s\": { \"interlock\": { \"when\": \"bench/flag\", \"message\": { \"fr\": \"a\" } } }", "s.interlock.message", "write \"fr\" and \"en\"")]
    [InlineData("\"s\": { \"expression\": \"bench/flag\", \"swingingDoor\": { \"deviation\": 1 } }", "s.swingingDoor", "no line can be drawn through it")]
    public void Each_mistake_has_its_place_and_its_remedy(string signals, string path, string remedy)
    {
        var mistake = Assert.Single(_folder.Lines(Read(Configuration(signals))));

        Assert.Contains($"devices.cell.signals.{path}: ", mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_is_told_once_with_its_names()
    {
        var mistakes = _folder.Lines(Read(Configuration(
            "\"a\": { \"expression\": \"cell/b + 1\" }, \"b\": { \"window\": { \"input\": \"cell/c\", \"over\": \"1s\" } }, \"c\": { \"expression\": \"cell/a * bench/a\" }, \"d\": { \"expression\": \"cell/b + cell/c\" }")));

        Assert.Contains("devices.cell.signals.a: is made of itself: cell/a -> cell/b -> cell/c -> cell/a; break the loop", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_of_itself_is_a_loop() =>
        Assert.Contains("cell/a -> cell/a", Assert.Single(_folder.Lines(Read(Configuration("\"a\": { \"expression\": \"cell/a + 1\" }")))), StringComparison.Ordinal);

    [Fact]
    public void A_chain_that_nobody_can_follow_is_refused()
    {
        var chain = Enumerable.Range(1, 60).Select(i => $"\"s{i}\": {{ \"expression\": \"cell/s{i + 1} + 1\" }}").Append("\"s61\": { \"expression\": \"bench/a\" }");

        Assert.Contains("more than 50 in a row", Assert.Single(_folder.Lines(Read(Configuration(string.Join(", ", chain))))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"deadband\": { \"percent\": 1 }", "deadband.percent", "add \"range\"")]
    [InlineData("\"deadband\": { \"percent\": 1 }, \"range\": { \"low\": 0 }", "deadband.percent", "add \"range\"")]
    [InlineData("\"deadband\": { \"percent\": 1, \"absolute\": 1 }", "deadband.percent", "remove one")]
    [InlineData("\"deadband\": { }", "deadband.absolute", "\"percent\": 1 of the range")]
    [InlineData("\"deadband\": { \"absolute\": 1 }, \"swingingDoor\": { \"deviation\": 1 }", "swingingDoor", "remove one")]
    [InlineData("\"swingingDoor\": { }", "swingingDoor.deviation", "is missing")]
    [InlineData("\"rateOfChange\": { \"perSecond\": 0 }", "rateOfChange.perSecond", "write a number above 0")]
    [InlineData("\"publish\": false, \"swingingDoor\": { \"deviation\": 1 }", "swingingDoor", "nothing to hold back")]
    public void Filters_that_contradict_are_told(string filters, string path, string remedy)
    {
        var mistakes = _folder.Lines(Read(Configuration("\"s\": { \"expression\": \"bench/a\" }", filters)));

        Assert.Contains(mistakes, mistake => mistake.Contains($"signals.a.{path}: ", StringComparison.Ordinal) && mistake.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Filters_become_numbers_of_the_plan()
    {
        var plan = Plan(
            "\"s\": { \"expression\": \"bench/a\", \"swingingDoor\": { \"deviation\": 0.5, \"longest\": \"10s\" } }",
            "\"range\": { \"low\": -50, \"high\": 150 }, \"deadband\": { \"percent\": 2 }, \"rateOfChange\": { \"perSecond\": 7, \"drop\": true }, \"publish\": false");

        Assert.Equal((4.0, 7.0, true, true), (plan.Signals[0].Deadband, plan.Signals[0].RateLimit, plan.Signals[0].RateDrops, plan.Signals[0].IsUnsent));
        Assert.Equal((0.5, 10_000_000_000), (plan.Signals[^1].DoorDeviation, plan.Signals[^1].DoorLongestNanos));
    }

    [Theory]
    [InlineData("bench/a * 2", "bench/a * 3")]
    [InlineData("\"expression\": \"bench/a * 2\"", "\"expression\": \"bench/a * 2\", \"publish\": false")]
    [InlineData("\"expression\": \"bench/a * 2\"", "\"expression\": \"bench/a * 2\", \"rateOfChange\": { \"perSecond\": 1 }")]
    [InlineData("\"expression\": \"bench/a * 2\"", "\"expression\": \"bench/a * 2\", \"swingingDoor\": { \"deviation\": 1 }")]
    public void Another_way_is_another_plan(string before, string after)
    {
        const string Signals = "\"s\": { \"expression\": \"bench/a * 2\" }";

        Assert.NotEqual(Plan(Signals).Hash, Plan(Signals.Replace(before, after, StringComparison.Ordinal)).Hash);
        Assert.Equal(Plan(Signals).Hash, Plan(Signals).Hash);
    }

    private CellPlan Plan(string signals, string filters = "")
    {
        var reading = Read(Configuration(signals, filters));
        Assert.Empty(_folder.Lines(reading));
        return reading.Configuration!.Plan;
    }

    private ConfigurationReading Read(string content)
    {
        _folder.Write("edge.json", content);
        return EdgeConfiguration.Load(_folder.File, [BenchOptions.Kind, DerivedOptions.DriverKind], new Dictionary<string, string>());
    }

    private static string Configuration(string signals, string filters = "") => $$"""
        {
          "group": "la-roche",
          "edge": "cell1",
          "devices": {
            "bench": {
              "driver": "bench",
              "serial": "/dev/ttyS9",
              "groups": {
                "fast": {
                  "interval": "50ms",
                  "signals": {
                    "a": { "channel": 1{{(filters.Length > 0 ? ", " + filters : "")}} },
                    "text": { "channel": 2, "kind": "text" },
                    "flag": { "channel": 3, "kind": "boolean" },
                    "count": { "channel": 4, "kind": "int64" }
                  }
                }
              }
            },
            "cell": { "driver": "derived", "signals": { {{signals}} } }
          },
          "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
          "historians": { "h1": { "store": "embedded" } }
        }
        """;
}
