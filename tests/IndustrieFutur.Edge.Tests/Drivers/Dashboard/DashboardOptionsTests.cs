using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Dashboard;

namespace IndustrieFutur.Edge.Tests.Drivers.Dashboard;

/// <summary>What an integrator may not write of a robot's dashboard, and what he is told.</summary>
public sealed class DashboardOptionsTests
{
    public static TheoryData<DashboardTargetOptions, string> WrongTargets => new()
    {
        { new() { Verb = DashboardVerb.Load }, "needs the programs that may be loaded" },
        { new() { Verb = DashboardVerb.Play, Programs = ["pick.urp"] }, "only \"load\" takes a program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["a.urp", "a.urp"] }, "is there twice" },
        { new() { Verb = DashboardVerb.Load, Programs = ["pick.urp\n"] }, "\"pick.urp?\" is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["a\nplay\n.urp"] }, "is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["../pick.urp"] }, "is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["pick and place.urp"] }, "is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["pièce.urp"] }, "is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["pick٣.urp"] }, "is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = ["installation default"] }, "is no program" },
        { new() { Verb = DashboardVerb.Load, Programs = [new string('a', 200) + ".urp"] }, "is no program" },
    };

    [Theory]
    [MemberData(nameof(WrongTargets), DisableDiscoveryEnumeration = true)]
    public void A_target_that_cannot_be_told_is_refused(DashboardTargetOptions target, string message)
    {
        var device = DashboardBench.Options();
        var mistakes = MistakesOf(new DashboardOptions { Tcp = device.Tcp, Groups = device.Groups, Targets = new Dictionary<string, DashboardTargetOptions> { ["t"] = target } });

        Assert.Contains(message, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_or_an_interval_that_is_no_dashboards_is_refused()
    {
        var groups = new Dictionary<string, GroupOptions<DashboardSignalOptions>>
        {
            ["g"] = new() { Interval = TimeSpan.FromMilliseconds(20), Signals = new Dictionary<string, DashboardSignalOptions> { ["s"] = new() { Query = DashboardQuery.Running } } },
        };

        var mistakes = MistakesOf(new DashboardOptions { Tcp = new() { Host = "robot", Port = 30_002 }, Groups = groups });

        Assert.Contains(mistakes, mistake => mistake.Contains("is no dashboard; that is on 29999", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("every 20 ms is too often", StringComparison.Ordinal));
        Assert.Empty(MistakesOf(DashboardBench.Options()));
    }

    [Fact]
    public void Targets_say_what_moves_and_what_stops()
    {
        var targets = DashboardBench.Options().CommandTargets().ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.Equal(["load", "play", "pause", "stop"], targets.Keys);
        Assert.Equal(["play"], targets.Where(pair => pair.Value.SetsInMotion).Select(pair => pair.Key));
        Assert.Equal(["pause", "stop"], targets.Where(pair => pair.Value.Stops([])).Select(pair => pair.Key));
        Assert.Equal([1, 0, 0, 0], targets.Values.Select(target => target.ValueCount));
        Assert.Equal(["missing.urp", DashboardBench.Program], targets["load"].Choices);
        Assert.Null(targets["load"].MistakeIn(1));
        Assert.Contains("0 to 1", targets["load"].MistakeIn(2)!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("play\n")]
    [InlineData("load a.urp\nplay")]
    [InlineData("stop\r")]
    [InlineData("stop\0")]
    [InlineData("stöp")]
    [InlineData("")]
    public void No_control_character_becomes_a_line(string text)
    {
        Assert.Throws<ArgumentException>(() => DashboardLine.Of(text));
    }

    private static List<string> MistakesOf(DashboardOptions options)
    {
        var mistakes = new Mistakes();
        options.Check(mistakes);
        return [.. mistakes.All.Select(mistake => mistake.Message)];
    }
}
