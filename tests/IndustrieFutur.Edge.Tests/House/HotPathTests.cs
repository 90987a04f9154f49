using System.Reflection;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>The compiled code of every [HotPath] type neither allocates, locks, waits, logs nor throws.</summary>
public sealed class HotPathTests
{
    internal static readonly string[] Assemblies =
    [
        "IndustrieFutur.Edge.Core", "IndustrieFutur.Edge.Protocols", "IndustrieFutur.Edge.Drivers",
        "IndustrieFutur.Edge.Northbound", "IndustrieFutur.Edge.Historian",
    ];

    internal static IReadOnlyList<Type> HotTypes =>
        [.. Assemblies.Select(Assembly.Load).SelectMany(HotPathRules.HotTypesOf)];

    [Fact]
    public void Hot_types_do_nothing_that_a_tick_cannot_afford()
    {
        var rules = new HotPathRules();

        Guard.FindsNone(HotTypes.SelectMany(rules.OffencesOf));
    }

    [Fact]
    public void The_types_on_the_way_of_every_sample_are_marked()
    {
        var names = HotTypes.Select(type => type.Name);

        Assert.Empty(
            new[] { "SampleRing", "SampleWriter", "LatestValues", "SamplingLoop", "StagePipeline", "LedgerCounters", "MonoClock", "LoopGauges", "LatencyHistogram", "PaceGrid", "SpinGuard" }.Except(names));
    }

    [Fact]
    public void No_allowance_outlives_its_use()
    {
        var rules = new HotPathRules();

        _ = HotTypes.SelectMany(rules.OffencesOf).ToList();

        Assert.Empty(HotPathAllowance.All.Except(rules.Used));
    }

    [Theory]
    [InlineData(typeof(Offenders.Boxes), "Run: box Int32")]
    [InlineData(typeof(Offenders.BoxesGeneric<>), "Run: box T")]
    [InlineData(typeof(Offenders.BoxesGeneric<>), "get_Count: callvirt List`1.get_Count")]
    [InlineData(typeof(Offenders.MakesArray), "Run: newarr Int32")]
    [InlineData(typeof(Offenders.MakesObject), "Run: newobj Version")]
    [InlineData(typeof(Offenders.Throws), "Run: throw")]
    [InlineData(typeof(Offenders.ThrowsAgain), "Run: rethrow")]
    [InlineData(typeof(Offenders.MakesDelegate), "Run: ldftn MemoryBarrier")]
    [InlineData(typeof(Offenders.MakesVirtualDelegate), "Run: ldvirtftn ToString")]
    [InlineData(typeof(Offenders.Locks), "Run: callvirt Lock.EnterScope")]
    [InlineData(typeof(Offenders.Formats), "Run: call String.Concat")]
    [InlineData(typeof(Offenders.Captures), "Run: newobj <>c__DisplayClass")]
    [InlineData(typeof(Offenders.CallsOffendingStruct), "OffendingStruct.Total: newarr Int32")]
    [InlineData(typeof(Offenders.SwitchesWithoutDefault), "Run: call <PrivateImplementationDetails>.Throw")]
    [InlineData(typeof(Offenders.Awaits), "AsyncVoidMethodBuilder")]
    public void Each_offence_is_caught(Type offender, string offence)
    {
        var offences = new HotPathRules().OffencesOf(offender);

        Assert.Contains(offences, found => found.Contains(offence, StringComparison.Ordinal));
    }
}
