namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Who answers for the cell, and until when.</summary>
internal sealed class LeaseDesk(long nanos)
{
    private string _holder = "";
    private long _endsMonoNanos;

    public string HolderAt(long monoNow) => monoNow < _endsMonoNanos ? _holder : "";

    public long LeftNanos(long monoNow) => Math.Max(0, _endsMonoNanos - monoNow);

    /// <summary>False: somebody else has it.</summary>
    public bool TryTake(string who, long monoNow)
    {
        if (HolderAt(monoNow) is { Length: > 0 } holder && holder != who)
        {
            return false;
        }

        (_holder, _endsMonoNanos) = (who, monoNow + nanos);
        return true;
    }

    public void Drop() => (_holder, _endsMonoNanos) = ("", 0);
}
