using System.Runtime.CompilerServices;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// One timer for each signal, in a wheel of lists: setting one, moving one and a tick in which none is due each cost the same for ten
/// signals and for a hundred thousand. A timer may ring early (one that is further off than the wheel is round does), never before its
/// millisecond; whoever set it looks whether it is due and sets it again.
/// </summary>
[HotPath]
internal sealed class StageTimers
{
    /// <summary>A little more than a millisecond: finer than any delay that a plan may ask for.</summary>
    private const int GrainBits = 20;

    /// <summary>Once round in 69 s: most delays are shorter, and a longer one rings in vain once a round (in 4 s it made an empty tick dear).</summary>
    private const int SlotCount = 65_536;

    /// <summary>Timers that ring in one tick; the others ring in the next ones, so that no tick is held up by a thousand of them.</summary>
    private const int RingsPerTickMax = 4_096;

    private const int None = -1;

    private readonly int[] _first;
    private readonly int[] _next;
    private readonly int[] _previous;

    /// <summary>The slot, counted from the clock's zero, where each timer hangs; 0: it hangs nowhere.</summary>
    private readonly long[] _slots;
    private long _slot;
    private long _target;
    private int _ringsLeft;
    private int _hanging;

    public StageTimers(int count)
    {
        _first = new int[SlotCount];
        _next = new int[count];
        _previous = new int[count];
        _slots = new long[count];
        Array.Fill(_first, None);
    }

    /// <summary>This timer will be set in a moment.</summary>
    public unsafe void Fetch(int timer) => CacheLine.Fetch(Unsafe.AsPointer(ref _slots[timer]), sizeof(long));

    /// <summary>Before the first tick: nothing before this instant will be asked for.</summary>
    public void Begin(long monoNow) => _slot = monoNow >> GrainBits;

    /// <summary>Rings at the instant or a little after; a timer that hangs already and rings earlier stays.</summary>
    public void Set(int timer, long monoNanos)
    {
        var due = (monoNanos >> GrainBits) + 1;
        var slot = Math.Max(_slot + 1, Math.Min(due, _slot + SlotCount - 1));
        if (_slots[timer] != 0)
        {
            if (_slots[timer] <= slot)
            {
                return;
            }

            Unhang(timer);
        }

        Hang(timer, slot);
    }

    /// <summary>A new tick: the timers up to now are to be asked for with <see cref="Next"/>.</summary>
    public void Advance(long monoNow)
    {
        _target = monoNow >> GrainBits;
        _ringsLeft = RingsPerTickMax;

        // After a pause longer than once round every list is looked through once, not once for each round missed.
        _slot = Math.Max(_slot, _hanging == 0 ? _target : _target - SlotCount);
    }

    /// <summary>The next timer that rings; -1 when this tick has no more.</summary>
    public int Next()
    {
        while (_slot < _target && _ringsLeft > 0)
        {
            var timer = _first[(_slot + 1) & (SlotCount - 1)];
            if (timer != None)
            {
                _ringsLeft--;
                Unhang(timer);
                return timer;
            }

            _slot++;
        }

        return None;
    }

    private void Hang(int timer, long slot)
    {
        ref var first = ref _first[slot & (SlotCount - 1)];
        _slots[timer] = slot;
        _previous[timer] = None;
        _next[timer] = first;
        if (first != None)
        {
            _previous[first] = timer;
        }

        first = timer;
        _hanging++;
    }

    private void Unhang(int timer)
    {
        var (previous, next) = (_previous[timer], _next[timer]);
        if (previous == None)
        {
            _first[_slots[timer] & (SlotCount - 1)] = next;
        }
        else
        {
            _next[previous] = next;
        }

        if (next != None)
        {
            _previous[next] = previous;
        }

        _slots[timer] = 0;
        _hanging--;
    }
}
