namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>
/// How much channels may send that carry no activated session yet, or no longer: opening, discovery and logging in need little. One for all
/// channels of a server; any thread uses it.
/// </summary>
/// <param name="messageBytesMax">Of one message; those of one channel that have begun and not ended hold together no more than that.</param>
/// <param name="unfinishedBytesMax">Of all messages of all these channels that have begun and not ended.</param>
public sealed class NewcomerLimits(int messageBytesMax, int unfinishedBytesMax)
{
    private int _unfinishedBytes;

    public int MessageBytesMax => messageBytesMax;

    /// <summary>What waits now for the rest of its message.</summary>
    public int UnfinishedBytes => Volatile.Read(ref _unfinishedBytes);

    /// <summary>False, and nothing is taken, when so much is not left.</summary>
    internal bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _unfinishedBytes, bytes) <= unfinishedBytesMax)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    internal void Give(int bytes) => Interlocked.Add(ref _unfinishedBytes, -bytes);
}
