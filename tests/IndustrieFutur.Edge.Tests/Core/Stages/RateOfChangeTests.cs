using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>A value that changes faster than it can is marked, or dropped and not believed until it may have got there.</summary>
public sealed class RateOfChangeTests
{
    private const long Milli = 1_000_000;

    /// <summary>10 a second: 0.1 in 10 ms.</summary>
    private static readonly SignalPlan Plan = HotCell.Signal(0) with { RateLimit = 10 };

    [Fact]
    public void A_jump_is_marked_and_passes()
    {
        var sent = Run(Plan, 0, 0.05, 5, 5.05);

        Assert.Equal([0, 0.05, 5, 5.05], sent.Select(sample => sample.AsDouble));
        Assert.Equal(
            [StatusCode.Good, StatusCode.Good, StatusCode.UncertainSensorNotAccurate, StatusCode.Good], sent.Select(sample => sample.Status));
    }

    [Fact]
    public void A_spike_is_dropped_and_its_neighbours_stay_Good()
    {
        var sent = Run(Plan with { RateDrops = true }, 0, 0.05, 99, 0.1, 0.15);

        Assert.Equal([0, 0.05, 0.1, 0.15], sent.Select(sample => sample.AsDouble));
        Assert.All(sent, sample => Assert.Equal(StatusCode.Good, sample.Status));
    }

    [Fact]
    public void Any_walk_is_dropped_as_the_definition_says()
    {
        Prop.ForAll(Gen.Choose(-9, 9).ListOf().ToArbitrary(), steps =>
        {
            var values = steps.Select((step, i) => (double)steps.Take(i + 1).Sum() / 20).ToArray();
            Assert.Equal(Reference(values), Run(Plan with { RateDrops = true }, values).Select(sample => sample.AsDouble));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void After_a_value_that_was_none_any_value_is_believed()
    {
        using var cell = new HotCell([Plan]);
        foreach (var (value, status) in new[] { (0.0, StatusCode.Good), (0.0, StatusCode.BadDeviceFailure), (50.0, StatusCode.Good) })
        {
            cell.Write(0, value, status, cell.UtcNow);
            cell.Tick();
        }

        Assert.Equal([StatusCode.Good, StatusCode.BadDeviceFailure, StatusCode.Good], cell.Drain().Select(drained => drained.Sample.Status));
    }

    /// <summary>One value each 10 ms.</summary>
    private static Sample[] Run(SignalPlan plan, params double[] values)
    {
        using var cell = new HotCell([plan], input: 1_024, output: 1_024, samplesPerTickMax: 1_024);
        var zero = cell.UtcNow;
        for (var i = 0; i < values.Length; i++)
        {
            cell.Write(0, values[i], StatusCode.Good, zero + (i * 10 * Milli));
        }

        cell.Tick();
        var sent = cell.Drain().Select(drained => drained.Sample).ToArray();
        Assert.Equal((values.Length - sent.Length, 0), (cell.Ledger.Read(0).FilteredRange, cell.Ledger.Read(0).InRings));
        return sent;
    }

    private static List<double> Reference(double[] values)
    {
        var (sent, at) = (new List<double>(), 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (sent.Count == 0 || Math.Abs(values[i] - sent[^1]) <= 10 * (i - at) * 10 * Milli / 1e9)
            {
                sent.Add(values[i]);
                at = i;
            }
        }

        return sent;
    }
}
