using System.Diagnostics;
using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Which system calls a thread of a process makes, by strace.</summary>
internal static class SystemCalls
{
    public static string[] Of(int process, string thread, TimeSpan span)
    {
        var task = Directory.GetDirectories($"/proc/{process}/task").Single(folder => File.ReadAllText(Path.Combine(folder, "comm")).Trim() == thread);
        var seconds = span.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("timeout", ["--signal=INT", seconds, "strace", "-c", "-p", Path.GetFileName(task)]) { RedirectStandardError = true };
        using var strace = Process.Start(start)!;
        var said = strace.StandardError.ReadToEnd();
        strace.WaitForExit();
        return [.. said.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(IsCall).Select(words => words[^1]).Order()];
    }

    /// <summary>A row of the table: a share, seconds, microseconds a call, calls, the name.</summary>
    private static bool IsCall(string[] words) =>
        words.Length >= 5 && double.TryParse(words[0], CultureInfo.InvariantCulture, out _) && words[^1] != "total";
}
