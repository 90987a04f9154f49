using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What a stream that keeps its oldest does when it is full: what comes gets its number and a gap, and is not kept.</summary>
internal sealed partial class StreamSpool
{
    // The first number that memory refused; everything behind it is refused, too. 0: it takes what comes.
    private ulong _refusedFrom;

    /// <summary>The newest are refused when it is full.</summary>
    public bool RefusesNewest => Device.Drop == DropPolicy.Newest;

    /// <summary>Behind the last number whose sample is kept.</summary>
    private ulong KeptNext => _refusedFrom == 0 ? Next : _refusedFrom;

    /// <summary>Gaps may be sent below this number: what a kill would give anew must not be known to anybody.</summary>
    private ulong GapLimit => _log is null || !_isKept ? Next : Math.Max(Oldest, Math.Min(Next, _log.SafeNext));

    /// <summary>Room in memory for one more. False: that would cost a sample that only memory has, and the stream keeps its oldest.</summary>
    private bool TryMakeRoom(bool isText)
    {
        while (Next - _inMemory == _memory.Capacity || (isText && _textNext - _textOldest == _memory.TextCapacity))
        {
            if (RefusesNewest && !IsWithLog(_inMemory))
            {
                return false;
            }

            MakeRoom();
        }

        return true;
    }

    /// <summary>Samples that the log has and somebody still needs.</summary>
    public ulong PendingInLog
    {
        get
        {
            lock (_gate)
            {
                var numbers = _logged - Math.Min(_logged, Oldest);
                return numbers - Math.Min(numbers, _gaps.CountFrom(Oldest));
            }
        }
    }

    /// <summary>Behind the last number that the log has, or that was refused before it came there. Between <see cref="Enter"/> and <see cref="Exit"/>.</summary>
    public ulong LoggedNext => _logged;

    /// <summary>The stream's share of the disk is full: what memory has and the log has not, up to a number, is refused.</summary>
    public void RefuseUpTo(ulong limit)
    {
        lock (_gate)
        {
            var end = Math.Min(limit, KeptNext);
            for (var number = Math.Max(_logged, _inMemory); number < end; number++)
            {
                Drop(number, _memory[number].Signal);
            }

            // All of it is with the log now, or refused: memory begins anew behind it.
            for (; _inMemory < end; _inMemory++)
            {
                ReleaseText(_memory[_inMemory]);
            }

            _logged = Math.Max(_logged, end);
            TakeAgainFrom(_logged);
        }
    }

    private void Refuse(int signal)
    {
        _refusedFrom = KeptNext;
        BookDropped(signal, Next++);
    }

    /// <summary>A gap that reaches beyond the numbering is of samples that were refused: their numbers are not given again.</summary>
    private void RestoreRefused(ulong to)
    {
        if (to >= Next)
        {
            _refusedFrom = KeptNext;
            Next = to + 1;
        }
    }

    /// <summary>What was refused lies behind everything in memory, so that has to be gone, or with the log, before more is taken.</summary>
    private void TakeAgainFrom(ulong kept)
    {
        if (_refusedFrom != 0 && kept >= _refusedFrom)
        {
            _refusedFrom = 0;
            _inMemory = Next;
            _textOldest = _textNext;
        }
    }

    /// <summary>Of what was refused nothing will be sent but its gap.</summary>
    private void AnswerRefused(SinkCursor cursor, ulong from, ulong to)
    {
        if (_refusedFrom != 0 && to >= _refusedFrom)
        {
            _gaps.SendAgain(cursor.Outlet.Index, new SequenceRange(Math.Max(from, _refusedFrom), to));
        }
    }
}
