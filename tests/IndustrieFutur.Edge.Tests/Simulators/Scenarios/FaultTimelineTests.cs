using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Tests.Simulators.Scenarios;

/// <summary>What a scenario asks for happens to the right device, in its tick, and is gone when it is over.</summary>
public sealed class FaultTimelineTests
{
    public static TheoryData<string, string> Kinds => [.. CellFaults.All.Select(kind => (kind.Device, kind.Name))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_that_can_happen_comes_and_goes_and_is_in_the_journal(string device, string name)
    {
        var kind = CellFaults.All.Single(kind => kind.Device == device && kind.Name == name);
        using var cell = Open(out var passed, Of(device, name, at: 10, end: kind.Lasts ? 20 : null));

        cell.Clock.Step(30);

        var lines = cell.Journal.Lines.Where(line => line.Contains(" scenario ", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("00000.020 scenario ", lines[0], StringComparison.Ordinal);
        Assert.Contains($"{device} {name}", lines[0], StringComparison.Ordinal);
        Assert.Equal(kind.Lasts ? [true, false] : [true], passed);
        Assert.Equal(kind.Lasts, lines.Contains($"00000.040 scenario {device} {name} ends"));
    }

    [Theory]
    [InlineData("plc")]
    [InlineData("gripper")]
    [InlineData("driver")]
    [InlineData("scale")]
    [InlineData("scanner")]
    public void A_fault_of_a_line_is_on_that_line_alone(string device)
    {
        using var cell = Open(out _, Of(device, "cable-out", 5, 9));
        var lines = new Dictionary<string, DeviceLines>
        {
            ["plc"] = cell.PlcLines,
            ["gripper"] = cell.GripperLines,
            ["driver"] = cell.TorqueLines,
            ["scale"] = cell.ScaleLines,
            ["scanner"] = cell.ScannerLines,
        };

        cell.Clock.Step(4);
        Assert.DoesNotContain(lines.Values, line => line.Faults.IsCableOut);
        cell.Clock.Step(1);
        Assert.Equal([device], lines.Where(line => line.Value.Faults.IsCableOut).Select(line => line.Key));
        cell.Clock.Step(4);
        Assert.DoesNotContain(lines.Values, line => line.Faults.IsCableOut);
    }

    [Fact]
    public void Each_fault_of_a_line_is_what_it_says_and_ends()
    {
        using var cell = Open(
            out _, Of("scale", "crc-errors", 2, 4) with { Number = 5 }, Of("scale", "cut-messages", 2, 4) with { Number = 6 },
            Of("scale", "line-noise", 2, 4) with { Number = 7 }, Of("scale", "slow-answers", 2, 4) with { Number = 80 });
        var faults = cell.ScaleLines.Faults;

        cell.Clock.Step(2);
        Assert.Equal((5, 6, 7, TimeSpan.FromMilliseconds(80)), (faults.CorruptOneIn, faults.CutOneIn, faults.NoiseBytes, faults.Delay));
        cell.Clock.Step(2);
        Assert.Equal((0, 0, 0, TimeSpan.Zero), (faults.CorruptOneIn, faults.CutOneIn, faults.NoiseBytes, faults.Delay));
    }

    [Fact]
    public void What_is_measured_wrong_is_set_and_taken_away()
    {
        using var cell = Open(
            out _, Of("cobot", "frozen-value", 2, 4), Of("cobot", "drift", 2, 4) with { Number = 60 }, Of("plc", "noise", 2, 4) with { Number = 30 },
            Of("plc", "stopped-heartbeat", 2, 4), Of("scale", "drift", 2, 4) with { Number = 9 }, Of("scale", "error-answers", 2, 4));

        cell.Clock.Step(2);
        Assert.Equal((true, 60.0, 30.0, true), (cell.Cobot.Faults.IsFrozen, cell.Cobot.Faults.TemperatureDriftPerMinute, cell.Plc.Faults.NoiseFactor, cell.Plc.Faults.StopsHeartbeat));
        Assert.Equal((9.0, true), (cell.Scale.DriftGramsPerMinute, cell.Scale.AnswersByError));
        cell.Clock.Step(2);
        Assert.Equal((false, 0.0, 1.0, false), (cell.Cobot.Faults.IsFrozen, cell.Cobot.Faults.TemperatureDriftPerMinute, cell.Plc.Faults.NoiseFactor, cell.Plc.Faults.StopsHeartbeat));
        Assert.Equal((0.0, false), (cell.Scale.DriftGramsPerMinute, cell.Scale.AnswersByError));
    }

    [Fact]
    public void A_person_who_is_refused_is_told_why_in_the_journal()
    {
        using var cell = Open(out _, Of("cobot", "protective-stop", 100), Of("cobot", "acknowledge", 200), Of("cobot", "acknowledge", 2_700), Of("plc", "unhold", 10));

        cell.Clock.Step(2_701);

        var done = cell.Journal.Lines.Where(line => line.Contains(" done: ", StringComparison.Ordinal)).ToList();
        Assert.Contains("plc unhold, refused: the state Resetting does not allow Unhold", done[0], StringComparison.Ordinal);
        Assert.Contains("cobot acknowledge, refused: Protective stop", done[1], StringComparison.Ordinal);
        Assert.EndsWith("done: cobot acknowledge", done[2], StringComparison.Ordinal);
        cell.Cobot.Read(out var state);
        Assert.Equal(SafetyMode.Normal, state.SafetyMode);
    }

    [Fact]
    public void A_fault_holds_in_its_own_tick_before_any_device_lives()
    {
        using var cell = Open(out _, Of("plc", "emergency-stop", 10));

        cell.Clock.Step(10);

        Assert.Equal(PackMlState.Aborting, cell.Plc.State.State);
    }

    [Fact]
    public void The_end_of_one_fault_leaves_the_beginning_of_the_next_in_the_same_tick()
    {
        using var cell = Open(out _, Of("plc", "cable-out", 2, 4), Of("plc", "cable-out", 4, 6));

        cell.Clock.Step(4);
        Assert.True(cell.PlcLines.Faults.IsCableOut);
        cell.Clock.Step(2);
        Assert.False(cell.PlcLines.Faults.IsCableOut);
    }

    private static ScenarioEvent Of(string device, string name, long at, long? end = null) => new()
    {
        Kind = CellFaults.All.Single(kind => kind.Device == device && kind.Name == name),
        AtTick = at,
        EndTick = end,
        Number = 1,
        Text = "E1",
    };

    private static CellSimulator Open(out List<bool> passed, params ScenarioEvent[] timeline)
    {
        var scenario = new Scenario { Name = "trial", TitleFr = "", TitleEn = "", Ticks = 1_000, Speed = 1, Timeline = timeline, Journal = [], Edge = [] };
        var heard = new List<bool>();
        passed = heard;
        return scenario.Open(new CellSettings { Seed = 7 }, (_, isBeginning) => heard.Add(isBeginning));
    }
}
