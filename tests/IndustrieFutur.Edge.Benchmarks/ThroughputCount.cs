using System.Globalization;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Where the measured process is at one moment; travels as a line of text.</summary>
/// <param name="Written">Samples put into the ring.</param>
/// <param name="Refused">Samples for which the ring had no room.</param>
/// <param name="Stored">Samples that the watermark says are stored.</param>
/// <param name="Dropped">Samples that the spool gave up.</param>
/// <param name="Pending">Samples in the spool.</param>
/// <param name="SpoolBytes">Allocated by the thread that accepts samples.</param>
/// <param name="DiskBytes">Allocated by the thread that commits them.</param>
/// <param name="AllBytes">Allocated by the whole process.</param>
/// <param name="Messages">Acknowledged by the broker.</param>
internal sealed record ThroughputCount(
    long Written, long Refused, long Stored, long Dropped, long Pending, long SpoolBytes, long DiskBytes, long AllBytes, long Messages)
{
    public override string ToString() =>
        string.Join(' ', new[] { Written, Refused, Stored, Dropped, Pending, SpoolBytes, DiskBytes, AllBytes, Messages });

    public static ThroughputCount Parse(string line)
    {
        var numbers = Array.ConvertAll(line.Split(' '), word => long.Parse(word, CultureInfo.InvariantCulture));
        return new ThroughputCount(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8]);
    }
}
