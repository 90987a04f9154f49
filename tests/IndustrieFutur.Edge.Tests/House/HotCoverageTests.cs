using System.Reflection;
using IndustrieFutur.Edge.Core;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>No type of the hot path escapes its guards: what a tick runs is marked, and what is marked runs in a test that counts bytes.</summary>
public sealed class HotCoverageTests
{
    /// <summary>What a tick runs and is yet not marked, and why it may be so. Values need no mark: they are read with their callers.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["SamplingThread"] = "It owns the thread: it waits by the pacer, and asks the runtime once a second.",
        ["Pacer"] = "The one place that sleeps; a test counts its bytes.",
    };

    [Fact]
    public void What_a_tick_runs_is_marked_hot()
    {
        var tick = typeof(SamplingThread).GetMethod("Tick", BindingFlags.Instance | BindingFlags.NonPublic);
        Assert.NotNull(tick);

        var reached = Reach().TypesFrom([tick]);

        Assert.Contains(typeof(LatestValues), reached);
        var unmarked = reached.Where(type => !HotPathRules.IsHot(type) && !type.IsValueType).ToArray();
        Guard.FindsNone(unmarked.Where(type => !Exempt.ContainsKey(type.Name)).Select(type => $"{type.FullName} is not [HotPath]"));
        Assert.Empty(Exempt.Keys.Except(unmarked.Select(type => type.Name)));
    }

    [Fact]
    public void Every_hot_type_runs_in_a_test_that_counts_bytes() => Guard.FindsNone(Uncounted(HotPathTests.HotTypes));

    [Fact]
    public void A_hot_type_that_no_test_counts_is_named() =>
        Assert.Equal([$"{typeof(UncountedType).FullName} is hot, and no test counts what it allocates"], Uncounted([typeof(UncountedType)]));

    /// <summary>Of these types those that no test reaches which counts bytes.</summary>
    internal static IReadOnlyList<string> Uncounted(IReadOnlyList<Type> types)
    {
        var reach = Reach();
        var counter = typeof(GC).GetMethod(nameof(GC.GetAllocatedBytesForCurrentThread))!;
        var counting = typeof(HotCoverageTests).Assembly.GetTypes()
            .SelectMany(IlReader.MethodsOf)
            .Where(method => method.IsDefined(typeof(FactAttribute)) && reach.Calls(method, counter));
        var reached = reach.TypesFrom(counting);
        return [.. types.Where(type => !reached.Contains(type) && HasCode(type)).Select(type => $"{type.FullName} is hot, and no test counts what it allocates")];
    }

    private static HotReach Reach() => new([.. HotPathTests.Assemblies.Select(Assembly.Load), typeof(HotCoverageTests).Assembly]);

    /// <summary>A type that holds only constants and layouts runs nothing.</summary>
    private static bool HasCode(Type type) => IlReader.MethodsOf(type).Any(method => method.GetMethodBody() is not null);

    [HotPath]
    private sealed class UncountedType
    {
        public static int Run() => 1;
    }
}
