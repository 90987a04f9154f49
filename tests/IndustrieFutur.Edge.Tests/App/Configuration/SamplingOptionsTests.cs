using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>What is written under "sampling" becomes the pace of the thread.</summary>
public sealed class SamplingOptionsTests
{
    [Fact]
    public void Without_a_word_the_loop_asks_for_priority_and_leaves_memory_and_sleep_alone()
    {
        var pace = new SamplingOptions().ToPace(isIsolated: false);

        Assert.Equal(80, pace.RealTime.Priority);
        Assert.Null(pace.RealTime.Cpu);
        Assert.False(pace.RealTime.LockMemory);
        Assert.False(pace.RealTime.HoldCpuAwake);
        Assert.Equal(0, pace.Guard.Nanos);
    }

    [Fact]
    public void An_isolated_sampler_locks_its_memory_and_a_short_tick_keeps_the_cpu_awake()
    {
        var pace = new SamplingOptions { Tick = TimeSpan.FromMilliseconds(1) }.ToPace(isIsolated: true);

        Assert.True(pace.RealTime.LockMemory);
        Assert.True(pace.RealTime.HoldCpuAwake);
    }

    [Fact]
    public void What_is_written_holds()
    {
        var pace = new SamplingOptions { Spin = "60us", Cpu = 3, Priority = 50, LockMemory = true }.ToPace(isIsolated: false);
        var off = new SamplingOptions { RealTime = RealTimeMode.Off, Spin = "auto", Cpu = 3 }.ToPace(isIsolated: true);

        Assert.Equal(60_000, pace.Guard.Nanos);
        Assert.Equal(new RealTimeSettings { Priority = 50, Cpu = 3, LockMemory = true, HoldCpuAwake = true }, pace.RealTime);
        Assert.Equal(RealTimeSettings.Off, off.RealTime);
        Assert.Equal(SpinGuard.Auto, off.Guard);
    }

    [Theory]
    [InlineData("200us", 0)]
    [InlineData("201us", 1)]
    [InlineData("auto", 0)]
    public void A_spin_beyond_200_microseconds_is_a_mistake(string spin, int count)
    {
        var mistakes = new Mistakes();

        new SamplingOptions { Spin = spin }.Check(mistakes);

        Assert.Equal(count, mistakes.All.Count);
    }
}
