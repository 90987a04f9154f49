using System.Globalization;

namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>Which structures are wanted, and the id of the binary encoding of each: the schema itself does not hold the ids of the services.</summary>
internal static class EncodingTable
{
    public static IReadOnlyDictionary<string, uint> Read(string file) =>
        File.ReadLines(file)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => uint.Parse(cells[1], CultureInfo.InvariantCulture));
}
