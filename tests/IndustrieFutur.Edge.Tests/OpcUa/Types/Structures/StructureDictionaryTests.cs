using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types.Structures;

/// <summary>Structures that only their server knows, read, written and flattened by its definitions.</summary>
public sealed class StructureDictionaryTests
{
    private static readonly NodeId Point = new(2, 100);
    private static readonly NodeId PointEncoding = new(2, 101);
    private static readonly NodeId Pose = new(2, 200);
    private static readonly NodeId PoseEncoding = new(2, 201);
    private static readonly NodeId Choice = new(2, 300);
    private static readonly NodeId ChoiceEncoding = new(2, 301);
    private static readonly NodeId Mode = new(2, 400);

    private readonly StructureDictionary _types = Types();

    [Fact]
    public void Nested_structures_arrays_and_matrices_are_read_in_the_order_of_the_wire()
    {
        var body = Wire.Bytes((ref UaWriter writer) =>
        {
            writer.WriteUInt32(0b10);
            writer.WriteString("home");
            writer.WriteDouble(1.5);
            writer.WriteDouble(2.5);
            writer.WriteInt32(2);
            writer.WriteDouble(3);
            writer.WriteDouble(4);
            writer.WriteDouble(5);
            writer.WriteDouble(6);
            writer.WriteInt32Array([2, 2]);
            writer.WriteInt16(1);
            writer.WriteInt16(2);
            writer.WriteInt16(3);
            writer.WriteInt16(4);
            writer.WriteInt32(7);
        });
        var wire = new ExtensionObject(PoseEncoding, ExtensionObjectEncoding.ByteString, body);

        var value = _types.Decode(wire);

        Assert.NotNull(value);
        Assert.Equal(
            "name=home; origin.x=1.5; origin.y=2.5; path[0].x=3; path[0].y=4; path[1].x=5; path[1].y=6; "
            + "grid[0]=1; grid[1]=2; grid[2]=3; grid[3]=4; mode=7",
            Text(value));
        Assert.Equal(body, _types.Encode(value).Body);
    }

    [Fact]
    public void A_field_that_was_not_sent_is_not_there()
    {
        var value = new StructureValue(
            Pose,
            [
                new FieldValue("name", Variant.Of("x")),
                new FieldValue("speed", Variant.Of(0.25f)),
                new FieldValue("origin", Variant.Null, [PointOf(0, 0)]),
                new FieldValue("path", Variant.Null, [], IsArray: true),
                new FieldValue("grid", Variant.OfArray(BuiltInType.Int16, Array.Empty<short>(), [0, 0])),
            ]);

        var read = _types.Decode(_types.Encode(value));

        Assert.Equal("name=x; speed=0.25; origin.x=0; origin.y=0; path=[]; grid=[]", Text(read!));
    }

    [Theory]
    [InlineData("00000000", "")]
    [InlineData("01000000" + "05000000", "number=5")]
    [InlineData("02000000" + "000000000000F03F0000000000000040", "point.x=1; point.y=2")]
    public void A_union_holds_one_field_or_none(string hex, string text)
    {
        var value = _types.Decode(new ExtensionObject(ChoiceEncoding, ExtensionObjectEncoding.ByteString, Convert.FromHexString(hex)));

        Assert.Equal(text, Text(value!));
        Assert.Equal(hex, Convert.ToHexString(_types.Encode(value!).Body!));
    }

    [Theory]
    [InlineData("03000000")]
    [InlineData("0100")]
    [InlineData("02000000000000000000F03F")]
    public void Bytes_that_do_not_fit_are_refused(string hex)
    {
        var wire = new ExtensionObject(ChoiceEncoding, ExtensionObjectEncoding.ByteString, Convert.FromHexString(hex));

        Assert.Throws<UaDecodingException>(() => _types.Decode(wire));
    }

