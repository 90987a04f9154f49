using IndustrieFutur.Edge.App;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>The proof <c>check-mistakes</c>: ten different mistakes in one file are named all at once, each with its line and what to write instead.</summary>
[Trait("Proof", "check-mistakes")]
public sealed class CheckMistakesProof
{
    /// <summary>Where each mistake stands in the file (its comment counts them), and what its line must say: what is wrong, then the remedy.</summary>
    private static readonly (int Mark, string Path, string[] Says)[] Ten =
    [
        (1, "devices.plc.pollInterval", ["unknown key", "did you mean \"interval\"?"]),
        (2, "devices.plc.tcp", ["\"serial\" and \"tcp\"", "remove one"]),
        (3, "devices.plc.unit", ["the text \"one\" stands where a whole number is expected", "write a number, such as 1"]),
        (4, "devices.plc.groups.fast.interval", ["\"50 milliseconds\" is no duration", "such as \"500ms\""]),
        (5, "devices.plc.groups.fast.signals.conv.speed.type", ["\"float\" is not known here", "\"f32\""]),
        (6, "devices.scale.driver", ["there is no driver \"modbuss\"", "did you mean \"modbus\"?"]),
        (7, "sinks.site.url", ["is missing", "add \"url\": \"...\""]),
        (8, "sinks.site.password", ["a secret is never written here", "write \"env:NAME\" or \"file:path\""]),
        (9, "sinks.site.window", ["5000 is out of range", "write 1 to 256"]),
        (10, "historians.h1.sink", ["there is no sink \"sit\"", "write one of: site"]),
    ];

    [Fact]
    public async Task Ten_mistakes_of_one_file_are_named_all_at_once_each_with_line_and_remedy()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var source = await File.ReadAllLinesAsync(ProjectConfigurations.TenMistakes, TestContext.Current.CancellationToken);

        var code = await CommandLine.RunAsync(["check", ProjectConfigurations.TenMistakes], output, error);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal((3, ""), (code, error.ToString()));
        Assert.Equal("10 mistakes", lines[^1]);
        Assert.Equal(11, lines.Length);
        foreach (var (mark, path, says) in Ten)
        {
            var at = Array.FindIndex(source, line => line.Contains($"// {mark}:", StringComparison.Ordinal)) + 1;
            var named = Assert.Single(lines, line => line.Contains($": {path}: ", StringComparison.Ordinal));
            Assert.Matches($"ten-mistakes\\.json:{at}:[1-9][0-9]*: ", named);
            Assert.All(says, sentence => Assert.Contains(sentence, named, StringComparison.Ordinal));
        }

        Assert.Equal(lines[..^1], lines[..^1].OrderBy(line => int.Parse(line.Split(".json:")[1].Split(':')[0], null)));
        SayFigure($"10 of 10 mistakes named with line and remedy, exit {code}");
    }

    /// <summary>Where tests/prove looks for what a proof found.</summary>
    private static void SayFigure(string figure)
    {
        if (Environment.GetEnvironmentVariable("EDGE_PROOF_FIGURE") is { Length: > 0 } file)
        {
            File.WriteAllText(file, figure);
        }
    }
}
