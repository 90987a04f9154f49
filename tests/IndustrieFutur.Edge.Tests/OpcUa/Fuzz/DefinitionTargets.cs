using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;
using IndustrieFutur.Edge.Tests.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Structures that only their server knows: damaged values, and damaged definitions of them.</summary>
internal static class DefinitionTargets
{
    private const int SeedsCount = 40;

    /// <summary>A leaf of one byte is given a name, a box and a place in a dictionary.</summary>
    private const int BytesPerByte = 1_024;

    /// <summary>What a definition of empty structures can ask for: 100,000 of them, the announced limit, with a list each.</summary>
    private const long EmptyStructuresBytes = 100_000 * 256;

    private static readonly NodeId Type = new(1, 1);
    private static readonly NodeId Encoding = new(1, 2);

    public static IEnumerable<FuzzTarget> All()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var made = new RandomStructures(seed);
            var values = Enumerable.Range(0, SeedsCount).Select(_ => made.Types.Encode(made.Value())).ToList();
            yield return new FuzzTarget(
                $"structure by definition {seed}",
                [.. values.Select(value => value.Body!)],
                (buffer, length) => made.Types.Decode(new ExtensionObject(values[0].TypeId, ExtensionObjectEncoding.ByteString, buffer[..length]))?.Flatten())
            {
                BytesPerByte = BytesPerByte,
            };
        }

        yield return new FuzzTarget("definition of a structure", [.. Enumerable.Range(0, SeedsCount).Select(DefinitionAndValue)], DecodeBoth)
        {
            BytesAtLeast = EmptyStructuresBytes,
            BytesPerByte = BytesPerByte,
        };
    }

    private static byte[] DefinitionAndValue(int seed)
    {
        var values = new RandomValues(seed);
        var definition = new StructureDefinition
        {
            StructureType = values.Any(Enum.GetValues<StructureType>()),
            Fields = [.. Enumerable.Range(0, 5).Select(index => FieldOf(index, values))],
        };
        return Wire.Bytes((ref UaWriter writer) =>
        {
            definition.Encode(ref writer);
            foreach (var type in definition.Fields)
            {
                writer.WriteInt32(values.Random.Next(4));
            }
        });
    }

    /// <summary>Now and then the type contains itself.</summary>
    private static StructureField FieldOf(int index, RandomValues values) => new()
    {
        Name = "f" + index,
        DataType = values.Maybe(3) ? Type : new NodeId(0, (uint)values.Any(RandomValues.Types)),
        ValueRank = values.Any([-1, 1, 2]),
        IsOptional = values.Maybe(2),
    };

    private static void DecodeBoth(byte[] buffer, int length)
    {
        var reader = new UaReader(buffer.AsSpan(0, length));
        var definition = StructureDefinition.Decode(ref reader);
        definition.DefaultEncodingId = Encoding;
        var types = new StructureDictionary();
        types.Add(Type, definition);
        types.Decode(new ExtensionObject(Encoding, ExtensionObjectEncoding.ByteString, reader.Rest.ToArray()))?.Flatten();
    }
}
