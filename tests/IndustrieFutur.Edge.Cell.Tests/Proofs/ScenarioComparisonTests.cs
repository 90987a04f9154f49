using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Two runs that differ are found to: by samples, states, counters, last values, and where there is nothing to compare.</summary>
public sealed class ScenarioComparisonTests : IDisposable
{
    private const int Poll = 10;

    private readonly Workplace _workplace = new();
    private readonly EdgeConfiguration _configuration;

    public ScenarioComparisonTests()
    {
        var file = _workplace.Write(JsonNode.Parse("""
            {
              "group": "proof",
              "edge": "cell1",
              "data": "data",
              "devices": {
                "cobot": { "driver": "rtde", "tcp": { "host": "127.0.0.1", "port": 30004 }, "groups": { "all": { "signals": { "q": { "field": "actual_q", "index": 0 }, "mode": { "field": "robot_mode" } } } } },
                "plc": { "driver": "modbus", "tcp": { "host": "127.0.0.1", "port": 502 }, "unit": 1, "addressBase": 0, "groups": { "all": { "signals": {
                  "state": { "address": "3x0", "type": "u16" },
                  "on": { "address": "1x0", "type": "bool" },
                  "parts": { "address": "3x1", "type": "u16", "unit": "count" },
                  "steps": { "address": "3x2", "type": "u16", "unit": "mm" },
                  "speed": { "address": "3x3", "type": "u16", "scale": 0.1 }
                } } } },
                "scanner": { "driver": "framed", "tcp": { "host": "127.0.0.1", "port": 4001 }, "groups": { "codes": { "signals": { "code": { "type": "text" } } } } }
              },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "confirm": "stored", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }
            }
            """)!.AsObject());
        var reading = EdgeConfiguration.Load(file);
        Assert.True(reading.Configuration is not null, string.Join('\n', reading.Mistakes));
        _configuration = reading.Configuration;
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Every_signal_is_compared_by_what_its_driver_type_and_unit_make_of_it()
    {
        var said = new ScenarioComparison(Calm(), Run(), Run()).AssertAlike();

        Assert.Equal("stored alike: 4 samples of 3 signals that are told, 4 states of 2, 1 counters, 2 polled measurements by their last value; left out as shorter than two polls: no state", said);
    }

    [Theory]
    [InlineData("cobot/q", new double[] { 1, 3 })]
    [InlineData("cobot/q", new double[] { 1 })]
    [InlineData("cobot/mode", new double[0])]
    [InlineData("scanner/code", new double[] { 5 })]
    [InlineData("plc/state", new double[] { 6, 6, 6, 8, 8, 8, 8, 6 })]
    [InlineData("plc/state", new double[0])]
    [InlineData("plc/on", new double[] { 0, 0, 0, 0 })]
    [InlineData("plc/parts", new double[] { 1, 2, 4 })]
    [InlineData("plc/steps", new double[] { 1, 2, 4 })]
    [InlineData("plc/speed", new double[] { 1, 2, 4 })]
    public void What_differs_or_is_not_there_is_found(string signal, double[] values)
    {
        var other = Run();
        other.Stored[signal] = Series(values);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new ScenarioComparison(Calm(), Run(), other).AssertAlike());
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new ScenarioComparison(Calm(), other, Run()).AssertAlike());
    }

    [Fact]
    public void What_two_runs_both_lack_is_no_likeness()
    {
        var (first, second) = (Run(), Run());
        first.Stored.Remove("plc/parts");
        second.Stored.Remove("plc/parts");

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new ScenarioComparison(Calm(), first, second).AssertAlike());
    }

    [Fact]
    public void Between_polls_a_counter_and_a_measurement_may_be_read_differently()
    {
        var other = Run();
        other.Stored["plc/parts"] = Series(1, 3);
        other.Stored["plc/speed"] = Series(2, 3);

        new ScenarioComparison(Calm(), Run(), other).AssertAlike();
    }

    [Fact]
    public void A_stream_that_is_cut_is_held_against_the_other_by_its_states()
    {
        var (first, second) = (Run(), Run());
        first.Stored["cobot/q"] = Series(1, 5);
        first.Stored["cobot/mode"] = Series(7, 7, 7, 7);
        first.Stored["scanner/code"] = Series(5);
        second.Stored["scanner/code"] = Series(5);

        Assert.EndsWith("left out as measurements of a stream that is cut: cobot/q", new ScenarioComparison(CobotCut(), first, second).AssertAlike(), StringComparison.Ordinal);

        second.Stored["cobot/mode"] = Series(3, 3, 3, 3);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new ScenarioComparison(CobotCut(), first, second).AssertAlike());
    }

    private static Scenario Calm(params ScenarioEvent[] timeline) =>
        new() { Name = "calm", TitleFr = "", TitleEn = "", Ticks = 1, Speed = 1, Timeline = timeline, Journal = [], Edge = [] };

    private static Scenario CobotCut() =>
        Calm(new ScenarioEvent { Kind = CellFaults.All.Single(kind => kind is { Device: "cobot", Name: "cable-out" }), AtTick = 1 });

    private static StoredSeries Series(params double[] values) => new([.. values.Select((value, index) =>
        ((long)index * Poll, new StoredSample(index, TelemetryKind.Float64, true, BitConverter.DoubleToInt64Bits(value), "", 0)))]);

    private ScenarioRun Run() => new()
    {
        Configuration = _configuration,
        Journal = [],
        Ledger = [],
        SlippedTicks = 0,
        Stored = new()
        {
            ["cobot/q"] = Series(1, 2),
            ["cobot/mode"] = Series(7, 7),
            ["plc/state"] = Series(6, 6, 6, 6, 8, 8, 8),
            ["plc/on"] = Series(0, 0, 0, 1, 1),
            ["plc/parts"] = Series(1, 2, 3),
            ["plc/steps"] = Series(1, 2, 3),
            ["plc/speed"] = Series(1, 2, 3),
        },
    };
}
