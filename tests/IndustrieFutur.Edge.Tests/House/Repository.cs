namespace IndustrieFutur.Edge.Tests.House;

/// <summary>The working copy that these tests were built from, for the guards that read its files.</summary>
internal static class Repository
{
    private static readonly string[] CodeFolders = ["src", "tests", "simulators"];

    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>All our files in src, tests and simulators, as paths below the root; what a build made is left out.</summary>
    public static IEnumerable<string> CodeFiles() =>
        CodeFolders
            .SelectMany(folder => Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "TestResults" or "BenchmarkDotNet.Artifacts"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IndustrieFutur.Edge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No IndustrieFutur.Edge.sln in or above {AppContext.BaseDirectory}: run the tests where they were built.");
    }
}
