using System.Security.Cryptography;

namespace IndustrieFutur.Edge.Control.People;

/// <summary>Log-ins and what follows from them: a password is hashed here and nowhere else, as often as the rate allows.</summary>
public sealed class LoginDesk(UserStore users, TimeProvider clock) : IDisposable
{
    /// <summary>One that is hashed and eight behind it, some two seconds: more at once are no persons.</summary>
    private const int AtOnceMax = 9;

    /// <summary>As many as there can be users.</summary>
    private const int SessionsMax = 64;

    private const int SessionBytes = 32;

    /// <summary>A person who mistypes needs no more.</summary>
    private const int TriesOfName = 5;

    /// <summary>A station is everybody at the cell: one who mistypes must keep nobody else from a stop. Against guesses at one name the name's own limit holds.</summary>
    private const int TriesOfStation = 20;

    /// <summary>Whoever leaves the cell without logging out leaves no door open for longer.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _hashing = new(1);
    private readonly TryLimit _names = new(TriesOfName, clock);
    private readonly TryLimit _stations = new(TriesOfStation, clock);
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private int _atOnce;

    /// <summary>Checks a password. An unknown name takes as long as a wrong password; too many tries wait.</summary>
    public async Task<LoginAnswer> LogInAsync(string name, string password, string station, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);

        // A name that can be nobody's is one key for all of them: it must not fill the memory.
        var (nameKey, stationKey) = (UserFile.IsName(name) ? name : "", station);
        if (Enter(nameKey, stationKey) is { } wait)
        {
            return new LoginAnswer("", Role.Observer, wait);
        }

        try
        {
            await _hashing.WaitAsync(cancellationToken);
            try
            {
                var user = users.Find(name);
                var isRight = await Task.Run(() => PasswordHash.Matches(user?.Password ?? PasswordHash.Nobody, password), CancellationToken.None);
                return isRight && user is not null ? Open(name, user, nameKey, stationKey) : new LoginAnswer("", Role.Observer, WaitOf(nameKey, stationKey));
            }
            finally
            {
                _hashing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    /// <summary>Whose session it is, and his role now; null: nobody's, or it was idle for 5 minutes. Each call counts as a sign of life.</summary>
    public (string Name, Role Role)? Of(string session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (_lock)
        {
            if (!_sessions.TryGetValue(session, out var known))
            {
                return null;
            }

            if (clock.GetElapsedTime(known.SeenAt) >= IdleMax || users.Find(known.Name) != known.User)
            {
                _sessions.Remove(session);
                return null;
            }

            _sessions[session] = known with { SeenAt = clock.GetTimestamp() };
            return (known.Name, known.User.Role);
        }
    }

    public void LogOut(string session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (_lock)
        {
            _sessions.Remove(session);
        }
    }

    public void Dispose() => _hashing.Dispose();

    /// <summary>How long to wait; null: it is looked at now, and counted.</summary>
    private TimeSpan? Enter(string nameKey, string stationKey)
    {
        lock (_lock)
        {
            var wait = WaitOf(nameKey, stationKey);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            if (Interlocked.Increment(ref _atOnce) > AtOnceMax)
            {
                Interlocked.Decrement(ref _atOnce);
                return BusyWait;
            }

            _names.Count(nameKey);
            _stations.Count(stationKey);
            return null;
        }
    }

    private TimeSpan WaitOf(string nameKey, string stationKey)
    {
        lock (_lock)
        {
            var (ofName, ofStation) = (_names.WaitOf(nameKey), _stations.WaitOf(stationKey));
            return ofName > ofStation ? ofName : ofStation;
        }
    }

    private LoginAnswer Open(string name, UserEntry user, string nameKey, string stationKey)
    {
        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionBytes));
        lock (_lock)
        {
            _names.Forget(nameKey);
            _stations.TakeBack(stationKey);
            if (_sessions.Count >= SessionsMax)
            {
                _sessions.Remove(_sessions.MinBy(known => known.Value.SeenAt).Key);
            }

            _sessions[session] = new Session(name, user, clock.GetTimestamp());
        }

        return new LoginAnswer(session, user.Role, TimeSpan.Zero);
    }
}
