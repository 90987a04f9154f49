namespace IndustrieFutur.Edge.Simulators.Arguments;

/// <summary>The options of one device: reads a command line with them, and says in a sentence what is wrong with it.</summary>
internal sealed class OptionList(IReadOnlyList<Option> options)
{
    private readonly HashSet<string> _given = [];

    /// <summary>Somebody wrote it.</summary>
    public bool IsGiven(string name) => _given.Contains(name);

    /// <summary>Takes every word. What is wrong with the first that cannot be taken; empty when all could.</summary>
    public string Read(ReadOnlySpan<string> words)
    {
        var mistake = "";
        while (mistake.Length == 0 && !words.IsEmpty)
        {
            mistake = ReadOne(ref words);
        }

        return mistake;
    }

    private static bool IsName(string word) => word.StartsWith("--", StringComparison.Ordinal);

    private static string Take(Option option, string value)
    {
        if (option.TryTake(value))
        {
            return "";
        }

        return $"{option.Name}{(option.IsSecret ? "" : $" {value}")}: it must be {option.Value}";
    }

    private string ReadOne(ref ReadOnlySpan<string> words)
    {
        var name = words[0];
        words = words[1..];
        if (options.FirstOrDefault(option => option.Name == name) is not { } option)
        {
            return Unknown(name);
        }

        _given.Add(name);
        if (option.Value is null)
        {
            return Take(option, "");
        }

        if (words.IsEmpty || IsName(words[0]))
        {
            return $"{name}: its value is missing; it must be {option.Value}";
        }

        var mistake = Take(option, words[0]);
        words = words[1..];
        if (mistake.Length > 0 || option.Second is not { } second || words.IsEmpty || IsName(words[0]))
        {
            return mistake;
        }

        mistake = Take(second, words[0]);
        words = words[1..];
        return mistake;
    }

    private string Unknown(string word)
    {
        if (!word.StartsWith('-'))
        {
            return $"{word}: no option stands before it";
        }

        var nearest = NearestWord.Find(word.TrimStart('-'), [.. options.Select(static option => option.Name.TrimStart('-'))]);
        return nearest is null ? $"{word}: no such option" : $"{word}: no such option; did you mean --{nearest}?";
    }
}
