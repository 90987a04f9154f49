using IndustrieFutur.Edge.App.Ledger;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Audit;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Tests.Northbound;

namespace IndustrieFutur.Edge.Tests.App.Ledger;

/// <summary>A ledger of one moment beside what a store says it has: what agrees, and what each disagreement is called.</summary>
public sealed class StoreComparisonTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Now = 1_000_000 * Second;

    private readonly SpoolFolder _folder = new();

    public StoreComparisonTests()
    {
        Append(10);
        Stream.ApplyStored("h1", new("plc", StreamSpool.Hex(Stream.Epoch), 6, [], []));
        _folder.Spool.Store();
    }

    private StreamSpool Stream => _folder.Spool.Streams[0];

    private string Epoch => StreamSpool.Hex(Stream.Epoch);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Samples_are_counted_up_to_the_oldest_pending_one() =>
        Assert.Equal(7 * Second, StoreComparison.Cuts(Inspect()).Single(cut => cut.Signal == "number").BeforeUtcNanos);

    [Fact]
    public void A_store_that_has_what_it_confirmed_agrees() => Assert.Empty(Check(Holdings(6)));

    [Theory]
    [InlineData(5, "Lost", 1)]
    [InlineData(0, "Lost", 6)]
    [InlineData(7, "Doubled", 1)]
    public void A_store_with_fewer_or_more_is_named_with_the_count(long has, string kind, long count)
    {
        var finding = Assert.Single(Check(Holdings(has)));

        Assert.Equal((kind, "plc", "number", count, "h1"), (finding.Kind.ToString(), finding.Device, finding.Signal, finding.Count, finding.Historian));
    }

    [Fact]
    public void A_signal_that_the_store_does_not_know_is_lost_whole() =>
        Assert.Equal((FindingKind.Lost, 6), Check(Holdings(6) with { Signals = [] }).Select(finding => (finding.Kind, finding.Count)).Single());

    [Fact]
    public void Where_nobody_knows_whose_samples_arrived_one_signal_may_have_what_another_lacks_and_no_more()
    {
        var mixed = Holdings(4) with { Signals = [new SignalHoldings("plc", "number", 4, 4, 0), new SignalHoldings("plc", "text", 2, 2, 0)] };
        Assert.Equal([(FindingKind.Lost, 2L), (FindingKind.Doubled, 2L)], Check(mixed).Select(finding => (finding.Kind, finding.Count)));

        ShareOut(2);
        Assert.Empty(Check(mixed));
        Assert.Equal([(FindingKind.Lost, 2L)], Check(Holdings(4)).Select(finding => (finding.Kind, finding.Count)));
    }

    [Fact]
    public void What_an_embedded_store_deleted_for_its_age_counts_as_had() =>
        Assert.Empty(Check(Holdings(6) with { Signals = [new SignalHoldings("plc", "number", 2, 2, 4)] }));

    [Fact]
    public void Fewer_in_a_store_that_has_reached_the_end_of_what_it_keeps_is_told_and_no_fault()
    {
        var aged = Holdings(5) with { KeepsFor = TimeSpan.FromHours(1), OldestUtcNanos = Now - (3_590 * Second) };
        var young = Holdings(5) with { KeepsFor = TimeSpan.FromHours(1), OldestUtcNanos = Now - (60 * Second) };

        Assert.Equal((FindingKind.Note, FindingKind.Lost), (Check(aged).Single().Kind, Check(young).Single().Kind));
    }

    [Fact]
    public void More_in_a_store_that_knows_an_earlier_numbering_is_told_and_no_fault() =>
        Assert.Equal(FindingKind.Note, Check(Holdings(9) with { Streams = [new StreamHoldings("plc", "00000000000000aa", 3)] }).Single().Kind);

    [Fact]
    public void A_record_behind_what_was_confirmed_is_a_store_set_back() =>
        Assert.Equal((FindingKind.SetBack, 2), Check(Holdings(6) with { Streams = [new StreamHoldings("plc", Epoch, 4)] }).Select(finding => (finding.Kind, finding.Count)).Single());

    [Fact]
    public void A_gap_row_of_what_was_never_dropped_is_named_and_one_of_an_earlier_numbering_is_not()
    {
        var told = Holdings(6) with { Gaps = [new StoredGap("g/e", "plc", Epoch, 2, 4, (byte)DropCause.SpoolFull, 0)] };
        var before = Holdings(6) with { Gaps = [new StoredGap("g/e", "plc", Epoch, 1, 4, (byte)DropCause.NotOffered, 0)] };

        Assert.Equal((FindingKind.Gaps, 3), Check(told).Select(finding => (finding.Kind, finding.Count)).Single());
        Assert.Empty(Check(before));
    }

    [Fact]
    public void A_dropped_run_that_no_gap_row_tells_of_is_named()
    {
        _folder.Ledger.Spooled(TestPlan.Number, 0);
        _folder.Ledger.Produced(TestPlan.Number);
        _folder.Ledger.Dropped(TestPlan.Number, DropCause.SpoolFull);
        _folder.Spool.Store();

        Assert.Equal((FindingKind.Gaps, 1), Check(Holdings(6)).Select(finding => (finding.Kind, finding.Count)).Single());
        Assert.Empty(Check(Holdings(6) with { Gaps = [new StoredGap("g/e", "plc", Epoch, 2, 2, (byte)DropCause.SpoolFull, 0)] }));
    }

    [Fact]
    public void Beside_another_historian_a_store_may_have_what_was_dropped_for_that_one()
    {
        _folder.Ledger.Spooled(TestPlan.Number, 0);
        _folder.Ledger.Produced(TestPlan.Number);
        _folder.Ledger.Dropped(TestPlan.Number, DropCause.StoreRefused);
        _folder.Spool.Store();

        Assert.Empty(Check(Holdings(7), isAlone: false));
        Assert.Equal(FindingKind.Doubled, Check(Holdings(7)).Single().Kind);
        Assert.Equal(FindingKind.Doubled, Check(Holdings(8), isAlone: false).Single().Kind);
    }

    /// <summary>As a commit has it after a kill under samples that made room unheard: the last word of the numbering's note.</summary>
    private void ShareOut(ulong samples)
    {
        using var log = new SegmentLog(Path.Combine(_folder.Data, "spool"), new LogTerms(), new LogDisk(), TimeProvider.System);
        log.Open();
        var note = log.Notes.Find(SpoolRecovery.HeadKey("plc"))!.Value.ToArray();
        Assert.True(BitConverter.TryWriteBytes(note.AsSpan(note.Length - sizeof(ulong)), samples));
        log.SetNote(SpoolRecovery.HeadKey("plc"), note);
        log.Commit();
    }

    private static StoreHoldings Holdings(long has) => new([new SignalHoldings("plc", "number", has, has, 0)], [], [], TimeSpan.Zero, Second);

    private LedgerInspection Inspect() => LedgerInspection.Read(Path.Combine(_folder.Data, "spool"));

    private IReadOnlyList<LedgerFinding> Check(StoreHoldings holdings, bool isAlone = true) =>
        new StoreComparison(Inspect(), "h1", isAlone, _ => 0, Now).Check(holdings, _ => true).Findings;

    private void Append(int count)
    {
        Stream.Enter();
        for (var i = 0; i < count; i++)
        {
            var number = (long)Stream.Next;
            _folder.Ledger.Produced(TestPlan.Number);
            Stream.Append(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(number + 0.5), number * Second, 0), default);
        }

        Stream.Exit();
        _folder.Spool.Store();
    }
}
