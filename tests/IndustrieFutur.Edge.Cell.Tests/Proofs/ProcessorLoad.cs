using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>How busy the whole machine was since this was made, from /proc/stat: whether a rate was the load's or the machine's.</summary>
internal sealed class ProcessorLoad
{
    /// <summary>proc_stat(5): user, nice, system, idle, iowait, ...; the last two are waiting.</summary>
    private const int Idle = 3;

    private readonly long[] _before = Read();

    /// <summary>Share of all processors' time that somebody used, 0 to 1.</summary>
    public double Busy()
    {
        var spent = Read().Zip(_before, (now, before) => now - before).ToArray();
        return 1 - ((double)(spent[Idle] + spent[Idle + 1]) / Math.Max(1, spent.Sum()));
    }

    private static long[] Read() =>
        [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
}
