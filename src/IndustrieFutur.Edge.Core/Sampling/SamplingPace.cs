using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>The pace of a sampling loop: its tick, how it waits, and which privileges it asks for.</summary>
/// <param name="Tick">From one tick to the next, a millisecond or more.</param>
/// <param name="Guard">How much of each wait is spun.</param>
/// <param name="RealTime">What it asks of the kernel.</param>
public sealed record SamplingPace(TimeSpan Tick, SpinGuard Guard, RealTimeSettings RealTime)
{
    /// <summary>Sleeps, with normal scheduling.</summary>
    public static SamplingPace Plain(TimeSpan tick) => new(tick, SpinGuard.Off, RealTimeSettings.Off);
}
