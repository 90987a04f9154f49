using System.Diagnostics;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The foreign peers in C of tests/peers, compiled once for a run of the tests.</summary>
internal static class Peers
{
    private static readonly Lazy<string> Folder = new(Build);

    public static string Program(string name) => Path.Combine(Folder.Value, name);

    private static string Build()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "peers");
        var script = Path.Combine(Repository(), "tests", "peers", "build");
        using var build = Process.Start(new ProcessStartInfo("bash", [script, folder]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = build.StandardError.ReadToEnd() + build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0
            ? folder
            : throw new InvalidOperationException($"The foreign peers cannot be built (apt-get install gcc libmodbus-dev): {said}");
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndustrieFutur.Edge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
