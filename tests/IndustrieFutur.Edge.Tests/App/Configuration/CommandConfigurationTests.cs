using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Derived;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>Commands as an integrator writes them: what they become, and what is told of every mistake.</summary>
public sealed class CommandConfigurationTests : IDisposable
{
    private const string Speed = """
        "speed": {
          "name": { "fr": "Vitesse", "en": "Speed" }, "target": "plc/speed",
          "parameters": { "speed": { "min": 0, "max": 400, "step": 10, "unit": "mm/s", "rate": { "change": 100, "signal": "plc/a", "every": "1s" } } },
          "interlocks": [{ "when": "cell/ready and plc/a < 500", "message": { "fr": "Attendre", "en": "Wait" } }],
          "effect": { "signal": "plc/a", "tolerance": 2, "within": "3s" }
        }
        """;

    private const string Stop = """
        "stop": { "name": { "fr": "Arrêt", "en": "Stop" }, "target": "plc/packml", "values": [3], "effect": { "when": "plc/a < 1" } }
        """;

    private const string Play = """
        "play": { "name": { "fr": "Lancer", "en": "Play" }, "target": "dash/play", "effect": { "when": "plc/flag" } }
        """;

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_command_has_its_names_resolved()
    {
        var plan = Plan($"{Speed}, {Stop}, {Play}");

        var speed = plan.Commands[0];
        Assert.Equal((0, "speed", 0, 1, "plc/speed (bench 4)", 2, false, false), (speed.Index, speed.Id, speed.Device, speed.Target, speed.TargetWords, speed.Level, speed.IsStop, speed.NeedsLease));
        Assert.Equal(new ParameterPlan { Id = "speed", Unit = "mm/s", Low = 0, High = 400, Step = 10, RateChange = 100, RateSignal = 0, RateNanos = 1_000_000_000 }, speed.Parameters[0]);
        Assert.Equal((-1, 0, 2.0, 3_000_000_000), (speed.Effect, speed.EffectSignal, speed.EffectTolerance, speed.EffectNanos));
        Assert.Equal(("cell/ready and plc/a < 500", "Attendre", "Wait"), (plan.Conditions[speed.Interlocks[0]].Written, plan.Conditions[speed.Interlocks[0]].MessageFr, plan.Conditions[speed.Interlocks[0]].MessageEn));
        Assert.Equal((true, 1, 3.0), (plan.Commands[1].IsStop, plan.Commands[1].Level, plan.Commands[1].Values[0]));
        Assert.Equal((false, 2, true, 1), (plan.Commands[2].IsStop, plan.Commands[2].Level, plan.Commands[2].NeedsLease, plan.Commands[2].Device));
    }

    [Fact]
    public void A_condition_is_as_fresh_as_the_signals_of_devices_that_it_is_made_of()
    {
        var plan = Plan(Speed);

        var condition = plan.Conditions[0];
        Assert.Equal(["cell/ready", "plc/a"], condition.Signals.Select(signal => $"{plan.Signals[signal].Device}/{plan.Signals[signal].Id}"));
        Assert.Equal(["plc/a", "plc/flag", "plc/mode"], condition.Leaves.Select(signal => $"{plan.Signals[signal].Device}/{plan.Signals[signal].Id}"));
    }

    [Fact]
    public void A_value_that_is_read_is_fresh_for_three_readings_and_a_quarter_of_a_second_at_least()
    {
        var plan = Plan(Speed);

        Assert.Equal([250_000_000, 3_000_000_000, 0], new[] { "a", "slow", "ready" }.Select(id => plan.Signals.Single(signal => signal.Id == id).FreshNanos));
    }

