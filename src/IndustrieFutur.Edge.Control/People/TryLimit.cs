namespace IndustrieFutur.Edge.Control.People;

/// <summary>How often a password may be tried under one key: some times at once, then ever more slowly. Not thread-safe.</summary>
internal sealed class TryLimit(TimeProvider clock)
{
    /// <summary>A person who mistypes needs no more.</summary>
    private const int FreeTries = 5;

    /// <summary>64 users and their stations several times over; a flood of names makes the quietest of them forgotten.</summary>
    private const int KeysMax = 1_024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>So long without a try, and it begins anew.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (int Tries, long At)> _keys = new(StringComparer.Ordinal);

    /// <summary>How long until the next try is looked at; zero: now.</summary>
    public TimeSpan WaitOf(string key)
    {
        if (!_keys.TryGetValue(key, out var tries) || clock.GetElapsedTime(tries.At) >= ForgottenAfter)
        {
            _keys.Remove(key);
            return TimeSpan.Zero;
        }

        var wait = WaitAfter(tries.Tries) - clock.GetElapsedTime(tries.At);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Counts one, before it is known how it ends: tries at the same time count each.</summary>
    public void Count(string key)
    {
        if (!_keys.ContainsKey(key) && _keys.Count >= KeysMax)
        {
            _keys.Remove(_keys.MinBy(known => known.Value.At).Key);
        }

        _keys[key] = (_keys.GetValueOrDefault(key).Tries + 1, clock.GetTimestamp());
    }

    /// <summary>The person is who he says.</summary>
    public void Forget(string key) => _keys.Remove(key);

    /// <summary>A good one does not count; those before it do.</summary>
    public void TakeBack(string key)
    {
        if (_keys.TryGetValue(key, out var tries))
        {
            _keys[key] = (tries.Tries - 1, tries.At);
        }
    }

    private static TimeSpan WaitAfter(int tries) => tries < FreeTries
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(tries - FreeTries, 16))));
}
