using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>Every stage at once, for long: nothing allocated, and every sample's way known at the end.</summary>
public sealed class StagesAllocationTests
{
    private const int Ticks = 300_000;

    [Fact]
    public void All_stages_together_allocate_nothing_and_balance()
    {
        using var cell = new DerivedCell();
        var mean = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = WindowOf.Mean, OverNanos = 50_000_000, Written = "" });
        var tenth = cell.Add(
            new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = WindowOf.Last, Every = 10, Written = "" },
            signal => signal with { DoorDeviation = 0.5, DoorLongestNanos = 1_000_000_000, StaleNanos = 1_000_000_000 });
        var reset = cell.Program("d/n > 500");
        var counter = cell.Add(new DerivedPlan { Kind = DerivedKind.Counter, Input = DerivedCell.B, Reset = reset, Written = "" }, signal => signal with { Deadband = 0 });
        var cycle = cell.Add(new DerivedPlan { Kind = DerivedKind.Cycle, Input = DerivedCell.X, Threshold = 10, Hysteresis = 1, Written = "" });
        var expression = cell.Expression(
            $"if(good(d/x) and age(d/x) < 9, min(abs(prev(d/x)), sqrt(d/n), 5) % 3 + round(cell/s{mean}), floor(d/y) / ceil(d/x))",
            signal => signal with { RateLimit = 1e4, Low = -100, High = 100, Deadband = 0.5, HeartbeatNanos = 1_000_000_000 });
        var alarm = cell.Alarm($"hysteresis(d/x, 5, 15) and bit(d/n, 3) or cell/s{counter} > 7", onMillis: 20, offMillis: 5);
        var interlock = cell.Interlock($"d/b and not cell/s{alarm} and cell/s{tenth} >= 0");
        cell.Reactions.Add(new ReactionPlan { Index = 0, Id = "r", Signal = DerivedCell.B, Command = 0, PerHourMax = 1 });
        cell.Reactions.Add(new ReactionPlan { Index = 1, Id = "s", Signal = alarm, Command = 0, PerHourMax = 1 });
        var done = 0;

        var allocated = AllocationGuard.BytesOf(() =>
        {
            Run(cell, done, Ticks);
            done += Ticks;
        });

        Assert.Equal(0, allocated);
        cell.Hot.Loop.Flush();
        _ = cell.Of(mean);
        Assert.All([mean, tenth, counter, cycle, expression, alarm, interlock], signal => Assert.True(cell.Hot.Ledger.Read(signal).Produced > 100, $"{signal}"));
        Assert.Equal(0, cell.Hot.Total().Refused);
        Assert.True(HistogramSnapshot.Of(cell.Hot.Reactions.ArrivalToInbox).Count > 100);
        Assert.True(cell.Hot.Total().IsBalanced && cell.Hot.Total().InRings == 0);
    }

    private static void Run(DerivedCell cell, int from, int ticks)
    {
        for (var i = from; i < from + ticks; i++)
        {
            var status = i % 997 < 5 ? StatusCode.BadNoCommunication : StatusCode.Good;
            cell.Write(DerivedCell.X, 10 + (10 * Math.Sin(i / 50.0)), status);
            if (i % 3 == 0)
            {
                cell.Write(DerivedCell.Y, i);
                cell.Write(DerivedCell.N, i % 1_000);
                cell.Write(DerivedCell.B, i / 30 % 2);
            }

            cell.Tick();
            var ready = cell.Hot.Output.Peek(256);
            for (var at = 0; at < ready.Length; at++)
            {
                cell.Hot.Ledger.Spooled(ready[at].Signal, 0);
            }

            cell.Hot.Output.Advance(ready.Length);
            while (i % 2 == 0 && cell.Hot.Reactions.TryTake(out var taken))
            {
                cell.Hot.Reactions.ArrivalToInbox.Record(cell.Hot.MonoNow - taken.ArrivalMonoNanos);
            }
        }
    }
}
