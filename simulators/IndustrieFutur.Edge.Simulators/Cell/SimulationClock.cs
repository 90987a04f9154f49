using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// The one clock of a cell: lets its devices live tick by tick, at the wall's pace times a speed on a thread of its own, or as fast as
/// a test steps. No tick is ever skipped: when the machine is held up the cell runs late and catches up; beyond seconds it slips, and says by how much.
/// </summary>
public sealed class SimulationClock : IDisposable
{
    private readonly List<ISimulatedDevice> _devices = [];
    private readonly double _speed;
    private readonly CancellationTokenSource _over = new();
    private Thread? _thread;
    private long _lastTick = long.MaxValue;
    private long _tick;
    private long _slippedTicks;
    private volatile bool _stopping;

    /// <param name="speed">Times the wall's pace, 0.1 to 20.</param>
    public SimulationClock(double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, 20);
        _speed = speed;
    }

    public SimulatedTime Now => new(Volatile.Read(ref _tick));

    /// <summary>Ticks that the cell is behind the wall for good, because the machine did not let it run.</summary>
    public long SlippedTicks => Volatile.Read(ref _slippedTicks);

    /// <summary>The same as time of the cell.</summary>
    public TimeSpan Slipped => TimeSpan.FromTicks(new SimulatedTime(SlippedTicks).Nanos / TimeSpan.NanosecondsPerTick);

    /// <summary>Before the start only: the order is part of what a seed means.</summary>
    public void Add(ISimulatedDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (_thread is not null)
        {
            throw new InvalidOperationException($"The clock runs; {device.Id} comes too late.");
        }

        _devices.Add(device);
    }

    /// <summary>Lets the ticks pass at once, without a thread: for tests.</summary>
    public void Step(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            var now = new SimulatedTime(_tick + 1);
            Volatile.Write(ref _tick, now.Tick);
            foreach (var device in _devices)
            {
                device.Tick(now);
            }
        }
    }

    /// <summary>Fires when the last tick has passed.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Runs at the wall's pace from now on, until disposed or until a tick has passed.</summary>
    /// <param name="lastTick">The last one: time stands still then.</param>
    public void Start(long lastTick = long.MaxValue)
    {
        _lastTick = lastTick;
        _thread = new Thread(Run) { Name = "simulated cell", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        _thread?.Join();
        _over.Dispose();
    }

    private void Run()
    {
        var pace = new TickPace(_speed, MonoClock.NowNanos());
        while (!_stopping && _tick < _lastTick)
        {
            var ticks = pace.Take(MonoClock.NowNanos());
            Volatile.Write(ref _slippedTicks, pace.Slipped);
            Step((int)Math.Min(ticks, _lastTick - _tick));
            Pacer.SleepUntil(pace.NextNanos);
        }

        if (_tick >= _lastTick)
        {
            _over.Cancel();
        }
    }
}
