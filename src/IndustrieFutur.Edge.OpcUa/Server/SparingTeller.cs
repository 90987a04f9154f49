namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>
/// Tells a person what somebody does again and again: the first time at once, then at most once a minute, and how often it was since. Else
/// whoever knocks all the time fills the log (OPC UA Part 2, 5.1.2.3). Any thread uses it.
/// </summary>
/// <param name="tell">Takes the sentences; must be quick. Null: nobody listens.</param>
/// <param name="clock">For the minute.</param>
public sealed class SparingTeller(Action<string>? tell, TimeProvider clock)
{
    /// <summary>So many are told from each other; what all others do counts as one.</summary>
    public const int EntriesMax = 256;

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private static readonly (string Who, uint Reason) Others = ("", 0);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Who, uint Reason), Entry> _entries = [];

    /// <summary>Tells it now, or counts it.</summary>
    /// <param name="who">Does it: an address, or a part of ours.</param>
    /// <param name="reason">A status; other reasons are told apart.</param>
    /// <param name="sentence">What happened.</param>
    public void Tell(string who, uint reason, string sentence)
    {
        string? due;
        lock (_gate)
        {
            due = Take(KeyOf(who, reason), sentence);
        }

        if (due is not null)
        {
            tell?.Invoke(due);
        }
    }

    /// <summary>Tells what was only counted and is due by now; to be called now and then.</summary>
    public void TellDue()
    {
        List<string>? due = null;
        lock (_gate)
        {
            foreach (var (key, entry) in _entries)
            {
                if (clock.GetElapsedTime(entry.ToldAt) < Pace)
                {
                    continue;
                }

                if (entry.Count == 0)
                {
                    _entries.Remove(key);
                    continue;
                }

                (due ??= []).Add(WithCount(entry.Last, entry.Count - 1));
                entry.Told(clock.GetTimestamp());
            }
        }

        due?.ForEach(sentence => tell?.Invoke(sentence));
    }

    private (string Who, uint Reason) KeyOf(string who, uint reason) =>
        _entries.Count < EntriesMax || _entries.ContainsKey((who, reason)) ? (who, reason) : Others;

    /// <summary>Null when it is not to be told now.</summary>
    private string? Take((string Who, uint Reason) key, string sentence)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries.Add(key, new Entry { ToldAt = clock.GetTimestamp() });
            return sentence;
        }

        if (clock.GetElapsedTime(entry.ToldAt) < Pace)
        {
            entry.CountOne(sentence);
            return null;
        }

        var due = WithCount(sentence, entry.Count);
        entry.Told(clock.GetTimestamp());
        return due;
    }

    private static string WithCount(string sentence, int more) => more == 0 ? sentence : $"{sentence} (And {more} more like it since it was last told.)";

    /// <summary>What one does for one reason.</summary>
    private sealed class Entry
    {
        public long ToldAt { get; set; }

        public int Count { get; private set; }

        public string Last { get; private set; } = "";

        public void CountOne(string sentence)
        {
            Count++;
            Last = sentence;
        }

        public void Told(long at)
        {
            ToldAt = at;
            Count = 0;
        }
    }
}
