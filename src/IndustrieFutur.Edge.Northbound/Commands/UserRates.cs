namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Bounds what is looked at in a second, of all and of each user, so that one who floods shuts nobody else out. For one thread.</summary>
internal sealed class UserRates(int perSecond, int perUser, TimeProvider clock)
{
    /// <summary>A cell has a handful of users; names beyond share one rate, so that nobody gains by inventing some.</summary>
    private const int UsersMax = 32;

    private readonly RequestRate _all = new(perSecond, clock);
    private readonly RequestRate _others = new(perUser, clock);
    private readonly Dictionary<string, RequestRate> _users = new(StringComparer.Ordinal);

    /// <param name="topic">Its last level is the user.</param>
    public bool TryPass(string topic) => Of(topic[(topic.LastIndexOf('/') + 1)..]).TryPass() && _all.TryPass();

    private RequestRate Of(string user)
    {
        if (_users.TryGetValue(user, out var rate))
        {
            return rate;
        }

        return _users.Count < UsersMax ? _users[user] = new RequestRate(perUser, clock) : _others;
    }
}
