namespace IndustrieFutur.Edge.OpcUa.Server.Sessions;

/// <summary>
/// Slows down who guesses passwords (OPC UA Part 4, 5.7.3.1): after some wrong ones the logins of this client as this user are refused unheard
/// for a time that doubles with each further wrong one. A right one ends that, those that come too early do not prolong it, and nobody at
/// another address is concerned: a right user is not locked out by others. Any thread uses it.
/// </summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    /// <summary>People mistype, and programs try again after a change of the password.</summary>
    public const int FreeTries = 5;

    /// <summary>So many names are told from each other at one address; whoever tries more of them is slowed down as one.</summary>
    public const int NamesPerAddressMax = 32;

    /// <summary>When all places are taken, the one that was quiet for the longest time goes.</summary>
    public const int RecordsMax = 1_000;

    /// <summary>A longer name is nobody's in particular.</summary>
    private const int NameCharsMax = 128;

    public static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(1);

    /// <summary>A guesser has 1,440 tries a day with one certificate as one user, and whoever has found the right password waits no longer than this.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<LoginAttempt, Record> _records = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>False when this one is to be refused unheard. Else its end must be told, by one of the other two.</summary>
    public bool TryBegin(in LoginAttempt attempt)
    {
        lock (_gate)
        {
            if (!TryFind(attempt, out _, out var record))
            {
                return true;
            }

            if (clock.GetElapsedTime(record.Since) < WaitAfter(record.Failures))
            {
                return false;
            }

            if (record.Failures >= FreeTries)
            {
                // From now on, or a hundred connections would try at the same time.
                record.Since = clock.GetTimestamp();
            }

            return true;
        }
    }

    /// <summary>True at the failure with which the waiting begins.</summary>
    public bool Failed(in LoginAttempt attempt)
    {
        lock (_gate)
        {
            if (!TryFind(attempt, out var place, out var record))
            {
                record = new Record();
                MakeRoom();
                _records.Add(place, record);
            }

            record.Since = clock.GetTimestamp();
            return ++record.Failures == FreeTries;
        }
    }

    /// <summary>The wrong ones before are forgotten; those that many names share only wait no longer, or one right name would pay for guesses at all others.</summary>
    public void Succeeded(in LoginAttempt attempt)
    {
        lock (_gate)
        {
            if (!TryFind(attempt, out var place, out var record))
            {
                return;
            }

            if (place == RestOf(attempt.Address))
            {
                record.Since = clock.GetTimestamp() - (long)(WaitMax.TotalSeconds * clock.TimestampFrequency);
                return;
            }

            _records.Remove(place);
        }
    }

    internal static TimeSpan WaitAfter(int failures) => failures < FreeTries
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(WaitMin.Ticks << Math.Min(failures - FreeTries, 20), WaitMax.Ticks));

    /// <summary>Also when there is none says where it would be.</summary>
    private bool TryFind(in LoginAttempt attempt, out LoginAttempt place, out Record record)
    {
        place = attempt.User.Length > NameCharsMax ? RestOf(attempt.Address) : attempt;
        if (!_records.ContainsKey(place) && IsFull(attempt.Address))
        {
            place = RestOf(attempt.Address);
        }

        if (!_records.TryGetValue(place, out record!))
        {
            return false;
        }

        if (!IsForgotten(record))
        {
            return true;
        }

        _records.Remove(place);
        return false;
    }

    private bool IsForgotten(Record record) => clock.GetElapsedTime(record.Since) >= ForgottenAfter;

    private static LoginAttempt RestOf(string address) => new(address, "", "");

    private bool IsFull(string address) =>
        _records.Count(known => known.Key.Address == address && !IsForgotten(known.Value)) >= NamesPerAddressMax;

    private void MakeRoom()
    {
        if (_records.Count >= RecordsMax)
        {
            _records.Remove(_records.MinBy(pair => pair.Value.Since).Key);
        }
    }

    /// <summary>The wrong logins of one, and when the last of them was.</summary>
    private sealed class Record
    {
        public int Failures { get; set; }

        public long Since { get; set; }
    }
}
