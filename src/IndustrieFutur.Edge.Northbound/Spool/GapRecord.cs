namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>Numbers that were dropped before every historian had them, and why. Sent in the samples' place until all have heard of it.</summary>
internal sealed class GapRecord(ulong from, ulong to, byte cause, int outlets)
{
    // By outlet, sent there as far as this number; below To: to be sent.
    private readonly ulong[] _sentTo = new ulong[outlets];

    public ulong From { get; } = from;

    public ulong To { get; set; } = to;

    public byte Cause { get; } = cause;

    public bool IsSentEverywhere
    {
        get
        {
            for (var i = 0; i < _sentTo.Length; i++)
            {
                if (IsDue(i))
                {
                    return false;
                }
            }

            return true;
        }
    }

    public bool IsDue(int outlet) => _sentTo[outlet] < To;

    /// <summary>The first number that the outlet has not been told of.</summary>
    public ulong DueFrom(int outlet) => Math.Max(From, _sentTo[outlet] + 1);

    public void NoteSent(int outlet, ulong to) => _sentTo[outlet] = to;

    public void SendAgain(int outlet) => _sentTo[outlet] = 0;
}