    [Fact]
    public void An_unknown_type_is_left_alone()
    {
        Assert.Null(_types.Decode(new ExtensionObject(new NodeId(9, 9), ExtensionObjectEncoding.ByteString, [1, 2, 3])));
        Assert.Null(_types.Decode(ExtensionObject.Null));
    }

    [Fact]
    public void A_type_that_contains_itself_ends_at_the_limit()
    {
        var types = new StructureDictionary();
        types.Add(Point, Definition(PointEncoding, StructureType.Structure, FieldOf("self", Point)));

        Assert.Throws<UaDecodingException>(() => types.Decode(new ExtensionObject(PointEncoding, ExtensionObjectEncoding.ByteString, [])));
    }

    [Fact]
    public void Structures_without_a_byte_are_counted_all_the_same()
    {
        var types = new StructureDictionary();
        types.Add(Point, Definition(PointEncoding, StructureType.Structure));
        types.Add(Pose, Definition(PoseEncoding, StructureType.Structure, FieldOf("a", Point, valueRank: 1), FieldOf("b", new NodeId(0, 15))));
        var body = Wire.Bytes((ref UaWriter writer) =>
        {
            writer.WriteInt32(900_000);
            writer.WriteByteString(new byte[1_000_000]);
        });

        var refused = Assert.Throws<UaDecodingException>(() => types.Decode(new ExtensionObject(PoseEncoding, ExtensionObjectEncoding.ByteString, body)));

        Assert.Contains("100000 structures", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_structure_without_a_field_it_needs_is_not_sent()
    {
        var refused = Assert.Throws<UaException>(() => _types.Encode(new StructureValue(Point, [new FieldValue("x", Variant.Of(1.0))])));

        Assert.Contains("'y'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_structure_in_an_extension_object_is_opened_when_it_is_known()
    {
        var types = new StructureDictionary();
        types.Add(Point, Definition(PointEncoding, StructureType.Structure, FieldOf("x", NodeIds.DoubleDataType)));
        types.Add(Pose, Definition(
            PoseEncoding,
            StructureType.StructureWithSubtypedValues,
            FieldOf("any", Choice, isOptional: true),
            FieldOf("speed", NodeIds.FloatDataType, isOptional: true),
            FieldOf("all", new NodeId(0, 22), valueRank: 1)));
        var point = new StructureValue(Point, [new FieldValue("x", Variant.Of(1.5))]);
        var unknown = new ExtensionObject(new NodeId(9, 9), ExtensionObjectEncoding.ByteString, [1, 2]);

        var known = types.Encode(new StructureValue(Pose, [new("any", Variant.Null, [point]), new("speed", Variant.Of(2f)), new("all", Variant.Null, [point, point], IsArray: true)]));
        var mixed = types.Encode(new StructureValue(
            Pose, [new("any", Variant.Of(unknown)), new("speed", Variant.Of(2f)), new("all", Variant.OfArray(BuiltInType.ExtensionObject, new[] { types.Encode(point), unknown }))]));

        Assert.Equal("any.x=1.5; speed=2; all[0].x=1.5; all[1].x=1.5", Text(types.Decode(known)!));
        Assert.Equal("any={ns=9;i=9, 2 bytes}; speed=2; all[0]={ns=2;i=101, 8 bytes}; all[1]={ns=9;i=9, 2 bytes}", Text(types.Decode(mixed)!));
    }

    [Fact]
    public void A_matrix_of_structures_keeps_its_shape_and_an_array_that_is_null_stays_null()
    {
        var types = new StructureDictionary();
        types.Add(Point, Definition(PointEncoding, StructureType.Structure, FieldOf("x", NodeIds.Int16DataType)));
        types.Add(Pose, Definition(PoseEncoding, StructureType.Structure, FieldOf("grid", Point, valueRank: 2), FieldOf("path", Point, valueRank: 1)));
        const string Hex = "02000000" + "02000000" + "01000000" + "0700" + "0800" + "FFFFFFFF";

        var read = types.Decode(new ExtensionObject(PoseEncoding, ExtensionObjectEncoding.ByteString, Convert.FromHexString(Hex)))!;

        Assert.Equal([2, 1], read.Fields[0].Dimensions!);
        Assert.Equal("grid[0].x=7; grid[1].x=8; path=", Text(read));
        Assert.Equal(Hex, Convert.ToHexString(types.Encode(read).Body!));
    }

    [Fact]
    public void Definitions_that_cannot_be_are_left_out()
    {
        var types = new StructureDictionary();
        var optional = Enumerable.Range(0, 33).Select(index => FieldOf("f" + index, NodeIds.DoubleDataType, isOptional: true)).ToArray();

        types.Add(Point, Definition(PointEncoding, StructureType.Structure, FieldOf("x", NodeIds.DoubleDataType), FieldOf("x", NodeIds.DoubleDataType)));
        types.Add(Pose, Definition(PoseEncoding, StructureType.StructureWithOptionalFields, optional));
        types.Add(Choice, Definition(ChoiceEncoding, StructureType.StructureWithOptionalFields, optional[..32]));

        Assert.False(types.Knows(Point));
        Assert.False(types.Knows(Pose));
        Assert.True(types.Knows(Choice));
    }

    [Fact]
    public void Names_without_end_and_leaves_without_number_are_left_out()
    {
        var types = new StructureDictionary();
        types.Add(Point, Definition(
            PointEncoding,
            StructureType.Structure,
            FieldOf(new string('n', StructureValue.NameCharsMax + 1), NodeIds.BooleanDataType),
            FieldOf("many", NodeIds.BooleanDataType, valueRank: 1)));
        var body = Wire.Bytes((ref UaWriter writer) =>
        {
            writer.WriteBoolean(true);
            writer.WriteBooleanArray(new bool[StructureValue.LeavesMax + 1]);
        });

        var leaves = types.Decode(new ExtensionObject(PointEncoding, ExtensionObjectEncoding.ByteString, body))!.Flatten();

        Assert.Equal(StructureValue.LeavesMax, leaves.Count);
        Assert.All(leaves.Keys, name => Assert.StartsWith("many[", name, StringComparison.Ordinal));
    }

    private static StructureDictionary Types()
    {
        var types = new StructureDictionary();
        types.AddEnumeration(Mode);
        types.Add(Point, Definition(PointEncoding, StructureType.Structure, FieldOf("x", NodeIds.DoubleDataType), FieldOf("y", NodeIds.DoubleDataType)));
        types.Add(Pose, Definition(
            PoseEncoding,
            StructureType.StructureWithOptionalFields,
            FieldOf("name", NodeIds.StringDataType),
            FieldOf("speed", NodeIds.FloatDataType, isOptional: true),
            FieldOf("origin", Point),
            FieldOf("path", Point, valueRank: 1),
            FieldOf("grid", NodeIds.Int16DataType, valueRank: 2),
            FieldOf("mode", Mode, isOptional: true)));
        types.Add(Choice, Definition(ChoiceEncoding, StructureType.Union, FieldOf("number", NodeIds.UInt32DataType), FieldOf("point", Point)));
        return types;
    }

    private static StructureDefinition Definition(NodeId encoding, StructureType type, params StructureField[] fields) =>
        new() { DefaultEncodingId = encoding, StructureType = type, Fields = fields };

    private static StructureField FieldOf(string name, uint dataType, int valueRank = -1, bool isOptional = false) =>
        FieldOf(name, new NodeId(0, dataType), valueRank, isOptional);

    private static StructureField FieldOf(string name, NodeId dataType, int valueRank = -1, bool isOptional = false) =>
        new() { Name = name, DataType = dataType, ValueRank = valueRank, IsOptional = isOptional };

    private static StructureValue PointOf(double x, double y) =>
        new(Point, [new FieldValue("x", Variant.Of(x)), new FieldValue("y", Variant.Of(y))]);

    private static string Text(StructureValue value) =>
        string.Join("; ", value.Flatten().Select(leaf => $"{leaf.Key}={leaf.Value}"));
}
