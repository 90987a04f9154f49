using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>Each generated structure reads what it wrote: to the last byte, whatever it holds.</summary>
public sealed class GeneratedStructureTests
{
    [Fact]
    public void Every_structure_comes_back_as_it_was_written()
    {
        Prop.ForAll<int>(seed =>
        {
            var values = new RandomValues(seed);

            Assert.All(StructureTable.Types, type => ComesBack(values.Filled(type)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_empty_structure_comes_back_as_well()
    {
        Assert.InRange(StructureTable.Types.Count, 149, int.MaxValue);
        Assert.All(StructureTable.Types, type => ComesBack((IUaStructure)Activator.CreateInstance(type)!));
    }

    [Fact]
    public void No_piece_of_a_structure_is_taken_for_the_whole()
    {
        Assert.All(StructureTable.Types, type =>
        {
            var bytes = StructureTable.EncodeMessage(new RandomValues(type.Name.Length).Filled(type));

            Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<UaDecodingException>(() => Decode(bytes[..length])));
        });
    }

    private static IUaStructure Decode(byte[] bytes)
    {
        var reader = new UaReader(bytes);
        return StructureTable.DecodeMessage(ref reader);
    }

    private static void ComesBack(IUaStructure structure)
    {
        var written = StructureTable.EncodeMessage(structure);
        var reader = new UaReader(written);

        var read = StructureTable.DecodeMessage(ref reader);

        Assert.IsType(structure.GetType(), read);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(Convert.ToHexString(written), Convert.ToHexString(StructureTable.EncodeMessage(read)));
    }
}
