using IndustrieFutur.Edge.Historian;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What the embedded store of a proof's cell holds: the values of each signal ("device/signal"), in the order of their time.</summary>
internal static class StoredRows
{
    private const int SamplesMax = 10_000_000;

    public static Dictionary<string, IReadOnlyList<double>> Read(string dataDirectory)
    {
        var rows = new Dictionary<string, IReadOnlyList<double>>();
        foreach (var file in Directory.GetFiles(dataDirectory, "historian-*.db"))
        {
            using var reader = EmbeddedReader.Open(file);
            foreach (var signal in reader.Signals())
            {
                rows[$"{signal.Device}/{signal.Signal}"] = [.. reader.Read(signal, 0, long.MaxValue, SamplesMax).Select(sample => sample.AsDouble)];
            }
        }

        return rows;
    }
}
