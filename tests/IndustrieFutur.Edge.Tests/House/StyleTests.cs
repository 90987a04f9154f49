using System.Text.RegularExpressions;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>What of the house style can be read off the files: no left-over work, no file without an end, one type with its sentence per file.</summary>
public sealed partial class StyleTests
{
    /// <summary>Beyond it a file holds more than one thing; the style aims at 400.</summary>
    private const int LinesMax = 600;

    private static IEnumerable<string> SourceFiles => Repository.CodeFiles().Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void No_work_is_left_over_in_the_code()
    {
        var lines = Repository.CodeFiles()
            .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".json" or ".yml" or "")
            .SelectMany(path => File.ReadLines(Repository.PathOf(path)).Select((line, index) => $"{path}:{index + 1}: {line}"));

        Assert.DoesNotContain(lines, line => LeftOver().IsMatch(line));
    }

    [Fact]
    public void No_file_is_longer_than_one_can_read()
    {
        Assert.DoesNotContain(SourceFiles, path => File.ReadLines(Repository.PathOf(path)).Count() > LinesMax);
    }

    [Fact]
    public void A_file_holds_one_type_that_bears_its_name_and_a_sentence()
    {
        var mistakes = SourceFiles.SelectMany(path => MistakesOf(path, File.ReadAllLines(Repository.PathOf(path))));

        Guard.FindsNone(mistakes);
    }

    [Theory]
    [InlineData("Ring.cs", "/// <summary>A ring.</summary>\n[Serializable]\npublic sealed class Ring", "")]
    [InlineData("Ring.Linux.cs", "/// <summary>A ring.</summary>\npublic sealed partial class Ring<T>", "")]
    [InlineData("Ring.cs", "public sealed class Ring", "Ring.cs: Ring has no sentence that says what it is for")]
    [InlineData("Ring.cs", "/// <summary>A ring.</summary>\n\npublic sealed class Ring", "Ring.cs: Ring has no sentence that says what it is for")]
    [InlineData("Ring.cs", "/// <summary>A.</summary>\ninternal readonly record struct Loop(int X);", "Ring.cs: the type in it is called Loop")]
    [InlineData("A.cs", "/// <summary>A.</summary>\nclass A;\n/// <summary>B.</summary>\nenum B", "A.cs: 2 types in one file: A, B")]
    [InlineData("Program.cs", "return 0;", "")]
    public void A_file_against_the_style_is_caught(string path, string text, string mistake)
    {
        var mistakes = MistakesOf(path, text.Split('\n'));

        Assert.Equal(mistake, string.Join("; ", mistakes));
    }

    private static List<string> MistakesOf(string path, string[] lines)
    {
        var types = lines.Select((line, index) => (Match: TopLevelType().Match(line), Index: index)).Where(found => found.Match.Success).ToList();
        var names = types.Select(found => found.Match.Groups["name"].Value).ToList();
        if (names.Count > 1)
        {
            return [$"{path}: {names.Count} types in one file: {string.Join(", ", names)}"];
        }

        var mistakes = new List<string>();
        if (names.Count == 1 && Path.GetFileName(path).Split('.')[0] != names[0])
        {
            mistakes.Add($"{path}: the type in it is called {names[0]}");
        }

        if (names.Count == 1 && !HasSentence(lines, types[0].Index))
        {
            mistakes.Add($"{path}: {names[0]} has no sentence that says what it is for");
        }

        return mistakes;
    }

    /// <summary>In the unbroken block of lines above the declaration: the sentence, and attributes.</summary>
    private static bool HasSentence(string[] lines, int declaration) =>
        lines.Take(declaration).Reverse().TakeWhile(line => line.Trim().Length > 0).Any(line => line.StartsWith("///", StringComparison.Ordinal));

    // In pieces, or this line would find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"^((public|internal|file|static|sealed|abstract|readonly|partial|unsafe|ref)\s+)*(class|struct|interface|enum|record(\s+(class|struct))?|delegate\s+\S+)\s+(?<name>\w+)")]
    private static partial Regex TopLevelType();
}
