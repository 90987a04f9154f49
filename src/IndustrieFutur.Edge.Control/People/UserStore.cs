namespace IndustrieFutur.Edge.Control.People;

/// <summary>The local users: read from their file, again when it has changed.</summary>
/// <param name="file">Of the users.</param>
/// <param name="clock">For how often it is looked at.</param>
/// <param name="tell">Told once of a file that is damaged.</param>
public sealed class UserStore(string file, TimeProvider clock, Action<string>? tell = null)
{
    /// <summary>A role that was taken away counts after this; more often the disk need not be asked.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private IReadOnlyDictionary<string, UserEntry> _users = new Dictionary<string, UserEntry>();
    private (DateTime Written, long Length) _read;
    private long _lookedAt;
    private bool _hasLooked;
    private string? _news;

    /// <summary>The file, 0600.</summary>
    public string File => file;

    /// <summary>What is wrong with the file; null: nothing.</summary>
    public string? Trouble { get; private set; }

    /// <summary>A user's role; null: there is no such user. Costs no hashing.</summary>
    public Role? RoleOf(string name) => Find(name)?.Role;

    /// <summary>For the audit: who has come, gone, or has another role or password since this was last asked; null: nothing has changed.</summary>
    internal string? TakeNews()
    {
        lock (_lock)
        {
            Look();
            var news = _news;
            _news = null;
            return news;
        }
    }

    internal UserEntry? Find(string name)
    {
        lock (_lock)
        {
            Look();
            return _users.GetValueOrDefault(name);
        }
    }

    private void Look()
    {
        if (_hasLooked && clock.GetElapsedTime(_lookedAt) < LookEvery)
        {
            return;
        }

        var stamp = Stamp();
        var isAsBefore = _hasLooked && stamp == _read;
        (_hasLooked, _lookedAt) = (true, clock.GetTimestamp());
        if (isAsBefore)
        {
            return;
        }

        _read = stamp;
        try
        {
            Take(UserFile.Read(file));
            Trouble = null;
        }
        catch (InvalidDataException cause)
        {
            Refuse(cause.Message);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Refuse($"The file of users {file} cannot be read ({cause.Message.TrimEnd('.')}). Nobody is known, so nobody commands; give the service's user the right to it");
            _hasLooked = false;
        }
    }

    private void Take(IReadOnlyDictionary<string, UserEntry> users)
    {
        var words = new List<string>();
        words.AddRange(_users.Where(old => !users.ContainsKey(old.Key)).Select(old => $"{old.Key} is gone"));
        foreach (var (name, user) in users)
        {
            if (!_users.TryGetValue(name, out var old))
            {
                words.Add($"{name} is {Words(user.Role)}");
                continue;
            }

            if (old.Role != user.Role)
            {
                words.Add($"{name} becomes {Words(user.Role)}");
            }

            if (old.Password != user.Password)
            {
                words.Add($"{name} has another password");
            }
        }

        _users = users;
        if (words.Count > 0)
        {
            _news = $"{(_news is null ? "users: " : $"{_news}, ")}{string.Join(", ", words)}";
        }
    }

    private static string Words(Role role) => role.ToString().ToLowerInvariant();

    private void Refuse(string trouble)
    {
        Take(new Dictionary<string, UserEntry>());
        if (Trouble != trouble)
        {
            Trouble = trouble;
            tell?.Invoke(trouble);
        }
    }

    private (DateTime Written, long Length) Stamp()
    {
        var info = new FileInfo(file);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }
}
