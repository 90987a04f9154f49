using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>Every sample is accounted for, whatever comes: produced = filtered + refused + in rings + spooled, per signal.</summary>
public sealed class LedgerTests
{
    private static readonly uint[] Statuses = [StatusCode.Good, StatusCode.Uncertain, StatusCode.BadNoCommunication];

    [Fact]
    public void The_sums_balance_after_any_sequence_of_samples()
    {
        // One number per step: it is cut into what happens, to which signal, with which value and time. A failure prints the seed.
        var steps = Gen.Choose(0, int.MaxValue).ListOf();

        Prop.ForAll(Arb.From(steps), Balances).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(400));
    }

    [Fact]
    public void Counters_carry_on_after_a_restart()
    {
        using var memory = new HotMemory(LedgerCounters.BytesNeeded(1));
        var ledger = new LedgerCounters(memory, 1);
        var before = new LedgerEntry { Produced = 10, FilteredRange = 1, RefusedAtInput = 2, Spooled = 7, Stored = 5, DroppedByStore = 1 };

        ledger.Restore(0, before);
        ledger.Produced(0);
        ledger.Dropped(0, DropCause.NotStorable);

        Assert.Equal(before with { Produced = 11, DroppedByStore = 2 }, ledger.Read(0));
        Assert.Equal((1, 0), (ledger.Read(0).InRings, ledger.Read(0).Pending));
    }

    [Fact]
    public void What_lay_in_rings_that_are_gone_is_dropped_and_the_sums_hold()
    {
        using var memory = new HotMemory(LedgerCounters.BytesNeeded(1));
        var ledger = new LedgerCounters(memory, 1);
        ledger.Restore(0, new LedgerEntry { Produced = 10, Spooled = 7, Stored = 7 });

        ledger.LoseRings(0);

        Assert.Equal((0, 0, 3), (ledger.Read(0).InRings, ledger.Read(0).Pending, ledger.Read(0).Dropped));
    }

    [Theory]
    [InlineData(DropCause.SpoolFull)]
    [InlineData(DropCause.StoreRefused)]
    [InlineData(DropCause.NotStorable)]
    [InlineData(DropCause.PlanChanged)]
    [InlineData(DropCause.NotOffered)]
    public void Each_cause_of_a_drop_is_counted_once(DropCause cause)
    {
        using var memory = new HotMemory(LedgerCounters.BytesNeeded(1));
        var ledger = new LedgerCounters(memory, 1);

        ledger.Spooled(0, 0);
        ledger.Dropped(0, cause);

        Assert.Equal((1, 0), (ledger.Read(0).Dropped, ledger.Read(0).Pending));
    }

    private static bool Balances(IList<int> steps)
    {
        // Small rings, so that both of them refuse; each signal meets other stages.
        using var cell = new HotCell(
            [
                HotCell.Signal(0),
                HotCell.Signal(1) with { Low = 2, High = 6, RangeDrops = true, Deadband = 1 },
                HotCell.Signal(2) with { StaleNanos = 5_000_000, Deadband = 0, HeartbeatNanos = 3_000_000 },
                HotCell.Text(3) with { StaleNanos = 5_000_000 },
            ],
            input: 8,
            output: 4,
            samplesPerTickMax: 5);
        var lastTime = new long[4];
        foreach (var step in steps)
        {
            Do(cell, step, lastTime);
            if (!IsBalanced(cell))
            {
                return false;
            }
        }

        while (cell.Tick() > 0 || cell.Output.Waiting > 0)
        {
            Spool(cell, 3, lastTime);
        }

        return IsBalanced(cell) && cell.Total().InRings == 0;
    }

    private static void Do(HotCell cell, int step, long[] lastTime)
    {
        var (what, signal, value) = (step % 8, step / 8 % 4, step / 32 % 8);
        switch (what)
        {
            case 6:
                cell.Tick(TimeSpan.FromMilliseconds(value * 20));
                return;
            case 7:
                Spool(cell, value, lastTime);
                return;
            default:
                var status = Statuses[step / 256 % 3];
                if (signal == 3)
                {
                    cell.WriteText(signal, $"text {value}", status);
                    return;
                }

                // From the same instant to four seconds ago, and now and then without any clock.
                var source = step / 768 % 16 == 0 ? value : cell.UtcNow - (step / 768 % 5 * 1_000_000_000L);
                cell.Write(signal, value, status, source);
                return;
        }
    }

    private static void Spool(HotCell cell, int max, long[] lastTime)
    {
        foreach (var (sample, _) in cell.Drain(max))
        {
            Assert.True(
                sample.SourceUtcNanos > lastTime[sample.Signal],
                $"signal {sample.Signal}: {sample.SourceUtcNanos} does not follow {lastTime[sample.Signal]}");
            lastTime[sample.Signal] = sample.SourceUtcNanos;
        }
    }

    private static bool IsBalanced(HotCell cell)
    {
        var total = cell.Total();
        var perSignal = Enumerable.Range(0, cell.Signals.Length).Select(cell.Ledger.Read);
        return total.InRings == cell.Input.Waiting + cell.Output.Waiting
            && total.Refused == cell.Input.Refused + cell.Output.Refused
            && perSignal.All(entry => entry.InRings >= 0 && entry.Pending >= 0);
    }
}
