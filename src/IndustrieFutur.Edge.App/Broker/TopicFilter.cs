namespace IndustrieFutur.Edge.App.Broker;

/// <summary>What an MQTT topic filter lets through (MQTT 5, 4.7): another filter is covered when it can match nothing more.</summary>
internal static class TopicFilter
{
    /// <summary>+ only as a whole level, # only as the last one, no NUL, at least one character (4.7.1, 4.7.3).</summary>
    public static bool IsValid(string filter)
    {
        var levels = filter.Split('/');
        return filter.Length is > 0 and <= 65_535 && !filter.Contains('\0', StringComparison.Ordinal)
            && levels[..^1].All(level => IsPlain(level) || level == "+")
            && (IsPlain(levels[^1]) || levels[^1] is "+" or "#");
    }

    /// <summary>A message is published to a topic without wildcards (3.3.2.1).</summary>
    public static bool IsTopic(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny('+', '#', '\0') < 0;

    /// <summary>True when all that <paramref name="asked"/> matches, <paramref name="allowed"/> matches too; a topic is a filter without wildcards.</summary>
    public static bool Covers(ReadOnlySpan<char> allowed, ReadOnlySpan<char> asked)
    {
        // Topics that begin with $ are the broker's: no wildcard at the front reaches them (4.7.2).
        if (asked.StartsWith('$') && !allowed.StartsWith('$'))
        {
            return false;
        }

        var rules = allowed.Split('/');
        var wishes = asked.Split('/');
        while (rules.MoveNext())
        {
            // "a/#" matches "a" too (4.7.1.2).
            var rule = allowed[rules.Current];
            if (rule is "#")
            {
                return true;
            }

            if (!wishes.MoveNext() || !CoversLevel(rule, asked[wishes.Current]))
            {
                return false;
            }
        }

        return !wishes.MoveNext();
    }

    private static bool CoversLevel(ReadOnlySpan<char> rule, ReadOnlySpan<char> wish) =>
        wish is not "#" && (rule is "+" || rule.SequenceEqual(wish));

    private static bool IsPlain(string level) => level.AsSpan().IndexOfAny('+', '#') < 0;
}
