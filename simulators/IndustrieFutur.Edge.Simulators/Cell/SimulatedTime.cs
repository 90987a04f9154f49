using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>A moment of the simulated cell, counted in ticks of 2 ms since its start: the pace of the fastest device in it, a cobot's controller.</summary>
/// <param name="Tick">Ticks since the start; the first is 1.</param>
public readonly record struct SimulatedTime(long Tick)
{
    public const int TicksPerSecond = 500;

    public const long NanosPerTick = 1_000_000_000 / TicksPerSecond;

    public long Nanos => Tick * NanosPerTick;

    public double Seconds => Tick / (double)TicksPerSecond;

    /// <summary>True once in so many ticks: how a slower device takes part.</summary>
    public bool IsEvery(int ticks) => Tick % ticks == 0;

    /// <summary>Seconds with three decimals, of a width that sorts.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tick / TicksPerSecond:00000}.{Tick % TicksPerSecond * 1000 / TicksPerSecond:000}");
}
