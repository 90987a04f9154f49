using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.Tests.App.OpcUa;

/// <summary>How arrays and structures are taken apart for a person, and what of them is left out.</summary>
public sealed class OpenedValueTests
{
    private static readonly NodeId Type = new(2, 10);
    private static readonly NodeId Encoding = new(2, 11);

    [Fact]
    public void A_plain_value_has_no_parts()
    {
        var opened = new OpenedValue(Variant.Of(1.5), new StructureDictionary());

        Assert.Empty(opened.Parts);
        Assert.Equal(("1.5", "1.5", ""), (opened.Text, opened.ToJson()!.ToJsonString(), opened.Cut));
    }

    [Fact]
    public void Elements_of_a_matrix_are_named_by_row_and_column()
    {
        var opened = new OpenedValue(Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]), new StructureDictionary());

        Assert.Equal(["[0,0]", "[0,1]", "[0,2]", "[1,0]", "[1,1]", "[1,2]"], opened.Parts.Select(part => part.Name));
        Assert.Equal("[1,2,3,4,5,6]", opened.ToJson()!.ToJsonString());
    }

    [Fact]
    public void Of_a_long_array_the_first_elements_are_parts_and_that_is_said()
    {
        var opened = new OpenedValue(Variant.OfArray(BuiltInType.Double, new double[10_000]), new StructureDictionary());

        Assert.Equal((16, "array with 10,000 elements (only the first 16)"), (opened.Parts.Count, opened.Cut));
    }

    [Fact]
    public void Elements_that_are_structures_are_opened_into_fields()
    {
        var types = Types(Field("Speed", BuiltInType.Double), Field("Raw", BuiltInType.ByteString));
        var values = Enumerable.Range(1, 2).Select(speed => types.Encode(new StructureValue(
            Type, [new FieldValue("Speed", Variant.Of((double)speed)), new FieldValue("Raw", Variant.OfByteString([1]))]))).ToArray();

        var opened = new OpenedValue(Variant.OfArray(BuiltInType.ExtensionObject, values), types);

        Assert.Equal(["[0].Speed f64", "[0].Raw ", "[1].Speed f64", "[1].Raw "], opened.Parts.Select(part => $"{part.Name} {part.SignalType}"));
        Assert.Equal("[{Speed: 1, Raw: 01}, {Speed: 2, Raw: 01}]", opened.Text);
        Assert.Equal("""[{"Speed":1,"Raw":"01"},{"Speed":2,"Raw":"01"}]""", opened.ToJson()!.ToJsonString());
    }

    [Fact]
    public void A_long_array_within_a_structure_does_not_push_out_the_fields_after_it()
    {
        var types = Types(Field("Curve", BuiltInType.Int32, valueRank: 1), Field("After", BuiltInType.Boolean));
        var value = types.Encode(new StructureValue(
            Type, [new FieldValue("Curve", Variant.OfArray(BuiltInType.Int32, new int[500])), new FieldValue("After", Variant.Of(true))]));

        var opened = new OpenedValue(Variant.Of(value), types);

        Assert.Equal((17, "After", "bool"), (opened.Parts.Count, opened.Parts[^1].Field, opened.Parts[^1].SignalType));
        Assert.Equal("structure with 501 fields and elements (only 17: 16 of an array, 100 in all)", opened.Cut);
    }

    [Theory]
    [InlineData(false, "Int32[] that is empty now")]
    [InlineData(true, "Int32[] without a value now")]
    public void An_array_without_elements_within_a_structure_is_no_signal_and_that_is_said(bool isNull, string said)
    {
        var types = Types(Field("Codes", BuiltInType.Int32, valueRank: 1), Field("After", BuiltInType.Boolean));
        var value = types.Encode(new StructureValue(
            Type, [new FieldValue("Codes", Variant.OfArray(BuiltInType.Int32, isNull ? null : Array.Empty<int>())), new FieldValue("After", Variant.Of(true))]));

        var opened = new OpenedValue(Variant.Of(value), types);

        Assert.Equal([("Codes", null), ("After", "bool")], opened.Parts.Select(part => (part.Field, part.SignalType)));
        Assert.Equal($"left out: 1 × {said}", LeftOut.OfConfiguration([Node("Tool", "Tool") with { Parts = opened.Parts }], chosenByGlob: false));
    }

    [Fact]
    public void A_structure_that_nobody_explains_stays_closed()
    {
        var opened = new OpenedValue(Variant.Of(new ExtensionObject(Encoding, ExtensionObjectEncoding.ByteString, new byte[] { 1, 2 })), new StructureDictionary());

        Assert.Empty(opened.Parts);
        Assert.Equal("{ns=2;i=11, 2 bytes}", opened.Text);
    }

    [Fact]
    public void A_field_whose_name_the_configuration_does_not_take_is_no_signal() =>
        Assert.Equal((null, "f64"), (new BrowsedPart("", "a..b", Variant.Of(1.0)).SignalType, new BrowsedPart("", "a[2].b c", Variant.Of(1.0)).SignalType));

    [Fact]
    public void What_is_left_out_is_counted_with_its_reason()
    {
        BrowsedNode[] nodes =
        [
            Node("Bytes", "ByteString"), Node("More", "ByteString"),
            Node("Curve", "Double[]") with { Parts = [new BrowsedPart("0", "", Variant.Of(1.0))], PartsCut = "array with 10,000 elements (only the first 16)" },
            Node("Tool", "Tool") with { Closed = " whose fields the server does not tell" },
            Node("Unit", "EUInformation") with { IsProperty = true },
            Node("Fine", "Double") with { SignalType = "f64" },
        ];

        Assert.Equal(
            "left out: 2 × ByteString, 1 × array with 10,000 elements (only the first 16), 1 × Tool whose fields the server does not tell, "
                + "1 × property (it describes its node; --match chooses properties too)",
            LeftOut.OfConfiguration(nodes, chosenByGlob: false));
        Assert.Equal("not every part is listed: 1 × array with 10,000 elements (only the first 16)", LeftOut.OfParts(nodes));
        Assert.Equal("", LeftOut.OfConfiguration(nodes[5..], chosenByGlob: false));
    }

    private static BrowsedNode Node(string name, string dataType) =>
        new() { Depth = 0, Path = name, Name = name, NodeClass = "Variable", Id = $"nsu=urn:x;s={name}", DataType = dataType };

    private static StructureField Field(string name, BuiltInType type, int valueRank = -1) => new() { Name = name, DataType = new NodeId(0, (uint)type), ValueRank = valueRank };

    private static StructureDictionary Types(params StructureField[] fields)
    {
        var types = new StructureDictionary();
        types.Add(Type, new StructureDefinition { DefaultEncodingId = Encoding, Fields = fields });
        return types;
    }
}
