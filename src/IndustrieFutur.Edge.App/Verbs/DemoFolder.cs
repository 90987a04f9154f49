using System.Diagnostics;
using System.Globalization;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Where a demonstration's simulated serial ports are, named after its process, so that the next one can clear away what a killed one left.</summary>
internal sealed class DemoFolder : IDisposable
{
    private const string Prefix = "ifedge-demo-";

    public DemoFolder()
    {
        foreach (var left in Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*").Where(IsLeft))
        {
            Drop(left);
        }

        Path = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-")).FullName;
    }

    public string Path { get; }

    public void Dispose() => Drop(Path);

    /// <summary>One of our own number is of a process before us: a container's first process has the same number each time.</summary>
    private static bool IsLeft(string folder)
    {
        var parts = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process))
        {
            return false;
        }

        try
        {
            using var owner = Process.GetProcessById(process);
            return process == Environment.ProcessId;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>What cleans up temporary files may have been quicker; another user's is his.</summary>
    private static void Drop(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It holds a few links and no data.
        }
    }
}
