namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>The patterns of the Like operator (OPC UA Part 4, 7.7.3): % any text, _ any character, [abc] one of them, [^abc] none of them, \ as it is.</summary>
internal static class LikePattern
{
    /// <summary>Goes back to the last % only: its cost is the product of the two lengths at most.</summary>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0, next = 0, retryText = -1, retryPattern = -1;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '%')
            {
                retryPattern = ++next;
                retryText = at;
            }
            else if (next < pattern.Length && MatchesOne(text[at], pattern[next..], out var length))
            {
                at++;
                next += length;
            }
            else if (retryPattern >= 0)
            {
                next = retryPattern;
                at = ++retryText;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].Trim('%').IsEmpty;
    }

    /// <summary>Whether one character fits the pattern's next element, which is that long.</summary>
    private static bool MatchesOne(char character, ReadOnlySpan<char> pattern, out int length)
    {
        var end = pattern.IndexOf(']');
        if (pattern[0] == '[' && end > 0)
        {
            length = end + 1;
            return IsInSet(character, pattern[1..end]);
        }

        var isEscaped = pattern[0] == '\\' && pattern.Length > 1;
        length = isEscaped ? 2 : 1;
        return isEscaped ? character == pattern[1] : pattern[0] == '_' || character == pattern[0];
    }

    private static bool IsInSet(char character, ReadOnlySpan<char> set)
    {
        var isNegated = set.StartsWith('^');
        var rest = isNegated ? set[1..] : set;
        var isFound = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (i + 2 < rest.Length && rest[i + 1] == '-')
            {
                isFound |= character >= rest[i] && character <= rest[i + 2];
                i += 2;
            }
            else
            {
                isFound |= character == rest[i];
            }
        }

        return isFound != isNegated;
    }
}
