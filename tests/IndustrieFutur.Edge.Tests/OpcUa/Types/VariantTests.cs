using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>Variants of every type, alone, as array and as matrix, and the ones that lie.</summary>
public sealed class VariantTests
{
    public static TheoryData<Variant, string> Known => new()
    {
        { Variant.Null, "00" },
        { Variant.Of(true), "0101" },
        { Variant.Of((sbyte)-2), "02FE" },
        { Variant.Of((byte)200), "03C8" },
        { Variant.Of((short)123), "047B00" },
        { Variant.Of((ushort)65535), "05FFFF" },
        { Variant.Of(-1), "06FFFFFFFF" },
        { Variant.Of(7u), "0707000000" },
        { Variant.Of(5L), "080500000000000000" },
        { Variant.Of(ulong.MaxValue), "09FFFFFFFFFFFFFFFF" },
        { Variant.Of(1.5f), "0A0000C03F" },
        { Variant.Of(3.25), "0B0000000000000A40" },
        { Variant.Of("x"), "0C0100000078" },
        { Variant.Of((string?)null), "0CFFFFFFFF" },
        { Variant.OfDateTime(UaTime.UnixEpoch), "0D00803ED5DEB19D01" },
        { Variant.OfByteString([0, 255]), "0F0200000000FF" },
        { Variant.Of(new NodeId(0, 85)), "110055" },
        { Variant.OfStatusCode(0x80310000), "1300003180" },
        { Variant.Of(new QualifiedName(2, "a")), "1402000100000061" },
        { Variant.Of(new LocalizedText("fr", "é")), "1503020000006672" + "02000000C3A9" },
        { Variant.Of(new LocalizedText(null, null)), "1500" },
        { Variant.OfScalar(BuiltInType.DataValue, new DataValue(Variant.Of(true))), "17010101" },
        { Variant.Of(ExtensionObject.Null), "16000000" },
        { Variant.OfArray(BuiltInType.Double, new[] { 2.0, 3.0 }), "8B0200000000000000000000400000000000000840" },
        { Variant.OfArray(BuiltInType.Int16, null), "84FFFFFFFF" },
        { Variant.OfArray(BuiltInType.Byte, new byte[] { 1, 2 }), "83020000000102" },
        { Variant.OfArray(BuiltInType.Byte, new byte[] { 1, 2 }, [2, 1]), "C302000000010202000000" + "0200000001000000" },
        { Variant.OfArray(BuiltInType.Variant, new[] { Variant.Of(true), Variant.Null }), "9802000000010100" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_value_is_written_and_read_as_the_standard_says(Variant value, string hex)
    {
        var written = Wire.Hex((ref UaWriter writer) => writer.WriteVariant(value));
        var read = new UaReader(Convert.FromHexString(hex)).ReadVariant();

        Assert.Equal(hex, written);
        Assert.Equal(value.Type, read.Type);
        Assert.Equal(hex, Wire.Hex((ref UaWriter writer) => writer.WriteVariant(read)));
    }

    [Theory]
    [InlineData("1A0100000000", "0F0100000000")]
    [InlineData("1F00000000", "0F00000000")]
    public void A_type_that_is_reserved_is_read_as_a_byte_string(string hex, string asByteString)
    {
        var read = new UaReader(Convert.FromHexString(hex)).ReadVariant();

        Assert.Equal(asByteString, Wire.Hex((ref UaWriter writer) => writer.WriteVariant(read)));
    }

    [Theory]
    [InlineData("20")]
    [InlineData("3F00")]
    [InlineData("80")]
    [InlineData("4106")]
    [InlineData("1801")]
    [InlineData("86FFFFFF7F")]
    [InlineData("86FEFFFFFF")]
    [InlineData("8603000000010000000200")]
    [InlineData("C600000000020000000100000001000000")]
    [InlineData("C1020000000101020000000000008000000080")]
    [InlineData("0C7FFFFFFF41")]
    [InlineData("0CFEFFFFFF")]
    [InlineData("0B0000")]
    [InlineData("1106")]
    [InlineData("16005503")]
    public void A_value_that_lies_is_refused(string hex)
    {
        Assert.Throws<UaDecodingException>(() => new UaReader(Convert.FromHexString(hex)).ReadVariant());
    }

    [Fact]
    public void Nesting_ends_at_the_limit()
    {
        var bytes = Enumerable.Repeat(new byte[] { 0x98, 1, 0, 0, 0 }, 5000).SelectMany(level => level).Append((byte)0).ToArray();

        var refused = Assert.Throws<UaDecodingException>(() => new UaReader(bytes).ReadVariant());

        Assert.Contains("100 deep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnostic_infos_nest_no_deeper_either()
    {
        var bytes = Enumerable.Repeat((byte)0x40, 100_000).ToArray();

        Assert.Throws<UaDecodingException>(() => new UaReader(bytes).ReadDiagnosticInfo());
        Assert.Throws<UaDecodingException>(() => new UaReader(bytes).SkipDiagnosticInfo());
    }

    [Fact]
    public void A_long_array_is_not_believed_before_its_bytes_are_there()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<UaDecodingException>(() => new UaReader([0x8B, 0xFF, 0xFF, 0x0E, 0x00, 1, 2, 3]).ReadVariant());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void A_value_of_another_type_than_it_says_is_not_sent()
    {
        var value = Variant.OfScalar(BuiltInType.Int32, "seven");

        var refused = Assert.Throws<UaException>(() => Wire.Hex((ref UaWriter writer) => writer.WriteVariant(value)));

        Assert.Contains("String was to be sent as Int32", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x3F)]
    [InlineData(0x00)]
    [InlineData(0x15)]
    [InlineData(0x2E)]
    public void A_data_value_keeps_the_parts_it_came_with(byte mask)
    {
        var value = new DataValue
        {
            Fields = (DataValueFields)mask,
            Value = Variant.Of(7),
            Status = 0x40920000,
            SourceTimestamp = 1,
            SourcePicoseconds = 2,
            ServerTimestamp = 3,
            ServerPicoseconds = 4,
        };

        var bytes = Wire.Bytes((ref UaWriter writer) => writer.WriteDataValue(value));
        var read = new UaReader(bytes).ReadDataValue();

        Assert.Equal(mask, bytes[0]);
        Assert.Equal(bytes, Wire.Bytes((ref UaWriter writer) => writer.WriteDataValue(read)));
    }

    [Fact]
    public void The_locale_of_a_diagnostic_info_comes_before_its_text()
    {
        var info = new DiagnosticInfo { Locale = 1, LocalizedText = 2, Inner = new DiagnosticInfo { InnerStatusCode = 3 } };

        var hex = Wire.Hex((ref UaWriter writer) => writer.WriteDiagnosticInfo(info));

        Assert.Equal("4C01000000020000002003000000", hex);
        Assert.Equal(hex, Wire.Hex((ref UaWriter writer) => writer.WriteDiagnosticInfo(new UaReader(Convert.FromHexString(hex)).ReadDiagnosticInfo())));
    }

    [Fact]
    public void People_read_values_without_a_culture()
    {
        Assert.Equal("3.25", Variant.Of(3.25).ToString());
        Assert.Equal("true", Variant.Of(true).ToString());
        Assert.Equal("1970-01-01T00:00:00.0000000Z", Variant.OfDateTime(UaTime.UnixEpoch).ToString());
        Assert.Equal("[1, 2]", Variant.OfArray(BuiltInType.Int32, new[] { 1, 2 }).ToString());
    }

    [Fact]
    public void Arrays_within_arrays_count_each_byte_once()
    {
        // Each of the nested arrays claims as many elements as bytes are left in all.
        var hostile = Enumerable.Repeat(new byte[] { 0x98, 0x00, 0x20, 0x00, 0x00 }, 90).SelectMany(level => level).Concat(new byte[0x2000]).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<UaDecodingException>(() => new UaReader(hostile).ReadVariant());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, hostile.Length * 64);
    }
}
