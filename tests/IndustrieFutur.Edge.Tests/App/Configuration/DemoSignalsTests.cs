using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>The demonstration reads what the list of a cobot cell's signals says, with its units, ranges and deadbands.</summary>
public sealed class DemoSignalsTests
{
    /// <summary>The cobot a second time, as its OPC UA server shows it.</summary>
    private const string OpcUa = "cobot-ua";

    /// <summary>What is made of the others.</summary>
    private const string Derived = "cell";

    /// <summary>What is not read, and why. Nothing today.</summary>
    private static readonly Dictionary<string, string> Absent = [];

    /// <summary>Where the demonstration knows better than the list, and why.</summary>
    private static readonly Dictionary<string, string> OtherRanges = new()
    {
        ["scale.weight"] = "a scale trembles around zero and shows down to -20 g, and a value outside is not Good",
    };

    private static readonly IReadOnlyList<SignalList> Listed = SignalList.Read();

    private static readonly IReadOnlyList<SignalPlan> Planned = EdgeConfiguration
        .Load(Path.Combine(ProjectConfigurations.Root, "config", "demo.json"), DriverCatalog.All, new Dictionary<string, string>())
        .Configuration!.Plan.Signals;

    [Fact]
    public void Every_signal_of_the_list_is_read_or_there_is_a_reason()
    {
        Assert.Equal(77, Listed.Count);
        Assert.Equal(Absent.Keys.Order(), Listed.Where(listed => !PlannedAs(listed).Any()).Select(listed => listed.Id).Order());
    }

    [Fact]
    public void Units_ranges_and_deadbands_are_those_of_the_list()
    {
        foreach (var listed in Listed)
        {
            var hasRange = listed.IsRanged && !OtherRanges.ContainsKey(listed.Id);
            foreach (var planned in PlannedAs(listed))
            {
                var (low, high) = hasRange ? (listed.Low, listed.High) : (planned.Low, planned.High);

                Assert.Equal((listed.Id, listed.EngineeringUnit, low, high), (planned.Id, planned.Unit, planned.Low, planned.High));
                Assert.Equal((listed.Id, listed.HasDeadband ? listed.Deadband : null), (planned.Id, planned.Deadband));
            }
        }
    }

    [Fact]
    public void What_the_list_thins_to_ten_a_second_is_not_read_more_often()
    {
        var thinned = Listed.Where(listed => listed.Publish.StartsWith("dec100", StringComparison.Ordinal)).Select(listed => listed.Id).ToHashSet();

        Assert.All(Planned.Where(planned => thinned.Contains(planned.Id)), planned => Assert.Equal(100, planned.Interval.TotalMilliseconds));
    }

    [Fact]
    public void What_the_list_aggregates_is_read_as_often_as_it_says_and_sent_as_the_mean_of_a_second()
    {
        var aggregated = Listed.Where(listed => listed.IsAggregated).ToList();
        Assert.Equal(13, aggregated.Count);
        foreach (var listed in aggregated)
        {
            var sent = Assert.Single(PlannedAs(listed));
            var read = Planned[sent.Derived!.Input];

            Assert.Equal((listed.Id, Derived, WindowOf.Mean, 1_000_000_000), (listed.Id, sent.Device, sent.Derived.Of, sent.Derived.OverNanos));
            Assert.Equal((listed.Device, listed.Id, true), (read.Device, read.Id, read.IsUnsent));
            Assert.True(read.Interval.TotalMilliseconds <= listed.ScanMillis, $"{listed.Id} is read every {read.Interval}");
        }
    }

    [Fact]
    public void The_peaks_of_the_forces_are_kept()
    {
        var forces = Listed.Where(listed => listed.Publish == "agg1s+event").Select(listed => listed.Id).ToList();

        Assert.Equal(["tcp.fx", "tcp.fy", "tcp.fz"], forces);
        Assert.All(forces, force => Assert.Equal([WindowOf.Max, WindowOf.Min], Windows($"{force}.max", $"{force}.min")));
    }

    [Fact]
    public void What_the_list_thins_to_four_a_second_is_every_fifth_of_twenty()
    {
        var sent = Assert.Single(PlannedAs(Listed.Single(listed => listed.Publish == "dec250+db")));

        Assert.Equal((5, WindowOf.Last, 50.0), (sent.Derived!.Every, sent.Derived.Of, Planned[sent.Derived.Input].Interval.TotalMilliseconds));
    }

    [Fact]
    public void Events_have_no_interval_and_everything_else_has_one() =>
        Assert.All(Listed, listed => Assert.All(PlannedAs(listed), planned => Assert.Equal(listed.IsEvent, ReadAs(planned).Interval == TimeSpan.Zero)));

    private static IEnumerable<WindowOf> Windows(params string[] ids) =>
        ids.Select(id => Planned.Single(planned => planned.Device == Derived && planned.Id == id).Derived!.Of);

    private static SignalPlan ReadAs(SignalPlan sent) => sent.Derived is { Input: >= 0 } derived ? Planned[derived.Input] : sent;

    /// <summary>What is sent of it: by its device, by the cobot's other server, or as a window of the cell.</summary>
    private static IEnumerable<SignalPlan> PlannedAs(SignalList listed) => Planned.Where(planned =>
        planned.Id == listed.Id && !planned.IsUnsent
        && (planned.Device == listed.Device || planned.Device == Derived || (listed.Device == "cobot" && planned.Device == OpcUa)));
}
