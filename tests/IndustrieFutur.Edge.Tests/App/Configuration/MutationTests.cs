using System.Text;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>Whatever stands in the file, reading it ends: in order, or with mistakes that each have a place and a sentence.</summary>
public sealed partial class MutationTests : IDisposable
{
    /// <summary>Four hundred change nearly every word of a file once, and all files together take some seconds.</summary>
    private const int Rounds = 400;

    private static readonly string[] Scraps =
    [
        "", "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e400", "99999999999999999999999", "0.1", "\"\"", "\"x\"", "{}", "[]", "\"\\ud800\"",
        "\"50\"", "\"driver\"", "\"bench\"", "//", "/*", "\0", "é", "\n", "\"edge\":", "\"signals\": {}", "\"path\\u0000\": 1,", "\"..\": {},", "[[[[", "\"env:\"",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e400", "99999999999999999999999", "0.1", "\"\"", "\"x\"", "{}", "[]", "\"50\"", "[1]", "{\"a\":{}}", "\"interval\"", "\"5s\"",
        "\"4x65535\"", "\"40000\"", "\"string\"", "\"DCBA\"", "65536", "{ \"host\": \"\" }",
    ];

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Sources => [.. (string[])["the bench's", .. ProjectConfigurations.All]];

    [Theory]
    [MemberData(nameof(Sources))]
    public void No_mutation_of_a_good_file_throws_or_says_nothing(string source)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var good = source == "the bench's" ? ConfigurationFolder.Good : File.ReadAllText(Path.Combine(ProjectConfigurations.Root, source));
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var content = random.Next(2) == 0 ? Mutated(good, random) : ValueMutated(good, random);

            var reading = Read(content, seed, round);

            var isRefused = reading.Configuration is null;
            Assert.True(isRefused == (reading.Mistakes.Count > 0), $"seed {seed}, round {round}");
            Assert.All(reading.Mistakes, mistake => Assert.True(
                mistake.Place.Line > 0 && mistake.Place.Column > 0 && mistake.Message.Length > 10,
                $"seed {seed}, round {round}: {mistake}"));
            refused += isRefused ? 1 : 0;
        }

        Assert.InRange(refused, Rounds / 4, Rounds - 1);
    }

    private ConfigurationReading Read(string content, int seed, int round)
    {
        try
        {
            var file = _folder.Write("edge.json", content);
            return EdgeConfiguration.Load(file, [BenchOptions.Kind, .. DriverCatalog.All], new Dictionary<string, string>());
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"seed {seed}, round {round}, on:\n{content}", exception);
        }
    }

    private static string Mutated(string good, Random random)
    {
        var text = new StringBuilder(good);
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

        return text.ToString();
    }

    /// <summary>Exchanges one whole value or key by a scrap that is valid JSON, so that the binder and not the reader is met.</summary>
    private static string ValueMutated(string good, Random random)
    {
        var words = Word().Matches(good);
        var word = words[random.Next(words.Count)];
        return good[..word.Index] + Values[random.Next(Values.Length)] + good[(word.Index + word.Length)..];
    }

    [GeneratedRegex("\"[^\"]*\"|[0-9.]+|\\{[^{}]*\\}")]
    private static partial Regex Word();
}
