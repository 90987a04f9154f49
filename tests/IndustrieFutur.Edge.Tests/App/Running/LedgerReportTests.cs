using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Tests.Northbound;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>Two words for the sums: balanced says that no sample is lost in silence, settled that none is still to be stored.</summary>
public sealed class LedgerReportTests : IDisposable
{
    private readonly HotMemory _memory = new(1 << 16);
    private readonly CellPlan _plan = TestPlan.Make();
    private readonly LedgerCounters _ledger;

    public LedgerReportTests() => _ledger = new LedgerCounters(_memory, _plan.Signals.Count);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Samples_that_are_kept_in_the_spool_balance_and_are_not_settled()
    {
        Have(new LedgerEntry { Produced = 777, FilteredDeadband = 50, RefusedAtInput = 2, Spooled = 725, Stored = 690, DroppedByStore = 10 });

        Assert.True(LedgerReport.IsBalanced(_plan, _ledger, kept: 25));
        Assert.False(LedgerReport.IsSettled(_plan, _ledger));
    }

    [Fact]
    public void What_is_stored_filtered_refused_or_dropped_balances_and_is_settled()
    {
        Have(new LedgerEntry { Produced = 10, FilteredRange = 1, RefusedAtOutput = 2, Spooled = 7, Stored = 6, DroppedSpoolFull = 1 });

        Assert.True(LedgerReport.IsBalanced(_plan, _ledger, kept: 0));
        Assert.True(LedgerReport.IsSettled(_plan, _ledger));
    }

    [Fact]
    public void A_sample_that_the_spool_has_not_though_nobody_stored_it_is_a_loss()
    {
        Have(new LedgerEntry { Produced = 10, Spooled = 10, Stored = 7 });

        Assert.False(LedgerReport.IsBalanced(_plan, _ledger, kept: 2));
        Assert.True(LedgerReport.IsBalanced(_plan, _ledger, kept: 3));
    }

    [Fact]
    public void A_sample_on_the_way_is_a_loss_only_when_nothing_moves_any_more()
    {
        Have(new LedgerEntry { Produced = 10, Spooled = 9, Stored = 9 });

        Assert.True(LedgerReport.IsBalanced(_plan, _ledger, kept: null));
        Assert.False(LedgerReport.IsBalanced(_plan, _ledger, kept: 0));
        Assert.False(LedgerReport.IsSettled(_plan, _ledger));
    }

    [Fact]
    public void One_signal_does_not_make_up_for_another()
    {
        // Together 10 = 10, but one has a sample too few and the other one too many.
        _ledger.Restore(0, new LedgerEntry { Produced = 5, Spooled = 6, Stored = 6 });
        _ledger.Restore(1, new LedgerEntry { Produced = 5, Spooled = 4, Stored = 4 });

        Assert.False(LedgerReport.IsBalanced(_plan, _ledger, kept: null));
    }

    [Fact]
    public void More_stored_than_was_spooled_does_not_balance()
    {
        Have(new LedgerEntry { Produced = 5, Spooled = 5, Stored = 5, DroppedOther = 1 });

        Assert.False(LedgerReport.IsBalanced(_plan, _ledger, kept: null));
    }

    private void Have(in LedgerEntry entry) => _ledger.Restore(0, entry);
}
