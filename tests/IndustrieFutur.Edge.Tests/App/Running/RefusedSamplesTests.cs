using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>What a full ring refused is told once it is found, not each time somebody looks, and not for ever.</summary>
public sealed class RefusedSamplesTests : IDisposable
{
    private readonly HotMemory _memory = new(LedgerCounters.BytesNeeded(2));
    private readonly FakeTimeProvider _clock = new();
    private readonly LedgerCounters _ledger;
    private readonly RefusedSamples _refused;

    public RefusedSamplesTests()
    {
        _ledger = new LedgerCounters(_memory, 2);
        _refused = new RefusedSamples(_ledger, () => 3, _clock);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_was_refused_before_is_no_news_and_what_came_since_is()
    {
        Refuse(3);
        Assert.Null(_refused.Look());

        Refuse(4);
        Assert.StartsWith("4 samples were refused", _refused.Look(), StringComparison.Ordinal);
        Assert.Contains("ledger show", _refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_that_goes_on_overflowing_is_told_once_a_minute_and_is_no_problem_ten_minutes_after()
    {
        Refuse(4);
        Assert.NotNull(_refused.Look());
        Refuse(5);
        Assert.Null(_refused.Look());

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("5 samples were refused", _refused.Look(), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(_refused.Look());
        Assert.Empty(_refused.Problem);
    }

    private void Refuse(int samples)
    {
        for (var i = 0; i < samples; i++)
        {
            _ledger.RefusedAtOutput(1);
        }
    }
}
