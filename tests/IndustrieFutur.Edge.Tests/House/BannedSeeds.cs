using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>A hot project that uses each banned symbol once, built by the compiler with the repository's own settings: what it refuses is what the house bans.</summary>
internal static partial class BannedSeeds
{
    /// <summary>A cold build on a machine that does much else.</summary>
    private static readonly TimeSpan BuildMax = TimeSpan.FromSeconds(60);

    /// <summary>Each symbol as the lists name it, and a line that uses it.</summary>
    private static readonly (string Symbol, string Line)[] Uses =
    [
        ("N:System.Linq", "public static object Use() => System.Linq.Enumerable.Empty<int>();"),
        ("N:System.Threading.Tasks", "public static object Use() => System.Threading.Tasks.Task.CompletedTask;"),
        ("N:System.Collections.Concurrent", "public static object Use() => new System.Collections.Concurrent.ConcurrentQueue<int>();"),
        ("N:System.IO", "public static object Use() => System.IO.Path.GetTempPath();"),
        ("N:Microsoft.Extensions.Logging", "public static object Use() => Microsoft.Extensions.Logging.Made.Object;"),
        ("T:System.Threading.Monitor", "public static void Use(object gate) => System.Threading.Monitor.Enter(gate);"),
        ("T:System.Threading.Lock", "public static object Use() => new System.Threading.Lock();"),
        ("P:System.DateTime.Now", "public static object Use() => System.DateTime.Now;"),
        ("P:System.DateTimeOffset.Now", "public static object Use() => System.DateTimeOffset.Now;"),
        ("P:System.DateTime.UtcNow", "public static object Use() => System.DateTime.UtcNow;"),
        ("M:System.Threading.Tasks.Task.Delay(System.Int32)", "public static object Use() => System.Threading.Tasks.Task.Delay(1);"),
        ("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)", "public static object Use() => System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero);"),
        ("M:System.Threading.Tasks.Task.Delay(System.Int32,System.Threading.CancellationToken)", "public static object Use() => System.Threading.Tasks.Task.Delay(1, default(System.Threading.CancellationToken));"),
        ("M:System.Threading.Tasks.Task.Delay(System.TimeSpan,System.Threading.CancellationToken)", "public static object Use() => System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero, default(System.Threading.CancellationToken));"),
        ("M:System.Threading.Thread.Sleep(System.Int32)", "public static void Use() => System.Threading.Thread.Sleep(1);"),
        ("M:System.Threading.Thread.Sleep(System.TimeSpan)", "public static void Use() => System.Threading.Thread.Sleep(System.TimeSpan.Zero);"),
        ("M:System.Guid.NewGuid", "public static object Use() => System.Guid.NewGuid();"),
    ];

    /// <summary>The symbols that the house bans, as its lists name them.</summary>
    public static IReadOnlyList<string> Banned =>
        [.. new[] { "BannedSymbols.txt", "BannedSymbols.Hot.txt" }
            .SelectMany(list => File.ReadLines(Repository.PathOf("src", list)))
            .Where(line => line.Length > 0)
            .Select(line => line.Split(';')[0])];

    /// <summary>The symbols that a seed uses.</summary>
    public static IReadOnlyList<string> Seeded => [.. Uses.Select(use => use.Symbol)];

    /// <summary>Builds the seeds and returns the symbols whose use was refused, and what else was said.</summary>
    public static (IReadOnlyList<string> Refused, string Said) Build()
    {
        var folder = Directory.CreateTempSubdirectory("edge-banned-").FullName;
        try
        {
            Write(folder);
            var said = Run("dotnet", "build", Path.Combine(folder, "Seeds.csproj"), "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false");
            var lines = Refusal().Matches(said).Select(match => int.Parse(match.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
            return ([.. Uses.Where((_, index) => lines.Contains(index + 1)).Select(use => use.Symbol)], said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One seed a line, from the first on; the settings are those of the repository, which the files that MSBuild looks for bring in.</summary>
    private static void Write(string folder)
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(folder, file), $"""<Project><Import Project="{Repository.PathOf(file)}" /></Project>""");
        }

        File.WriteAllText(
            Path.Combine(folder, "Seeds.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><PathTemperature>hot</PathTemperature><TreatWarningsAsErrors>false</TreatWarningsAsErrors><EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild></PropertyGroup>
            </Project>
            """);
        File.WriteAllLines(Path.Combine(folder, "Seeds.cs"), Uses.Select((use, index) => $"internal static class Seed{index} {{ {use.Line} }}"));
        File.WriteAllText(Path.Combine(folder, "Made.cs"), "namespace Microsoft.Extensions.Logging { internal static class Made { public static readonly object Object = new(); } }");
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(BuildMax))
        {
            process.Kill(entireProcessTree: true);
        }

        return said.GetAwaiter().GetResult() + complained.GetAwaiter().GetResult();
    }

    [GeneratedRegex(@"Seeds\.cs\((?<line>\d+),\d+\): (warning|error) RS0030")]
    private static partial Regex Refusal();
}
