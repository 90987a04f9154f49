using IndustrieFutur.Edge.App.Bench;

namespace IndustrieFutur.Edge.Tests.App.Bench;

/// <summary>What cyclictest prints becomes a histogram like ours.</summary>
public sealed class CyclictestTests
{
    [Fact]
    public void Its_histogram_is_read_with_what_lies_beyond_its_scale()
    {
        // rt-tests 2.4, cyclictest -q -h 4 -l 10, shortened.
        const string output = """
            # /dev/cpu_dma_latency set to 0us
            # Histogram
            000000 000000
            000001 000003
            000002 000005
            000003 000001
            # Total: 000000009
            # Min Latencies: 00001
            # Avg Latencies: 00002
            # Max Latencies: 00417
            # Histogram Overflows: 00001
            # Histogram Overflow at cycle number:
            # Thread 0: 00007
            """;

        var histogram = Cyclictest.Parse(output);

        Assert.Equal(10, histogram.Count);
        Assert.InRange(histogram.PercentileNanos(0.5), 2_000, 2_031);
        Assert.Equal(417_000, histogram.LongestNanos);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unable to change scheduling policy!\n")]
    public void What_is_no_histogram_is_refused(string output) =>
        Assert.Throws<InvalidOperationException>(() => Cyclictest.Parse(output));

    [Fact]
    public async Task It_really_runs_where_it_may()
    {
        Assert.SkipUnless(Cyclictest.IsHere, $"cyclictest is not here: {Cyclictest.HowToInstall}");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "cyclictest needs real-time priority.");

        var histogram = await Cyclictest.MeasureAsync(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);

        Assert.Equal(200, histogram.Count);
    }
}
