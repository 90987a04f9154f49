namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>Finds the word that somebody most likely meant: by typing slips, or because a known word is part of the one written.</summary>
internal static class NearestKey
{
    public static string? Find(string written, IEnumerable<string> known)
    {
        var words = known.Distinct().ToList();
        return BySlips(written, words) ?? ByPart(written, words);
    }

    /// <summary>One slip in three letters is a typing error; more is another word.</summary>
    private static string? BySlips(string written, IReadOnlyList<string> known)
    {
        var nearest = known
            .Select(word => (Word: word, Slips: Slips(Lower(written), Lower(word))))
            .Where(candidate => candidate.Slips <= Math.Max(1, candidate.Word.Length / 3))
            .OrderBy(candidate => candidate.Slips);
        return nearest.Select(candidate => candidate.Word).FirstOrDefault();
    }

    /// <summary>"pollInterval" contains "interval"; below four letters everything contains everything.</summary>
    private static string? ByPart(string written, IReadOnlyList<string> known) =>
        known.Where(word => word.Length >= 4 && written.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            .Concat(known.Where(word => word.Length >= 4 && written.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Concat(known.Where(word => written.Length >= 4 && word.Contains(written, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault();

    /// <summary>Letters added, left out, exchanged or swapped with their neighbour (Damerau-Levenshtein, adjacent swaps only).</summary>
    private static int Slips(string a, string b)
    {
        // No key has 80 letters: a longer text is no slip of one, and the table stays small.
        if (a.Length > 80 || b.Length > 80)
        {
            return int.MaxValue;
        }

        var slips = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                slips[i, j] = i == 0 || j == 0 ? i + j : Cheapest(slips, a, b, i, j);
            }
        }

        return slips[a.Length, b.Length];
    }

    private static int Cheapest(int[,] slips, string a, string b, int i, int j)
    {
        var exchange = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var cheapest = Math.Min(exchange, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(cheapest, slips[i - 2, j - 2] + 1) : cheapest;
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
