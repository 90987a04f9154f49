using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The loop: bounded work per tick, nothing allocated, nothing lost without a count.</summary>
public sealed class SamplingLoopTests
{
    private const int Ticks = 1_000_000;

    [Fact]
    public void One_talkative_device_does_not_starve_the_others()
    {
        using var memory = new HotMemory(1 << 16);
        var rings = new[] { new SampleRing(memory, 16), new SampleRing(memory, 16) };
        var output = new SampleRing(memory, 64);
        var ledger = new LedgerCounters(memory, 2);
        var utc = new UtcOffset(TimeProvider.System);
        SignalPlan[] signals = [HotCell.Signal(0), HotCell.Signal(1)];
        var loop = new SamplingLoop(
            signals, rings, output, new LatestValues(memory, 2), ledger, new StageStates(memory, signals), utc, samplesPerTickMax: 4);
        var writers = rings.Select(ring => new SampleWriter(ring, ledger, utc)).ToArray();
        for (var i = 0; i < 10; i++)
        {
            writers[0].Write(0, StatusCode.Good, i, MonoClock.NowNanos() + i);
        }

        writers[1].Write(1, StatusCode.Good, 0, MonoClock.NowNanos());

        Assert.Equal([5, 4, 2, 0], Enumerable.Range(0, 4).Select(_ => loop.Tick(MonoClock.NowNanos())));
        Assert.Equal(11, output.Waiting);
        Assert.Equal((4, 11), (loop.Ticks, loop.Moved));
    }

    [Fact]
    public void What_a_full_output_refuses_is_booked()
    {
        using var cell = new HotCell([HotCell.Signal(0)], output: 2);
        for (var i = 0; i < 5; i++)
        {
            cell.Write(0, i, StatusCode.Good, cell.UtcNow + i);
        }

        cell.Tick();

        Assert.Equal([0.0, 1.0], cell.DrainValues());
        var entry = cell.Ledger.Read(0);
        Assert.Equal((5, 3, 2, 0), (entry.Produced, entry.RefusedAtOutput, entry.Spooled, entry.InRings));
        Assert.True(cell.Latest.Read(0, out var latest));
        Assert.Equal(4.0, latest.AsDouble);
    }

    [Fact]
    public void A_million_ticks_allocate_nothing()
    {
        using var cell = new HotCell(
        [
            HotCell.Signal(0) with { Scale = 2, Low = 0, High = 1e9, Deadband = 0.5, HeartbeatNanos = 1_000_000_000, StaleNanos = 1_000_000_000 },
            HotCell.Text(1) with { StaleNanos = 1_000_000_000 },
        ]);
        var turns = 0;

        var allocated = AllocationGuard.BytesOf(() =>
        {
            Run(cell, Ticks);
            turns++;
        });

        Assert.Equal(0, allocated);
        Assert.Equal(2L * turns * Ticks, cell.Total().Produced - cell.Total().RefusedAtInput);
    }

    [Fact]
    public void The_thread_empties_the_inputs_before_it_ends()
    {
        using var cell = new HotCell([HotCell.Signal(0)], input: 64, samplesPerTickMax: 1);
        for (var i = 0; i < 40; i++)
        {
            cell.Write(0, i, StatusCode.Good, cell.UtcNow + i);
        }

        using var memory = new HotMemory(LoopGauges.BytesNeeded);
        using (var thread = new SamplingThread(cell.Loop, new LoopGauges(memory), SamplingPace.Plain(TimeSpan.FromMilliseconds(1))))
        {
            thread.Start();
            Assert.True(SpinWait.SpinUntil(() => thread.Ticks > 0, TimeSpan.FromSeconds(10)));
        }

        Assert.Equal(0, cell.Input.Waiting);
        Assert.Equal(40, cell.DrainValues().Length);
    }

    private static void Run(HotCell cell, int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            cell.Writer.Write(0, StatusCode.Good, i, cell.MonoNow);
            cell.Writer.WriteText(1, StatusCode.Good, (i & 1) == 0 ? "even"u8 : "odd"u8, cell.MonoNow);
            cell.Tick();
            var ready = cell.Output.Peek(64);
            for (var at = 0; at < ready.Length; at++)
            {
                if (ready[at].Signal == 1)
                {
                    _ = cell.Output.Text(ready[at]);
                }
            }

            cell.Output.Advance(ready.Length);
        }
    }
}
