namespace IndustrieFutur.Edge.Control.People;

/// <summary>How often a password may be tried under one key: some times at once, then ever more slowly. Not thread-safe.</summary>
/// <param name="freeTries">So many are not slowed down.</param>
/// <param name="clock">Of the waits.</param>
internal sealed class TryLimit(int freeTries, TimeProvider clock)
{
    /// <summary>64 users and their stations several times over; a flood of names makes the quietest of them forgotten.</summary>
    private const int KeysMax = 1_024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>So long without a try, and it begins anew.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (int Tries, long At, long Before)> _keys = new(StringComparer.Ordinal);

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

        var known = _keys.GetValueOrDefault(key);
        _keys[key] = (known.Tries + 1, clock.GetTimestamp(), known.At);
    }

    /// <summary>The person is who he says.</summary>
    public void Forget(string key) => _keys.Remove(key);

    /// <summary>A good one does not count, and those before it wait no longer for it.</summary>
    public void TakeBack(string key)
    {
        if (_keys.TryGetValue(key, out var tries))
        {
            _keys[key] = (tries.Tries - 1, tries.Before, tries.Before);
        }
    }

    private TimeSpan WaitAfter(int tries) => tries < freeTries
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(tries - freeTries, 16))));
}
