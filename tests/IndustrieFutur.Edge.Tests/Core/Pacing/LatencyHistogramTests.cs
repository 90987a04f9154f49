using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Core.Pacing;

/// <summary>A histogram's percentiles are those of the sorted list, to within one bucket; snapshots add and subtract.</summary>
public sealed class LatencyHistogramTests : IDisposable
{
    private readonly HotMemory _memory = new(4 * LatencyHistogram.BytesNeeded);

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_are_those_of_the_sorted_list_to_within_one_bucket(int seed)
    {
        var random = new Random(seed);
        var values = new long[20_000];
        var histogram = new LatencyHistogram(_memory);
        for (var i = 0; i < values.Length; i++)
        {
            // From nanoseconds to a minute, all magnitudes alike.
            values[i] = (long)Math.Exp(random.NextDouble() * Math.Log(6e10));
            histogram.Record(values[i]);
        }

        Array.Sort(values);
        var snapshot = HistogramSnapshot.Of(histogram);
        foreach (var share in new[] { 0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0 })
        {
            var exact = values[Math.Max(0, (int)Math.Ceiling(share * values.Length) - 1)];
            var shown = snapshot.PercentileNanos(share);
            Assert.True(shown >= exact && shown <= exact + (exact / 64), $"seed {seed}, {share}: {shown} for {exact}");
        }

        Assert.Equal(values.Length, snapshot.Count);
        Assert.Equal(values.Sum(), snapshot.SumNanos);
        Assert.Equal(values[^1], snapshot.LongestNanos);
    }

    [Fact]
    public void Every_value_lies_in_a_bucket_that_ends_within_a_64th_of_it()
    {
        var last = -1;
        for (var value = 0L; value < 137_000_000_000; value = (value * 129 / 128) + 1)
        {
            var bucket = LatencyHistogram.IndexOf(value);
            var highest = LatencyHistogram.HighestOf(bucket);

            Assert.True(bucket >= last);
            Assert.InRange(highest, value, value + (value / 64));
            Assert.Equal(bucket, LatencyHistogram.IndexOf(highest));
            Assert.Equal(bucket + 1, LatencyHistogram.IndexOf(highest + 1));
            last = bucket;
        }
    }

    [Fact]
    public void What_is_beyond_the_scale_counts_at_its_ends()
    {
        var histogram = new LatencyHistogram(_memory);

        histogram.Record(-5);
        histogram.Record(long.MaxValue / 4);
        var snapshot = HistogramSnapshot.Of(histogram);

        Assert.Equal(2, snapshot.Count);
        Assert.Equal(0, snapshot.PercentileNanos(0.5));
        Assert.Equal(long.MaxValue / 4, snapshot.LongestNanos);
        Assert.InRange(snapshot.PercentileNanos(1), 137_000_000_000, 138_000_000_000);
    }

    [Fact]
    public void A_difference_shows_only_what_came_in_between()
    {
        var histogram = new LatencyHistogram(_memory);
        histogram.Record(50_000_000);
        var yesterday = HistogramSnapshot.Of(histogram);
        for (var i = 0; i < 99; i++)
        {
            histogram.Record(10_000);
        }

        histogram.Record(20_000);
        var today = HistogramSnapshot.Of(histogram).Since(yesterday);

        Assert.Equal(100, today.Count);
        Assert.InRange(today.PercentileNanos(0.99), 10_000, 10_157);
        Assert.InRange(today.LongestNanos, 20_000, 20_313);
        Assert.Equal(50_000_000, HistogramSnapshot.Of(histogram).LongestNanos);
    }

    [Fact]
    public void A_histogram_that_began_anew_is_all_news()
    {
        var old = new LatencyHistogram(_memory);
        old.Record(1);
        old.Record(2);
        var fresh = new LatencyHistogram(_memory);
        fresh.Record(7);

        var difference = HistogramSnapshot.Of(fresh).Since(HistogramSnapshot.Of(old));

        Assert.Equal(1, difference.Count);
        Assert.Equal(7, difference.LongestNanos);
    }

    [Fact]
    public void Two_together_are_as_one()
    {
        var (left, right, both) = (new LatencyHistogram(_memory), new LatencyHistogram(_memory), new LatencyHistogram(_memory));
        for (var i = 1; i <= 1_000; i++)
        {
            (i % 3 == 0 ? left : right).Record(i * 1_000);
            both.Record(i * 1_000);
        }

        var merged = HistogramSnapshot.Of(left).Plus(HistogramSnapshot.Of(right));
        var one = HistogramSnapshot.Of(both);

        Assert.Equal(one.Count, merged.Count);
        Assert.Equal(one.LongestNanos, merged.LongestNanos);
        foreach (var share in new[] { 0.1, 0.5, 0.9, 0.99 })
        {
            Assert.Equal(one.PercentileNanos(share), merged.PercentileNanos(share));
        }
    }

    [Fact]
    public void A_latency_of_three_ticks_costs_three()
    {
        var histogram = new LatencyHistogram(_memory);
        histogram.Record(900_000);
        histogram.Record(1_500_000);
        histogram.Record(3_200_000);

        Assert.Equal(4, HistogramSnapshot.Of(histogram).TicksLost(1_000_000));
        Assert.Equal(1, HistogramSnapshot.Of(histogram).TicksLost(2_000_000));
    }

    [Fact]
    public void Another_view_of_the_same_memory_shows_the_same()
    {
        using var memory = new HotMemory(LatencyHistogram.BytesNeeded);
        var histogram = new LatencyHistogram(memory);
        histogram.Record(42);

        Assert.Equal((nuint)LatencyHistogram.BytesNeeded, memory.Taken);
        Assert.Equal(42, HistogramSnapshot.Of(histogram).PercentileNanos(0.5));
        Assert.Equal(0, HistogramSnapshot.Empty.PercentileNanos(0.5));
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var histogram = new LatencyHistogram(_memory);
        var nanos = 1L;

        Assert.Equal(0, AllocationGuard.BytesOf(() => histogram.Record(nanos += 17), turns: 100_000));
    }
}
