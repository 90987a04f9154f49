using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>Values of every type survive every order in which devices send their bytes.</summary>
public sealed class ModbusValueTests
{
    public static TheoryData<ModbusType> Numbers =>
        [ModbusType.U16, ModbusType.I16, ModbusType.U32, ModbusType.I32, ModbusType.U64, ModbusType.I64, ModbusType.F32, ModbusType.F64];

    [Theory]
    [InlineData(ModbusWordOrder.Abcd, "42 F6 E9 79")]
    [InlineData(ModbusWordOrder.Cdab, "E9 79 42 F6")]
    [InlineData(ModbusWordOrder.Badc, "F6 42 79 E9")]
    [InlineData(ModbusWordOrder.Dcba, "79 E9 F6 42")]
    public void A_float_is_read_in_every_word_order(ModbusWordOrder order, string bytes)
    {
        var bits = ModbusValue.Decode(Hex.Bytes(bytes), ModbusType.F32, order);

        Assert.Equal(123.456f, (float)BitConverter.Int64BitsToDouble(bits));
    }

    [Theory]
    [InlineData(ModbusWordOrder.Abcd, "01 23 45 67 89 AB CD EF")]
    [InlineData(ModbusWordOrder.Cdab, "CD EF 89 AB 45 67 01 23")]
    [InlineData(ModbusWordOrder.Badc, "23 01 67 45 AB 89 EF CD")]
    [InlineData(ModbusWordOrder.Dcba, "EF CD AB 89 67 45 23 01")]
    public void Four_registers_are_read_in_every_word_order(ModbusWordOrder order, string bytes)
    {
        Assert.Equal(0x0123_4567_89AB_CDEF, ModbusValue.Decode(Hex.Bytes(bytes), ModbusType.I64, order));
    }

    [Theory]
    [InlineData(ModbusType.I32, "FF FF FF FE", -2)]
    [InlineData(ModbusType.U32, "FF FF FF FE", 4_294_967_294)]
    [InlineData(ModbusType.I16, "FF FE", -2)]
    [InlineData(ModbusType.U16, "FF FE", 65_534)]
    public void Signed_values_keep_their_sign_and_unsigned_ones_have_none(ModbusType type, string bytes, long expected)
    {
        Assert.Equal(expected, ModbusValue.Decode(Hex.Bytes(bytes), type, ModbusWordOrder.Abcd));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_encoded_is_decoded_again_whatever_the_order(ModbusType type)
    {
        var cases =
            from raw in ArbMap.Default.GeneratorFor<long>()
            from order in Gen.Elements(Enum.GetValues<ModbusWordOrder>())
            select (Value: Fit(raw, type), order);

        Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            var registers = new byte[2 * ModbusValue.Registers(type)];
            ModbusValue.Encode(pair.Value, type, pair.order, registers);
            return ModbusValue.Decode(registers, type, pair.order) == pair.Value;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_bit_of_a_register_is_counted_from_the_least_significant()
    {
        Assert.True(ModbusValue.Bit(Hex.Bytes("80 01"), 0));
        Assert.True(ModbusValue.Bit(Hex.Bytes("80 01"), 15));
        Assert.False(ModbusValue.Bit(Hex.Bytes("80 01"), 7));
    }

    [Theory]
    [InlineData("43 4F 4E 56 2D 30 31 00", ModbusWordOrder.Abcd, "CONV-01")]
    [InlineData("4F 43 56 4E 30 2D 20 31", ModbusWordOrder.Badc, "CONV-01")]
    [InlineData("41 42 00 43", ModbusWordOrder.Abcd, "AB")]
    [InlineData("20 20 20 20", ModbusWordOrder.Abcd, "")]
    [InlineData("B0 43", ModbusWordOrder.Abcd, "°C")]
    public void A_text_ends_at_its_padding_and_is_utf8(string bytes, ModbusWordOrder order, string expected)
    {
        var utf8 = new byte[64];

        var length = ModbusValue.DecodeText(Hex.Bytes(bytes), order, utf8);

        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(utf8, 0, length));
    }

    /// <summary>A value that the type can hold, from any 64 bits.</summary>
    private static long Fit(long raw, ModbusType type) => type switch
    {
        ModbusType.U16 => (ushort)raw,
        ModbusType.I16 => (short)raw,
        ModbusType.U32 => (uint)raw,
        ModbusType.I32 => (int)raw,
        ModbusType.F32 => BitConverter.DoubleToInt64Bits((float)raw),
        _ => raw,
    };
}
