using System.Globalization;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Two runs of one scenario held against each other, every signal of the configuration by what its driver, type and unit make of it: what is
/// told sample by sample, what is polled by its states, its count, or its last value.
/// </summary>
internal sealed class ScenarioComparison
{
    /// <summary>The unit of what counts; an integer without any unit is a state: an enumeration, a code, bits.</summary>
    private const string Count = "count";

    /// <summary>A poll may miss what is shorter.</summary>
    private const int PollsMin = 2;

    private static readonly string[] Streams = [RtdeDriver.Kind.Name, OpcUaDriver.Kind.Name];
    private static readonly string[] Cuts = ["cable-out", "restart", "shifted-namespaces", "expired-certificate"];

    private readonly Scenario _scenario;
    private readonly ScenarioRun _first;
    private readonly ScenarioRun _second;
    private readonly ILookup<SignalComparison, SignalPlan> _signals;
    private readonly List<string> _leftOut = [];
    private int _samples;
    private int _states;

    public ScenarioComparison(Scenario scenario, ScenarioRun first, ScenarioRun second)
    {
        (_scenario, _first, _second) = (scenario, first, second);
        _signals = first.Configuration.Plan.Signals.ToLookup(By);
    }

    /// <summary>Fails where the two differ, and where there is nothing to compare.</summary>
    /// <returns>What was compared, and what was not.</returns>
    public string AssertAlike()
    {
        foreach (var signal in _first.Configuration.Plan.Signals)
        {
            AssertAlike(signal);
        }

        Assert.True(_samples > 0, "nothing was told sample by sample, so nothing was compared");
        Assert.All([SignalComparison.States, SignalComparison.Counter, SignalComparison.LastValue], by => Assert.True(_signals[by].Any(), $"no signal is compared by {by}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"stored alike: {_samples} samples of {_signals[SignalComparison.Samples].Count()} signals that are told, {_states} states of {_signals[SignalComparison.States].Count()}, {_signals[SignalComparison.Counter].Count()} counters, {_signals[SignalComparison.LastValue].Count()} polled measurements by their last value; {LeftOut()}");
    }

    private string LeftOut()
    {
        var none = _signals[SignalComparison.None].Select(Name).ToList();
        var states = _leftOut.CountBy(name => name).Select(one => string.Create(CultureInfo.InvariantCulture, $" {one.Key} {one.Value}"));
        return $"left out as shorter than two polls: {(_leftOut.Count == 0 ? "no state" : _leftOut.Count + " states," + string.Concat(states))}"
            + (none.Count == 0 ? "" : $"; left out as measurements of a stream that is cut: {string.Join(' ', none)}");
    }

    private static string Name(SignalPlan signal) => $"{signal.Device}/{signal.Id}";

    private static SignalComparison ByValue(SignalPlan signal) => signal.Kind switch
    {
        ValueKind.Boolean or ValueKind.Text => SignalComparison.States,
        ValueKind.Int64 or ValueKind.UInt64 when signal.Unit.Length == 0 => SignalComparison.States,
        ValueKind.Int64 or ValueKind.UInt64 when signal.Unit == Count => SignalComparison.Counter,
        _ => SignalComparison.LastValue,
    };

    /// <summary>A stream that the scenario cuts is no more than a poll: what it has missed nobody tells it.</summary>
    private SignalComparison By(SignalPlan signal)
    {
        var isStream = Streams.Contains(Driver(signal));
        var isCut = isStream && _scenario.Timeline.Any(one => one.Kind.Device == signal.Device && Cuts.Contains(one.Kind.Name));
        if (isStream ? !isCut : signal.Interval == TimeSpan.Zero)
        {
            return SignalComparison.Samples;
        }

        return ByValue(signal) is var by && isCut && by != SignalComparison.States ? SignalComparison.None : by;
    }

    private string Driver(SignalPlan signal) => _first.Configuration.Options.Devices[signal.Device].Driver;

    private void AssertAlike(SignalPlan signal)
    {
        var (first, second, by) = (_first.Series(Name(signal)), _second.Series(Name(signal)), By(signal));
        if (by == SignalComparison.None)
        {
            return;
        }

        // Nothing need happen in a scenario that makes a device tell an event; everything else is there all the time.
        var mayBeEmpty = signal.Interval == TimeSpan.Zero && !Streams.Contains(Driver(signal));
        Assert.True(mayBeEmpty || (first.Values.Count > 0 && second.Values.Count > 0), $"{Name(signal)}: {first.Values.Count} and {second.Values.Count} Good values, so there is nothing to compare");
        switch (by)
        {
            case SignalComparison.Samples:
                AssertSame(signal, first.Values, second.Values);
                _samples += first.Values.Count;
                break;
            case SignalComparison.States:
                AssertStates(signal, first, second);
                break;
            default:
                Assert.True(first.Values[^1] == second.Values[^1], $"{Name(signal)} ends with {first.Values[^1]} and with {second.Values[^1]}");
                break;
        }
    }

    private void AssertStates(SignalPlan signal, StoredSeries first, StoredSeries second)
    {
        // An OPC UA server tells each change once: how often a value is read says nothing there.
        var states = new StateComparison(first, second, Driver(signal) == OpcUaDriver.Kind.Name ? 0 : PollsMin);
        AssertSame(signal, states.First, states.Second);
        Assert.True(states.First.Count > 0, $"{Name(signal)}: all states were too short to be compared");
        _states += states.First.Count;
        _leftOut.AddRange(Enumerable.Repeat(Name(signal), states.LeftOut));
    }

    private static void AssertSame(SignalPlan signal, IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var other = Enumerable.Range(0, Math.Min(first.Count, second.Count)).FirstOrDefault(index => first[index] != second[index], Math.Min(first.Count, second.Count));
        Assert.True(
            first.Count == second.Count && other == first.Count,
            $"{Name(signal)}: {first.Count} values and {second.Count}; from {other} on {string.Join(' ', first.Skip(other).Take(8))} and {string.Join(' ', second.Skip(other).Take(8))}");
    }
}
