using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The gauges of a loop show exactly the delays that a test puts in.</summary>
public sealed class LoopGaugesTests : IDisposable
{
    private readonly HotMemory _memory = new(LoopGauges.BytesNeeded + SampleRing.BytesNeeded(64, 0, 0));
    private readonly LoopGauges _gauges;

    public LoopGaugesTests() => _gauges = new LoopGauges(_memory);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_late_tick_shows_as_wake_up_latency_and_its_work_as_duration()
    {
        _gauges.Ticked(1_000, 1_040, 1_050, 0);
        _gauges.Ticked(2_000, 7_000, 7_020, 5);

        var reading = LoopReading.Of(_gauges, 9_000);

        Assert.Equal((2, 5), (reading.Ticks, reading.Missed));
        Assert.Equal(40, reading.WakeUp.PercentileNanos(0.5));
        Assert.Equal(5_000, reading.WakeUp.LongestNanos);
        Assert.Equal(20, reading.TickDuration.LongestNanos);
    }

    [Fact]
    public void The_time_to_the_spool_is_that_of_every_tick_that_put_samples_out()
    {
        _gauges.Emitted(3, 1_000);
        _gauges.Emitted(3, 2_000);
        _gauges.Emitted(5, 3_000);
        _gauges.Emitted(9, 4_000);

        _gauges.Spooled(5, 4_050);
        var first = LoopReading.Of(_gauges, 5_000);
        _gauges.Spooled(9, 4_060);
        var all = LoopReading.Of(_gauges, 5_000);

        Assert.Equal(2, first.TickToSpool.Count);
        Assert.Equal(3_050, first.TickToSpool.LongestNanos);
        Assert.Equal(3, all.TickToSpool.Count);
        Assert.Equal(60, all.TickToSpool.PercentileNanos(0));
    }

    [Fact]
    public void A_spool_that_hangs_loses_marks_but_never_the_oldest()
    {
        for (var tick = 1; tick <= 5_000; tick++)
        {
            _gauges.Emitted((ulong)tick, tick * 1_000L);
        }

        _gauges.Spooled(5_000, 6_000_000);
        _gauges.Emitted(5_001, 6_000_500);
        _gauges.Spooled(5_001, 6_000_700);
        var shown = LoopReading.Of(_gauges, 7_000_000).TickToSpool;

        Assert.Equal(513, shown.Count);
        Assert.Equal(6_000_000 - 1_000, shown.LongestNanos);
        Assert.InRange(shown.PercentileNanos(0), 200, 203);
    }

    [Fact]
    public void What_happened_in_between_is_the_difference_of_two_readings()
    {
        _gauges.Ticked(0, 50_000_000, 50_000_010, 49);
        _gauges.Lives(7, 0, 0);
        var yesterday = LoopReading.Of(_gauges, 100);
        _gauges.Ticked(1_000, 1_030, 1_040, 0);
        _gauges.Lives(9, 24, 60_000);

        var today = LoopReading.Of(_gauges, 60_100).Since(yesterday);

        Assert.Equal((1L, 0L, 2L, 60_000L), (today.Ticks, today.Missed, today.Collections, today.SpanNanos));
        Assert.Equal(30, today.WakeUp.LongestNanos);
        Assert.Equal(60_000, _gauges.GuardNanos);
    }

    [Fact]
    public void The_privileges_of_the_sampling_thread_are_read_from_memory()
    {
        _gauges.Obtained(new PrivilegeReport(Privilege.Scheduling, true, false, 1, 80));

        Assert.Equal(new PrivilegeReport(Privilege.Scheduling, true, false, 1, 80), _gauges.Privilege(Privilege.Scheduling));
        Assert.False(_gauges.Privilege(Privilege.MemoryLock).Asked);
    }

    [Fact]
    public void A_rings_high_water_mark_is_what_its_reader_found_at_most()
    {
        var ring = new SampleRing(_memory, 64);
        Fill(ring, 5);
        ring.NoteWaiting();
        ring.Advance(ring.Peek(64).Length);
        Fill(ring, 3);
        ring.NoteWaiting();

        Assert.Equal(5, ring.MostWaiting);
        Assert.Equal((8UL, 5UL), (ring.Written, ring.Read));
        Assert.Equal(3, ring.Peek(64).Length);
    }

    [Fact]
    public void A_whole_loop_shows_how_long_its_samples_waited()
    {
        using var memory = new HotMemory(LoopGauges.BytesNeeded);
        var gauges = new LoopGauges(memory);
        using var cell = new HotCell([HotCell.Signal(0)], gauges: gauges);
        cell.Write(0, 1);
        cell.Tick();
        cell.Tick();
        cell.Write(0, 2);
        cell.Tick(TimeSpan.FromMilliseconds(30));

        var reading = LoopReading.Of(gauges, 0);

        Assert.Equal(2, reading.ArrivalToTick.Count);
        Assert.InRange(reading.ArrivalToTick.PercentileNanos(0.5), 1_000_000, 1_016_000);
        Assert.Equal(30_000_000, reading.ArrivalToTick.LongestNanos);
    }

    [Fact]
    public void A_hundred_thousand_ticks_with_gauges_allocate_nothing()
    {
        using var memory = new HotMemory(LoopGauges.BytesNeeded);
        var gauges = new LoopGauges(memory);
        using var cell = new HotCell([HotCell.Signal(0)], gauges: gauges);
        var turns = 0;

        var allocated = AllocationGuard.BytesOf(() =>
        {
            Run(cell, gauges, 100_000);
            turns++;
        });

        Assert.Equal(0, allocated);
        Assert.Equal(turns * 100_000, LoopReading.Of(gauges, 0).TickToSpool.Count);
    }

    [Fact]
    public void A_running_thread_fills_them_and_says_what_it_was_granted()
    {
        using var memory = new HotMemory(LoopGauges.BytesNeeded);
        var gauges = new LoopGauges(memory);
        using var cell = new HotCell([HotCell.Signal(0)], gauges: gauges);
        using (var thread = new SamplingThread(cell.Loop, gauges, new SamplingPace(TimeSpan.FromMilliseconds(1), SpinGuard.Auto, new RealTimeSettings { Priority = 42 })))
        {
            thread.Start();
            Assert.True(SpinWait.SpinUntil(() => gauges.Ticks >= 20, TimeSpan.FromSeconds(20)));
            thread.Stop();
            Assert.Equal(thread.MissedTicks, gauges.Missed);
        }

        var reading = LoopReading.Of(gauges, MonoClock.NowNanos());
        Assert.Equal(1_000_000, gauges.PeriodNanos);
        Assert.Equal(reading.Ticks, reading.WakeUp.Count);
        Assert.Equal(reading.Ticks, reading.TickDuration.Count);
        Assert.InRange(gauges.GuardNanos, 20_000, 200_000);
        Assert.Equal((true, 42), (gauges.Privilege(Privilege.Scheduling).Asked, gauges.Privilege(Privilege.Scheduling).Argument));
    }

    private static void Run(HotCell cell, LoopGauges gauges, int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            cell.Write(0, i);
            cell.Tick();
            gauges.Ticked(cell.MonoNow, cell.MonoNow + 40_000, cell.MonoNow + 50_000, 0);
            cell.Output.NoteWaiting();
            cell.Output.Advance(cell.Output.Peek(64).Length);
            gauges.Spooled(cell.Output.Read, cell.MonoNow + 100_000);
        }
    }

    private static void Fill(SampleRing ring, int samples)
    {
        for (var i = 0; i < samples; i++)
        {
            Assert.True(ring.TryWrite(new Sample(0, 0, i, 0, 0)));
        }
    }
}
