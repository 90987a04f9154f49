using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>How a service and a sampler know one another: a block of another plan, version or length is refused with a reason.</summary>
public sealed class SamplerJoinTests
{
    private const ulong Plan = 0xABCD;

    [Fact]
    public void A_block_of_this_plan_fits_and_of_another_one_does_not()
    {
        using var memory = new HotMemory(SamplerJoin.BytesNeeded);
        var join = new SamplerJoin(memory);

        Assert.Contains("no block of a sampler", join.Mismatch(Plan), StringComparison.Ordinal);
        join.Create(Plan);

        Assert.Null(join.Mismatch(Plan));
        Assert.Contains("another configuration", join.Mismatch(Plan + 1), StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void A_block_of_another_layout_is_refused_and_one_of_another_plan_can_still_be_read()
    {
        using var memory = new HotMemory(SamplerJoin.BytesNeeded);
        var join = new SamplerJoin(memory);
        join.Create(Plan + 1);
        Assert.Null(join.LayoutMismatch());

        using var again = new HotMemory(memory);
        ((SamplerControl*)again.Take(0))->Version++;

        Assert.StartsWith("it is of layout ", join.LayoutMismatch(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_was_cut_does_not_fit()
    {
        using var memory = new HotMemory(2 * SamplerJoin.BytesNeeded);
        new SamplerJoin(memory).Create(Plan);
        unsafe
        {
            using var all = new HotMemory(memory);
            using var half = new HotMemory(all.Take(0), SamplerJoin.BytesNeeded);

            Assert.Contains("bytes", new SamplerJoin(half).Mismatch(Plan), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sampler_that_begins_again_tells_its_gap_and_no_longer_counts_as_ended()
    {
        using var memory = new HotMemory(SamplerJoin.BytesNeeded);
        var join = new SamplerJoin(memory);
        join.SamplerBegins(11, 0, 5_000);
        Assert.Equal((11, 1, (0L, 0L)), (join.SamplerProcess, join.Starts, join.LastGap));

        join.SamplerEnds();
        Assert.True(join.HasEnded);
        join.SamplerBegins(12, 7_000, 9_000);

        Assert.Equal((12, 2, (7_000L, 9_000L)), (join.SamplerProcess, join.Starts, join.LastGap));
        Assert.False(join.HasEnded);
    }
}
