using IndustrieFutur.Edge.Historian;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What the embedded store of a proof's cell holds: the values of each signal ("device/signal"), in the order of their time.</summary>
internal static class StoredRows
{
    private const int SamplesMax = 10_000_000;

    public static Dictionary<string, IReadOnlyList<double>> Read(string dataDirectory)
    {
        var rows = new Dictionary<string, IReadOnlyList<double>>();
        Each(dataDirectory, (signal, samples) => rows[signal] = [.. samples.Select(sample => sample.AsDouble)]);
        return rows;
    }

    /// <summary>Shows one signal after the other, for when all of them at once are too many.</summary>
    public static void Each(string dataDirectory, Action<string, IReadOnlyList<StoredSample>> show)
    {
        foreach (var file in Directory.GetFiles(dataDirectory, "historian-*.db"))
        {
            using var reader = EmbeddedReader.Open(file);
            foreach (var signal in reader.Signals())
            {
                show($"{signal.Device}/{signal.Signal}", reader.Read(signal, 0, long.MaxValue, SamplesMax));
            }
        }
    }

    /// <summary>The samples of one signal, in the order of their time.</summary>
    public static IReadOnlyList<StoredSample> Samples(string dataDirectory, string name)
    {
        using var reader = EmbeddedReader.Open(Directory.GetFiles(dataDirectory, "historian-*.db").Single());
        var signal = reader.Signals().Single(signal => $"{signal.Device}/{signal.Signal}" == name);
        return reader.Read(signal, 0, long.MaxValue, SamplesMax);
    }

    /// <summary>All samples of all signals.</summary>
    public static long Count(string dataDirectory)
    {
        using var reader = EmbeddedReader.Open(Directory.GetFiles(dataDirectory, "historian-*.db").Single());
        return reader.Count();
    }
}
