namespace IndustrieFutur.Edge.Simulators.Arguments;

/// <summary>Finds the word that somebody most likely meant: one slip away, or the beginning or the end of what is written.</summary>
internal static class NearestWord
{
    /// <summary>Shorter ones begin or end too many others.</summary>
    private const int PartMin = 3;

    /// <summary>Null when none is near.</summary>
    public static string? Find(string written, IReadOnlyList<string> known) =>
        known.FirstOrDefault(word => string.Equals(word, written, StringComparison.OrdinalIgnoreCase))
        ?? known.FirstOrDefault(word => IsOneSlip(written, word))
        ?? known.FirstOrDefault(word => IsPart(word, written) || IsPart(written, word));

    /// <summary>A letter too many, left out or exchanged, or two that have changed places.</summary>
    private static bool IsOneSlip(string a, string b)
    {
        var start = a.AsSpan().CommonPrefixLength(b);
        var (restA, restB) = (a[start..], b[start..]);
        while (restA.Length > 0 && restB.Length > 0 && restA[^1] == restB[^1])
        {
            (restA, restB) = (restA[..^1], restB[..^1]);
        }

        var isSwapped = restA.Length == 2 && restB.Length == 2 && restA[0] == restB[1] && restA[1] == restB[0];
        return isSwapped || (restA.Length <= 1 && restB.Length <= 1);
    }

    private static bool IsPart(string part, string whole) => part.Length >= PartMin
        && (whole.StartsWith(part, StringComparison.OrdinalIgnoreCase) || whole.EndsWith(part, StringComparison.OrdinalIgnoreCase));
}
