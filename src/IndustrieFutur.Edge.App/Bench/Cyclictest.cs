using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>
/// Runs cyclictest (rt-tests), the reference of the field for wake-up latency, with the period and the rights of our loop.
/// </summary>
internal static class Cyclictest
{
    /// <summary>What to tell whoever has none.</summary>
    public const string HowToInstall = "sudo apt install rt-tests";

    /// <summary>It does nothing at all without real-time priority.</summary>
    public const string NeedsPriority = "cyclictest veut la priorité temps réel, refusée ici/needs real-time priority, refused here";

    /// <summary>Its histogram ends here, in microseconds; what is longer counts as its longest.</summary>
    private const int LongestMicros = 20_000;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>True when it is in the search path.</summary>
    public static bool IsHere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "cyclictest")));

    /// <summary>One run at 1 kHz. Throws <see cref="InvalidOperationException"/> with a sentence when it does not do its work.</summary>
    public static async Task<HistogramSnapshot> MeasureAsync(TimeSpan span, CancellationToken cancellationToken, int? cpu = null)
    {
        var loops = Math.Max(1, (long)span.TotalMilliseconds);
        var start = new ProcessStartInfo("cyclictest", string.Create(CultureInfo.InvariantCulture, $"-m -p 80 -i 1000 -t 1 -q -h {LongestMicros} -l {loops}{(cpu is null ? "" : $" -a {cpu}")}"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("cyclictest does not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(span + Grace);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? Parse(output) : throw new InvalidOperationException($"cyclictest ends with {process.ExitCode}: {(await errors).Trim().ReplaceLineEndings("; ")}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException("cyclictest does not end.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Lines of "microseconds count"; what was longer than the scale stands in comments behind them.</summary>
    internal static HistogramSnapshot Parse(string output)
    {
        using var memory = new HotMemory(LatencyHistogram.BytesNeeded);
        var histogram = new LatencyHistogram(memory);
        foreach (var line in output.Split('\n'))
        {
            var parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
            {
                Record(histogram, micros * 1_000L, Number(parts[1]));
            }
        }

        Record(histogram, After(output, "# Max Latencies:") * 1_000, After(output, "# Histogram Overflows:"));
        var snapshot = HistogramSnapshot.Of(histogram);
        return snapshot.Count > 0 ? snapshot : throw new InvalidOperationException("cyclictest printed no histogram.");
    }

    private static void Record(LatencyHistogram histogram, long nanos, long times)
    {
        for (var i = 0L; i < times; i++)
        {
            histogram.Record(nanos);
        }
    }

    private static long After(string output, string key) =>
        Number(output.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim() ?? "");

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
