using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types.Structures;

/// <summary>Whatever a server defines: a value that was written is read back with the same names and values, and written again to the same bytes.</summary>
public sealed class StructurePropertyTests
{
    [Fact]
    public void A_value_of_any_definition_survives_the_round_trip()
    {
        Prop.ForAll<int>(seed =>
        {
            var made = new RandomStructures(seed);
            var value = made.Value();

            var wire = made.Types.Encode(value);
            var read = made.Types.Decode(wire)!;

            Assert.Equal(Leaves(value), Leaves(read));
            Assert.Equal(Convert.ToHexString(wire.Body!), Convert.ToHexString(made.Types.Encode(read).Body!));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void A_value_that_lacks_its_last_byte_is_refused()
    {
        Prop.ForAll<int>(seed =>
        {
            var made = new RandomStructures(seed);
            var wire = made.Types.Encode(made.Value());
            var cut = new ExtensionObject(wire.TypeId, wire.Encoding, wire.Body![..^(wire.Body.Length == 0 ? 0 : 1)]);

            var isRefused = Record.Exception(() => made.Types.Decode(cut)) is UaDecodingException;

            Assert.Equal(wire.Body.Length > 0, isRefused);
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Leaves(IndustrieFutur.Edge.OpcUa.Types.Structures.StructureValue value) =>
        value.Flatten().Select(leaf => $"{leaf.Key} {leaf.Value.Type} {leaf.Value}");
}
