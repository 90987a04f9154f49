namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>How many requests are looked at: so many of each user, so many in all. Not for several threads.</summary>
internal sealed class RateDesk
{
    /// <summary>More than a person's hands or a cell's controller give.</summary>
    private const double UserPerSecond = 20;

    private const double AllPerSecond = 200;

    /// <summary>A cell has far fewer users; the first who finds no place shares one with the unknown.</summary>
    private const int UsersMax = 256;

    private readonly Dictionary<string, TokenBucket> _users = new(StringComparer.Ordinal);
    private readonly TokenBucket _unknown = new(UserPerSecond, 2 * UserPerSecond);
    private readonly TokenBucket _all = new(AllPerSecond, AllPerSecond);

    public bool TryTake(string user, bool isKnown, long monoNow)
    {
        if (!isKnown)
        {
            return _unknown.TryTake(monoNow) && _all.TryTake(monoNow);
        }

        if (!_users.TryGetValue(user, out var bucket))
        {
            bucket = _users.Count < UsersMax ? _users[user] = new TokenBucket(UserPerSecond, 2 * UserPerSecond) : _unknown;
        }

        return bucket.TryTake(monoNow) && _all.TryTake(monoNow);
    }
}
