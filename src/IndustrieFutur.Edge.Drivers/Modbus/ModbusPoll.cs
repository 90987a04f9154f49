using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>
/// A group of a device in motion: its requests, which of them is next, when its next round is due, and when the addresses that the
/// device refused are tried again.
/// </summary>
internal sealed class ModbusPoll
{
    /// <summary>A PLC that boots refuses addresses for seconds to a minute: its values are back soon after it is up.</summary>
    private const long TrialPauseFirstNanos = 10_000_000_000;

    /// <summary>An address that stays wrong costs a request in five minutes; a program loaded later shows within so long.</summary>
    private const long TrialPauseMaxNanos = 300_000_000_000;

    /// <summary>Between two trials: a hundred wrong addresses, at 20 ms for a refusal at 9600 baud, take a fifth of an idle line.</summary>
    private const long TrialGapNanos = 100_000_000;

    private readonly ModbusBlock[] _planned;
    private readonly ModbusBlock[] _blocks;
    private readonly long _intervalNanos;
    private int _count;
    private int _next;
    private bool _isRunning;
    private long _startedMonoNanos;
    private int _trial;
    private long _trialPauseNanos;
    private bool _isOutdated;

    public ModbusPoll(ModbusUnit unit, TimeSpan interval, ModbusItem[] items, ModbusReadLimits limits)
    {
        Unit = unit;
        Items = items;
        Statuses = new uint[items.Length];
        _intervalNanos = Math.Max(1, interval.Ticks) * TimeSpan.NanosecondsPerTick;
        _planned = ModbusPlanner.Plan(items, limits);

        // A block is split down to single items at worst: there are never more blocks than items.
        _blocks = new ModbusBlock[items.Length];
        StartOver(0);
        SetStatuses(0, items.Length, StatusCode.Good);
    }

    public ModbusUnit Unit { get; }

    public ModbusItem[] Items { get; }

    /// <summary>What was last written to each item's signal in place of a value; Good while values come.</summary>
    public uint[] Statuses { get; }

    /// <summary>When the round that runs, or the next one, was due; never when nothing is left to ask for.</summary>
    public long DueMonoNanos { get; private set; }

    /// <summary>Among those that are due the earliest goes first; one that met silence goes behind those that waited meanwhile.</summary>
    public long TurnMonoNanos { get; private set; }

    /// <summary>When a block that the device refused is tried again; never when it refused none.</summary>
    public long TrialMonoNanos { get; private set; }

    public ref ModbusBlock Current => ref _blocks[_next];

    /// <summary>The refused block whose turn it is.</summary>
    public ref ModbusBlock Trial => ref _blocks[_trial];

    /// <summary>Goes back to the requests as planned, due from now on: another connection, or a restart, may bring another program.</summary>
    public void StartOver(long monoNow)
    {
        Forget();
        _trialPauseNanos = 0;
        Restart(monoNow);
    }

    public void SetStatuses(int firstItem, int itemCount, uint status) => Statuses.AsSpan(firstItem, itemCount).Fill(status);

    /// <summary>A request of the round goes out now; the first one starts the round.</summary>
    public void Begin(long monoNow)
    {
        if (_isRunning)
        {
            return;
        }

        if (_isOutdated)
        {
            Forget();
        }

        _startedMonoNanos = monoNow;
        _isRunning = true;
    }

    public void GiveWay(long monoNow) => TurnMonoNanos = monoNow;

    /// <summary>
    /// The current request is done. After the last one the next round is due an interval later. Rounds whose time has passed by
    /// then, or that would start less than half an interval behind a late one, are skipped, not caught up; their number is returned.
    /// </summary>
    public long Advance(long monoNow)
    {
        _next++;
        SkipIllegal();
        var skipped = 0L;
        if (_next == _count)
        {
            DueMonoNanos += _intervalNanos;
            skipped = Math.Max(0, monoNow - DueMonoNanos) / _intervalNanos;
            DueMonoNanos += skipped * _intervalNanos;
            while (DueMonoNanos < _startedMonoNanos + (_intervalNanos / 2))
            {
                DueMonoNanos += _intervalNanos;
                skipped++;
            }

            _isRunning = false;
            _next = 0;
            SkipIllegal();
            _trialPauseNanos = TrialMonoNanos == long.MaxValue ? 0 : _trialPauseNanos;
        }

        TurnMonoNanos = DueMonoNanos;
        RestForEverIfNothingIsLeft();
        return skipped;
    }

    /// <summary>Cuts the current block in two; its first half is the current one then.</summary>
    public void SplitCurrent()
    {
        var whole = Current;
        var half = whole.ItemCount / 2;
        Array.Copy(_blocks, _next + 1, _blocks, _next + 2, _count - _next - 1);
        _blocks[_next] = ModbusBlock.Over(Items, whole.FirstItem, half);
        _blocks[_next + 1] = ModbusBlock.Over(Items, whole.FirstItem + half, whole.ItemCount - half);
        _count++;
        _trial += _trial > _next ? 1 : 0;
    }

    /// <summary>The device does not know the current block: no longer part of the rounds, tried again after a pause.</summary>
    public void RefuseCurrent(long monoNow)
    {
        Current.IsIllegal = true;
        if (TrialMonoNanos == long.MaxValue)
        {
            _trial = _next;
            RestBeforeTrials(monoNow, Math.Max(_trialPauseNanos, TrialPauseFirstNanos));
        }
    }

    /// <summary>The trial is over and changed nothing: the next refused block follows, after the last one a longer pause.</summary>
    public void EndTrial(long monoNow)
    {
        _trial++;
        if (TryFindTrial())
        {
            TrialMonoNanos = monoNow + TrialGapNanos;
            return;
        }

        _trial = 0;
        if (TryFindTrial())
        {
            RestBeforeTrials(monoNow, Math.Min(2 * _trialPauseNanos, TrialPauseMaxNanos));
            return;
        }

        TrialMonoNanos = long.MaxValue;
    }

    /// <summary>
    /// The device knows the tried block after all, so it may know others: the next round begins with the requests as planned, and at
    /// its usual time if there is one.
    /// </summary>
    public void EndTrialWithNews(long monoNow)
    {
        _isOutdated = true;
        Trial.IsIllegal = false;
        EndTrial(monoNow);
        if (DueMonoNanos == long.MaxValue)
        {
            Restart(monoNow);
        }
    }

    private void Forget()
    {
        Array.Copy(_planned, _blocks, _planned.Length);
        _count = _planned.Length;
        _next = 0;
        _isOutdated = false;
        TrialMonoNanos = long.MaxValue;
    }

    private void Restart(long monoNow)
    {
        DueMonoNanos = monoNow;
        TurnMonoNanos = monoNow;
        _next = 0;
        _isRunning = false;
        SkipIllegal();
    }

    private void RestBeforeTrials(long monoNow, long pauseNanos)
    {
        _trialPauseNanos = pauseNanos;
        TrialMonoNanos = monoNow + pauseNanos;
    }

    private bool TryFindTrial()
    {
        while (_trial < _count && !_blocks[_trial].IsIllegal)
        {
            _trial++;
        }

        return _trial < _count;
    }

    private void SkipIllegal()
    {
        while (_next < _count && _blocks[_next].IsIllegal)
        {
            _next++;
        }
    }

    private void RestForEverIfNothingIsLeft()
    {
        if (_next == _count)
        {
            DueMonoNanos = long.MaxValue;
            TurnMonoNanos = long.MaxValue;
        }
    }
}
