namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>How many requests are looked at: a bucket for each user and one for all. What is above is counted, and costs nothing else.</summary>
internal sealed class RateDesk
{
    /// <summary>A person gives a few a minute, a script of an integrator some a second.</summary>
    private const double UserPerSecond = 20;
    private const double UserBurst = 40;

    /// <summary>Each may cost a line of audit on the disk.</summary>
    private const double AllPerSecond = 100;
    private const double AllBurst = 200;

    /// <summary>More names than a cell has users are made up; they share what is for all.</summary>
    private const int UsersMax = 256;

    private readonly Dictionary<string, Bucket> _users = [];
    private readonly Bucket _all = new(AllPerSecond, AllBurst);

    public bool TryTake(string user, long monoNow)
    {
        if (!_users.TryGetValue(user, out var bucket))
        {
            bucket = new Bucket(UserPerSecond, UserBurst);
            if (_users.Count >= UsersMax)
            {
                _users.Clear();
            }

            _users[user] = bucket;
        }

        return bucket.TryTake(monoNow) && _all.TryTake(monoNow);
    }

    private sealed class Bucket(double perSecond, double burst)
    {
        private double _used;
        private long _since;

        public bool TryTake(long monoNow)
        {
            _used = Math.Max(0, _used - (Math.Max(0, monoNow - _since) / 1e9 * perSecond));
            _since = monoNow;
            if (_used + 1 > burst)
            {
                return false;
            }

            _used++;
            return true;
        }
    }
}