    [Theory]
    [InlineData("\"target\": \"plc/speed\"", "\"target\": \"plk/speed\"", "commands.speed.target", "there is no device \"plk\"; did you mean \"plc/speed\"?")]
    [InlineData("\"target\": \"plc/speed\"", "\"target\": \"plc/sped\"", "commands.speed.target", "the device plc has no target \"sped\"; did you mean \"plc/speed\"?")]
    [InlineData("\"target\": \"plc/speed\"", "\"target\": \"cell/speed\"", "commands.speed.target", "the driver \"derived\" of cell only reads")]
    [InlineData("\"target\": \"plc/speed\"", "\"target\": \"plc\"", "commands.speed.target", "write")]
    [InlineData("\"min\": 0, \"max\": 400, ", "", "commands.speed.parameters.speed", "add \"min\" and \"max\"")]
    [InlineData("\"max\": 400", "\"max\": 4000", "commands.speed.parameters.speed.max", "4000 is more than the register holds")]
    [InlineData("\"values\": [3]", "\"values\": [3, 4]", "commands.stop.values", "takes 1 value, and 2 are given")]
    [InlineData("\"values\": [3]", "\"values\": [12]", "commands.stop.values[0]", "12 is no control command of PackML")]
    [InlineData("\"values\": [3], ", "", "commands.stop.parameters", "takes 1 value, and 0 are given")]
    [InlineData("\"target\": \"dash/play\"", "\"target\": \"dash/play\", \"values\": [1]", "commands.play.values", "dash/play takes no value")]
    [InlineData("\"when\": \"cell/ready and plc/a < 500\"", "\"when\": \"plc/a\"", "commands.speed.interlocks[0].when", "a condition is needed here")]
    [InlineData("\"when\": \"cell/ready and plc/a < 500\"", "\"when\": \"plc/aa > 1\"", "commands.speed.interlocks[0].when", "did you mean \"plc/a\"?")]
    [InlineData("\"when\": \"cell/ready and plc/a < 500\"", "\"when\": \"prev(plc/a) < 5\"", "commands.speed.interlocks[0].when", "it remembers what was before")]
    [InlineData("\"when\": \"cell/ready and plc/a < 500\"", "\"when\": \"good(plc/label)\"", "commands.speed.interlocks[0].when", "plc/label is a text")]
    [InlineData("\"when\": \"cell/ready and plc/a < 500\"", "\"when\": \"1 < 2\"", "commands.speed.interlocks[0].when", "names no signal")]
    [InlineData("\"values\": [3]", "\"values\": [3], \"interlocks\": [{ \"when\": \"plc/flag\", \"message\": { \"fr\": \"a\", \"en\": \"b\" } }]", "commands.stop.interlocks", "a stop has no interlocks")]
    [InlineData("\"values\": [3]", "\"values\": [3], \"lease\": true", "commands.stop.lease", "whoever is there stops")]
    [InlineData("\"values\": [3]", "\"values\": [3], \"twoPersons\": true", "commands.stop.twoPersons", "waits for no second person")]
    [InlineData("\"target\": \"dash/play\"", "\"target\": \"dash/play\", \"level\": 1", "commands.play.level", "it is prepared first")]
    [InlineData("\"target\": \"dash/play\"", "\"target\": \"dash/play\", \"sparkplug\": \"plc/a\"", "commands.play.sparkplug", "a Sparkplug host never does")]
    [InlineData("\"target\": \"plc/speed\"", "\"target\": \"plc/speed\", \"sparkplug\": \"plc/a\"", "commands.speed.sparkplug", "write \"level\": 1")]
    [InlineData("\"signal\": \"plc/a\", \"tolerance\"", "\"signal\": \"plc/label\", \"tolerance\"", "commands.speed.effect.signal", "plc/label is a text")]
    [InlineData("\"effect\": { \"when\": \"plc/flag\" }", "\"effect\": { \"signal\": \"plc/a\" }", "commands.play.effect.signal", "no value that a signal could show")]
    [InlineData("\"signal\": \"plc/a\", \"every\"", "\"signal\": \"plc/b\", \"every\"", "commands.speed.parameters.speed.rate.signal", "there is no signal \"plc/b\"")]
    [InlineData("\"target\": \"dash/play\"", "\"target\": \"dash/load\", \"values\": [2]", "commands.play.values[0]", "write 0 for \"a.urp\", up to 1 for \"b.urp\"")]
    [InlineData("\"target\": \"dash/play\"", "\"target\": \"dash/load\", \"parameters\": { \"program\": { \"min\": 0, \"max\": 1 } }", "commands.play.parameters.program.min", "one of the target's words (a.urp, b.urp)")]
    public void Each_mistake_has_its_place_and_its_remedy(string was, string becomes, string path, string remedy)
    {
        var commands = $"{Speed}, {Stop}, {Play}";
        Assert.Contains(was, commands, StringComparison.Ordinal);

        var mistake = Assert.Single(_folder.Lines(Read(commands.Replace(was, becomes, StringComparison.Ordinal))));

        Assert.Contains($": commands.{path}: ", mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"safetySignals\": [\"plc/flags\"]", "safetySignals[0]", "did you mean \"plc/flag\"?")]
    [InlineData("\"safetySignals\": [\"plc/flag\", \"plc/flag\"]", "safetySignals[1]", "stands here twice")]
    [InlineData("\"safetySignals\": [\"plc/a\"]", "safetySignals[0]", "is a measurement, which never rests")]
    [InlineData("\"safetySignals\": [\"plc/label\"]", "safetySignals[0]", "is a text")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"plc/a\", \"command\": \"pause\" } }", "reactions.r.when", "plc/a is a number")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"stopp\" } }", "reactions.r.command", "there is no command \"stopp\"")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"plc/flag\", \"command\": \"play\" } }", "reactions.r.command", "which no rule does by itself")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"speed\" } }", "reactions.r.values", "under \"notAbove\" the signal")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"speed\", \"values\": [100] } }", "reactions.r.notAbove", "must not exceed")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"speed\", \"values\": [500], \"notAbove\": \"plc/a\" } }", "reactions.r.values[0]", "outside of the limits")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"stop\", \"values\": [1] } }", "reactions.r.values", "is given as it is")]
    [InlineData("\"reactions\": { \"r\": { \"when\": \"cell/ready\", \"command\": \"stop\" } }", "reactions.r", "could set itself off: r -> r")]
    [InlineData("\"reactions\": { \"one\": { \"when\": \"dash/x\", \"command\": \"stop\" }, \"two\": { \"when\": \"cell/ready\", \"command\": \"pause\" } }", "reactions.one", "could set itself off: one -> two -> one")]
    public void Each_mistake_of_a_reaction_or_a_safety_signal_has_its_place_and_its_remedy(string section, string path, string remedy)
    {
        var pause = "\"pause\": { \"name\": { \"fr\": \"Pause\", \"en\": \"Pause\" }, \"target\": \"dash/pause\", \"effect\": { \"when\": \"not dash/x\" } }";

        var mistake = Assert.Single(_folder.Lines(Read($"{Speed}, {Stop}, {Play}, {pause}", section)));

        Assert.Contains($": commands.{path}: ", mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_commands_cannot_be_given_by_one_metric()
    {
        var commands = Stop.Replace("\"values\"", "\"sparkplug\": \"plc/flag\", \"values\"", StringComparison.Ordinal);

        var mistake = Assert.Single(_folder.Lines(Read($"{commands}, {commands.Replace("\"stop\"", "\"halt\"", StringComparison.Ordinal)}")));

        Assert.Contains("commands.halt.sparkplug: plc/flag gives the command \"stop\" already", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_commands_with_nothing_different_and_a_reaction_are_in_order()
    {
        var plan = Plan($"{Stop}, {Stop.Replace("\"stop\"", "\"halt\"", StringComparison.Ordinal)}", "\"safetySignals\": [\"plc/flag\"], \"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"halt\", \"perHour\": 3 } }");

        Assert.Equal([2], plan.SafetySignals);
        var reaction = Assert.Single(plan.Reactions);
        Assert.Equal(("r", 1, -1, 3, "x"), (reaction.Id, reaction.Command, reaction.NotAboveSignal, reaction.PerHourMax, plan.Signals[reaction.Signal].Id));
    }

    [Theory]
    [InlineData("\"max\": 400", "\"max\": 300")]
    [InlineData("\"values\": [3]", "\"values\": [4]")]
    [InlineData("\"register\": 4", "\"register\": 5")]
    [InlineData("plc/a < 500", "plc/a < 400")]
    [InlineData("plc/mode == 1", "plc/mode == 2")]
    [InlineData("\"channel\": 1", "\"channel\": 9")]
    [InlineData("\"within\": \"3s\"", "\"within\": \"4s\"")]
    public void Another_meaning_is_another_set_of_commands(string was, string becomes)
    {
        var written = Configuration($"{Speed}, {Stop}");
        Assert.Contains(was, written, StringComparison.Ordinal);

        Assert.NotEqual(HashOf(written), HashOf(written.Replace(was, becomes, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"addressBase\": 0", "\"addressBase\": 1", true)]
    [InlineData("\"terminator\": \";\"", "\"terminator\": \"!\"", true)]
    [InlineData("\"send\": \"SP {value}\"", "\"send\": \"SP {value:0.0}\"", true)]
    [InlineData("\"accept\": \"^OK\"", "\"accept\": \"^YES\"", true)]
    [InlineData("\"host\": \"plc\"", "\"host\": \"simulator\"", false)]
    [InlineData("\"port\": 4001", "\"port\": 4002", false)]
    public void What_a_device_makes_of_its_targets_is_a_part_of_the_set(string was, string becomes, bool isAnother)
    {
        const string Written = """
            {
              "group": "la-roche",
              "edge": "cell1",
              "devices": {
                "plc": {
                  "driver": "modbus", "tcp": { "host": "plc" }, "addressBase": 0,
                  "groups": { "all": { "signals": { "a": { "address": "holding:3", "type": "u16" } } } },
                  "targets": { "speed": { "address": "holding:4", "type": "u16" } }
                },
                "scale": {
                  "driver": "framed", "tcp": { "host": "scale", "port": 4001 }, "frame": { "terminator": ";" },
                  "groups": { "all": { "signals": { "weight": {} } } },
                  "targets": { "setpoint": { "send": "SP {value}", "accept": "^OK" } }
                }
              },
              "commands": {
                "enabled": true,
                "commands": {
                  "speed": { "name": { "fr": "a", "en": "b" }, "target": "plc/speed", "values": [3], "effect": { "when": "plc/a < 1" } },
                  "setpoint": { "name": { "fr": "a", "en": "b" }, "target": "scale/setpoint", "values": [3], "effect": { "when": "plc/a < 1" } }
                }
              },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }
            }
            """;
        Assert.Contains(was, Written, StringComparison.Ordinal);

        Assert.Equal(isAnother, HashOf(Written, DriverCatalog.All) != HashOf(Written.Replace(was, becomes, StringComparison.Ordinal), DriverCatalog.All));
    }

    [Theory]
    [InlineData("/dev/ttyS9", "/dev/ttyUSB0")]
    [InlineData("\"unit\": 7", "\"unit\": 8")]
    [InlineData("\"enabled\": true", "\"enabled\": false")]
    [InlineData("\"url\": \"mqtt://127.0.0.1:1883\"", "\"url\": \"mqtt://127.0.0.1:1884\"")]
    public void Where_a_device_is_does_not_make_another_set_of_commands(string was, string becomes)
    {
        var written = Configuration($"{Speed}, {Stop}");
        Assert.Contains(was, written, StringComparison.Ordinal);

        Assert.Equal(HashOf(written), HashOf(written.Replace(was, becomes, StringComparison.Ordinal)));
    }

    [Fact]
    public void Commands_do_not_change_the_hash_that_travels_with_samples()
    {
        Assert.Equal(Plan(Speed).Hash, Plan(Stop).Hash);
        Assert.NotEqual(Plan(Speed).CommandsHash, Plan(Stop).CommandsHash);
    }

    [Fact]
    public void A_sampler_in_a_process_of_its_own_reads_the_same_commands()
    {
        var plan = Plan($"{Speed}, {Stop}, {Play}", "\"safetySignals\": [\"plc/flag\"], \"reactions\": { \"r\": { \"when\": \"dash/x\", \"command\": \"stop\" } }");
        var written = new SamplerPlan
        {
            Cell = plan,
            Devices = new Dictionary<string, SamplerDevice>(),
            RingSamples = 1,
            BaseFolder = "/",
            Tick = TimeSpan.FromMilliseconds(5),
            SpinNanos = 0,
            RealTime = new RealTimeSettings(),
        };

        var read = SamplerPlan.Of(written.ToJson());

        Assert.Equal(System.Text.Encoding.UTF8.GetString(written.ToJson()), System.Text.Encoding.UTF8.GetString(read.ToJson()));
        Assert.Equal((3, 1, 1, plan.CommandsHash), (read.Cell.Commands.Count, read.Cell.SafetySignals.Count, read.Cell.Reactions.Count, read.Cell.CommandsHash));
        Assert.Equal(plan.Conditions.Select(condition => condition.Program.ToBytes()), read.Cell.Conditions.Select(condition => condition.Program.ToBytes()));
    }

    private ulong HashOf(string written, IReadOnlyList<DriverKind>? drivers = null)
    {
        var reading = ReadWhole(written, drivers);
        Assert.Empty(_folder.Lines(reading));
        return reading.Configuration!.Plan.CommandsHash;
    }

    private CellPlan Plan(string commands, string section = "")
    {
        var reading = Read(commands, section);
        Assert.Empty(_folder.Lines(reading));
        return reading.Configuration!.Plan;
    }

    private ConfigurationReading Read(string commands, string section = "") => ReadWhole(Configuration(commands, section));

    private ConfigurationReading ReadWhole(string content, IReadOnlyList<DriverKind>? drivers = null)
    {
        _folder.Write("edge.json", content);
        return EdgeConfiguration.Load(_folder.File, drivers ?? [BenchOptions.Kind, DerivedOptions.DriverKind], new Dictionary<string, string>());
    }

    private static string Configuration(string commands, string section = "") => $$"""
        {
          "group": "la-roche",
          "edge": "cell1",
          "devices": {
            "plc": {
              "driver": "bench",
              "serial": "/dev/ttyS9",
              "unit": 7,
              "groups": {
                "fast": { "interval": "50ms", "signals": { "a": { "channel": 1, "kind": "float64" }, "label": { "channel": 2, "kind": "text" }, "flag": { "channel": 3, "kind": "boolean" }, "mode": { "channel": 4, "kind": "int64" } } },
                "slow": { "interval": "1s", "signals": { "slow": { "channel": 5, "kind": "float64" } } }
              },
              "targets": { "packml": { "register": 3, "packml": true }, "speed": { "register": 4 } }
            },
            "dash": {
              "driver": "bench",
              "serial": "/dev/ttyS10",
              "groups": { "fast": { "interval": "50ms", "signals": { "x": { "channel": 1, "kind": "boolean" } } } },
              "targets": { "play": { "verb": true, "motion": true }, "pause": { "verb": true }, "load": { "programs": ["a.urp", "b.urp"] } }
            },
            "cell": { "driver": "derived", "signals": { "ready": { "expression": "plc/flag and plc/mode == 1" } } }
          },
          "commands": { "enabled": true, {{(section.Length > 0 ? section + ", " : "")}}"commands": { {{commands}} } },
          "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
          "historians": { "h1": { "store": "embedded" } }
        }
        """;
}
