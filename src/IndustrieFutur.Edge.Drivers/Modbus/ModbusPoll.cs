namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>A group of a device in motion: its requests, which of them is next, and when its next round is due.</summary>
internal sealed class ModbusPoll
{
    private readonly ModbusBlock[] _planned;
    private readonly ModbusBlock[] _blocks;
    private readonly long _intervalNanos;
    private int _count;
    private int _next;
    private bool _isRunning;
    private long _startedMonoNanos;

    public ModbusPoll(ModbusUnit unit, TimeSpan interval, ModbusItem[] items, ModbusReadLimits limits)
    {
        Unit = unit;
        Items = items;
        _intervalNanos = Math.Max(1, interval.Ticks) * TimeSpan.NanosecondsPerTick;
        _planned = ModbusPlanner.Plan(items, limits);

        // A block is split down to single items at worst: there are never more blocks than items.
        _blocks = new ModbusBlock[items.Length];
        Restart(0);
        Forget();
    }

    public ModbusUnit Unit { get; }

    public ModbusItem[] Items { get; }

    /// <summary>When the round that runs, or the next one, was due; never when nothing is left to ask for.</summary>
    public long DueMonoNanos { get; private set; }

    /// <summary>Among those that are due the earliest goes first; one that met silence goes behind those that waited meanwhile.</summary>
    public long TurnMonoNanos { get; private set; }

    public Span<ModbusBlock> Blocks => _blocks.AsSpan(0, _count);

    public ref ModbusBlock Current => ref _blocks[_next];

    /// <summary>Goes back to the requests as planned: another connection may meet another device.</summary>
    public void Forget()
    {
        Array.Copy(_planned, _blocks, _planned.Length);
        _count = _planned.Length;
        _next = 0;
    }

    /// <summary>A new round is due from now on.</summary>
    public void Restart(long monoNow)
    {
        DueMonoNanos = monoNow;
        TurnMonoNanos = monoNow;
        _next = 0;
        _isRunning = false;
        SkipIllegal();
    }

    /// <summary>A request of the round goes out now; the first one starts the round.</summary>
    public void Begin(long monoNow)
    {
        _startedMonoNanos = _isRunning ? _startedMonoNanos : monoNow;
        _isRunning = true;
    }

    /// <summary>The round that runs counts as due now: the time before was the device's silence, not our delay.</summary>
    public void Realign(long monoNow)
    {
        DueMonoNanos = monoNow;
        TurnMonoNanos = monoNow;
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
        _blocks[_next] = ModbusBlock.Over(Items, whole.FirstItem, half) with { Status = whole.Status };
        _blocks[_next + 1] = ModbusBlock.Over(Items, whole.FirstItem + half, whole.ItemCount - half) with { Status = whole.Status };
        _count++;
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
