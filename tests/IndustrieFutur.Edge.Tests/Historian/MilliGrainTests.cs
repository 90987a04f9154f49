using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Samples closer than a millisecond, for a store that knows milliseconds only: each keeps one of its own, or is refused aloud.</summary>
public sealed class MilliGrainTests
{
    private readonly StoreScene _scene = new();
    private readonly MilliGrain _grain = new();

    [Fact]
    public void Two_samples_of_one_millisecond_get_two_and_the_next_ones_their_own()
    {
        Assert.Equal([10.1, 11, 12, 13.2, 20.5], Place(10.1, 10.9, 11.5, 13.2, 20.5));
    }

    [Fact]
    public void A_replay_is_a_sequence_of_its_own_and_gives_the_same()
    {
        var first = Place(10.1, 10.9, 15);

        Assert.Equal(first, Place(10.1, 10.9, 15));
        Assert.Equal(first, Place([.. first.Select(millis => millis!.Value)]));
    }

    [Fact]
    public void What_is_live_goes_on_after_its_latest_though_a_replay_comes_between()
    {
        Assert.Equal([10.1, 11, 5, 12, 6, 13], Place(10.1, 10.2, 5, 10.3, 5.5, 10.4));
    }

    [Fact]
    public void A_signal_that_is_too_fast_is_refused_before_its_times_are_falsified()
    {
        var crowd = Place([.. Enumerable.Range(0, 23).Select(i => 10 + (i / 100.0)), 31]);

        Assert.Equal([.. Enumerable.Range(10, 21).Select(millis => (double?)millis), null, null, 31], crowd);
    }

    [Fact]
    public void A_sample_that_is_written_over_by_its_placed_one_leaves_its_own_time_to_the_next()
    {
        StoreSample[] batch = [.. new[] { 10.1, 10.2, 10.3, 10.4, 10.5 }.Select(Sample)];
        for (var i = 0; i < batch.Length; i++)
        {
            Assert.True(_grain.TryPlace(batch[i], out batch[i]));
        }

        Assert.Equal([10.1, 11, 12, 13, 14], batch.Select(sample => sample.SourceUtcNanos / 1e6));
    }

    [Fact]
    public void Signals_do_not_disturb_each_other()
    {
        var other = _scene.Sample(1, TelemetryKind.Int64, 1) with { SourceUtcNanos = 10_100_000 };
        Place(10.1);

        Assert.True(_grain.TryPlace(other, out var placed));

        Assert.Equal(other, placed);
    }

    private List<double?> Place(params double[] millis) =>
    [
        .. millis.Select(time => _grain.TryPlace(Sample(time), out var placed) ? placed.SourceUtcNanos / 1e6 : (double?)null),
    ];

    private StoreSample Sample(double millis) => _scene.Sample(1, 1.0) with { SourceUtcNanos = (long)Math.Round(millis * 1_000_000) };
}
