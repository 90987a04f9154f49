using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>When each tick of a cell was by the wall: what is stored bears the wall's time, and a scenario speaks of the cell's.</summary>
internal sealed class CellTimes : ISimulatedDevice
{
    /// <summary>10 ms of the cell, the scan of its PLC: half of the fastest poll.</summary>
    private const int Every = 5;

    /// <summary>The last 200 ms are left out: a link that falls silent at the end puts its last value, and no later one, in doubt.</summary>
    private const int LeftOut = 20;

    private readonly List<(long UtcNanos, long Tick)> _marks = [];

    public string Id => "times";

    public void Tick(in SimulatedTime now)
    {
        if (now.Tick == 1 || now.IsEvery(Every))
        {
            _marks.Add(((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100, now.Tick));
        }
    }

    /// <summary>From this tick on it is the cell's end. Asked, like the other, when the cell is over.</summary>
    public long EndTick => _marks.Count > LeftOut ? _marks[^(LeftOut + 1)].Tick : 0;

    /// <summary>The tick that had passed at a time of the wall: 0 before the first one, the last one after it.</summary>
    public long TickAt(long utcNanos)
    {
        var found = _marks.BinarySearch((utcNanos, long.MaxValue));
        var next = found >= 0 ? found : ~found;
        return next == 0 ? 0 : _marks[next - 1].Tick;
    }
}
