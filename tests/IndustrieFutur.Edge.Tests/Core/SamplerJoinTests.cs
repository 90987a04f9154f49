using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>Service and sampler work on one block only when both mean the same by it; else a sentence says why not.</summary>
public sealed unsafe class SamplerJoinTests : IDisposable
{
    private const ulong Plan = 0x1234;

    private readonly HotMemory _memory = new(8192);
    private readonly SamplerControl* _control;
    private readonly SamplerJoin _join;

    public SamplerJoinTests()
    {
        _control = (SamplerControl*)_memory.Take(0);
        _join = new SamplerJoin(_memory);
        _join.Create(Plan);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void The_block_of_this_plan_is_joined() => Assert.Null(_join.Mismatch(Plan));

    [Fact]
    public void The_block_of_another_plan_is_refused_and_can_still_be_read()
    {
        Assert.Equal("it is of another configuration, or of another version of ifedge", _join.Mismatch(Plan + 1));
        Assert.Null(_join.LayoutMismatch());
    }

    [Fact]
    public void A_block_that_nobody_finished_is_refused()
    {
        _control->Magic = 0;

        Assert.Equal("it is no block of a sampler, or was never finished", _join.Mismatch(Plan));
    }

    [Fact]
    public void A_block_of_another_layout_or_length_is_refused_before_anything_in_it_is_believed()
    {
        _control->Version++;
        Assert.StartsWith("it is of layout ", _join.LayoutMismatch(), StringComparison.Ordinal);

        _control->Version--;
        _control->Length++;
        Assert.Contains(" bytes and says ", _join.LayoutMismatch(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_after_a_crash_tells_the_gap_and_one_after_a_stop_does_not()
    {
        _join.SamplerBegins(17, 0, 1_000);
        Assert.Equal((17, 1L, (0L, 0L)), (_join.SamplerProcess, _join.Starts, _join.LastGap));

        _join.SamplerBegins(18, 5_000, 9_000);

        Assert.Equal((18, 2L, (5_000L, 9_000L)), (_join.SamplerProcess, _join.Starts, _join.LastGap));
    }
}
