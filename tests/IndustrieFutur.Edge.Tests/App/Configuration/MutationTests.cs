using System.Text;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>Whatever stands in the file, reading it ends: in order, or with mistakes that each have a place and a sentence.</summary>
public sealed class MutationTests : IDisposable
{
    private static readonly string[] Scraps =
    [
        "", "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e400", "99999999999999999999999", "0.1", "\"\"", "\"x\"", "{}", "[]", "\"\\ud800\"",
        "\"50\"", "\"driver\"", "\"bench\"", "//", "/*", "\0", "é", "\n", "\"edge\":", "\"signals\": {}", "\"path\\u0000\": 1,", "\"..\": {},", "[[[[", "\"env:\"",
    ];

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_mutation_of_a_good_file_throws_or_says_nothing()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var refused = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var content = Mutated(random);

            var reading = Read(content, seed, round);

            var isRefused = reading.Configuration is null;
            Assert.True(isRefused == (reading.Mistakes.Count > 0), $"seed {seed}, round {round}");
            Assert.All(reading.Mistakes, mistake => Assert.True(
                mistake.Place.Line > 0 && mistake.Place.Column > 0 && mistake.Message.Length > 10,
                $"seed {seed}, round {round}: {mistake}"));
            refused += isRefused ? 1 : 0;
        }

        Assert.InRange(refused, 1_000, 2_999);
    }

    private Edge.App.Configuration.ConfigurationReading Read(string content, int seed, int round)
    {
        try
        {
            return _folder.Read(content);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"seed {seed}, round {round}, on:\n{content}", exception);
        }
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(ConfigurationFolder.Good);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            if (random.Next(3) > 0)
            {
                text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
            }

            if (random.Next(3) > 0)
            {
                text.Insert(at, Scraps[random.Next(Scraps.Length)]);
            }
        }

        return random.Next(2) == 0 ? text.ToString() : ValueMutated(random);
    }

    /// <summary>Exchanges one whole value or key by a scrap that is valid JSON, so that the binder and not the reader is met.</summary>
    private static string ValueMutated(Random random)
    {
        var words = System.Text.RegularExpressions.Regex.Matches(ConfigurationFolder.Good, "\"[^\"]*\"|[0-9.]+|\\{[^{}]*\\}");
        var word = words[random.Next(words.Count)];
        var valid = (string[])["null", "true", "-1", "1e400", "99999999999999999999999", "0.1", "\"\"", "\"x\"", "{}", "[]", "\"50\"", "[1]", "{\"a\":{}}", "\"interval\"", "\"5s\""];
        return ConfigurationFolder.Good[..word.Index] + valid[random.Next(valid.Length)] + ConfigurationFolder.Good[(word.Index + word.Length)..];
    }
}
