using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// Gives a ring's slots back only when what lay in them is committed, confirmed or dropped: a service that is killed finds the rest there
/// again. Never holds back more than half of the ring, so that nothing is refused for it; what is given back before its time is as safe as
/// it was. Bounded: when all marks are taken, the newest stands for more.
/// </summary>
internal sealed class HeldRing
{
    /// <summary>At fifty drains a second, ten seconds one by one.</summary>
    private const int MarksMax = 512;

    private readonly IReadOnlyList<StreamSpool> _streams;
    private readonly RingPosition[] _positions = new RingPosition[MarksMax];
    private readonly ulong[] _nexts;
    private long _taken;
    private long _freed;

    public HeldRing(IReadOnlyList<StreamSpool> streams)
    {
        _streams = streams;
        _nexts = new ulong[MarksMax * streams.Count];
    }

    /// <summary>For the spool's thread, after it has read: notes where it is, and gives back what is settled.</summary>
    public void Settle(SampleRing ring)
    {
        Mark(ring.Position);
        while (_freed < _taken)
        {
            var slot = (int)(_freed % MarksMax);
            if (!IsSettled(slot) && ring.Held <= ring.Capacity / 2)
            {
                return;
            }

            ring.Release(_positions[slot]);
            _freed++;
        }
    }

    private void Mark(in RingPosition position)
    {
        var last = (int)((_taken + MarksMax - 1) % MarksMax);
        if (_taken > _freed && _positions[last] == position)
        {
            return;
        }

        var slot = _taken - _freed < MarksMax ? (int)(_taken++ % MarksMax) : last;
        _positions[slot] = position;
        for (var i = 0; i < _streams.Count; i++)
        {
            _nexts[(slot * _streams.Count) + i] = _streams[i].Next;
        }
    }

    private bool IsSettled(int slot)
    {
        for (var i = 0; i < _streams.Count; i++)
        {
            if (_streams[i].SafeNext < _nexts[(slot * _streams.Count) + i])
            {
                return false;
            }
        }

        return true;
    }
}
