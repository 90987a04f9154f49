using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.OpcUa.Orders;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa.Orders;

/// <summary>An order's number is written as it is, or not at all.</summary>
public sealed class OpcUaNumbersTests
{
    [Theory]
    [InlineData(OpcUaNumber.Bool, 1, true)]
    [InlineData(OpcUaNumber.I8, -128, (sbyte)-128)]
    [InlineData(OpcUaNumber.U8, 255, (byte)255)]
    [InlineData(OpcUaNumber.I16, -32768, (short)-32768)]
    [InlineData(OpcUaNumber.U16, 65535, (ushort)65535)]
    [InlineData(OpcUaNumber.I32, -5, -5)]
    [InlineData(OpcUaNumber.U32, 4294967295, 4294967295u)]
    [InlineData(OpcUaNumber.I64, -9007199254740992, -9007199254740992L)]
    [InlineData(OpcUaNumber.U64, 9007199254740992, 9007199254740992UL)]
    [InlineData(OpcUaNumber.F32, 0.5, 0.5f)]
    [InlineData(OpcUaNumber.F64, 0.1, 0.1)]
    public void A_number_that_the_type_holds_goes_out_in_that_type(OpcUaNumber type, double value, object expected)
    {
        Assert.True(OpcUaNumbers.TryWrap(type, value, out var wrapped));

        Assert.Equal(expected, wrapped.Value);
        Assert.Equal(OpcUaNumbers.WireTypeOf(type), wrapped.Type);
    }

    [Theory]
    [InlineData(OpcUaNumber.Bool, 2)]
    [InlineData(OpcUaNumber.Bool, -1)]
    [InlineData(OpcUaNumber.I8, 128)]
    [InlineData(OpcUaNumber.U8, -1)]
    [InlineData(OpcUaNumber.U16, 65536)]
    [InlineData(OpcUaNumber.I32, 0.5)]
    [InlineData(OpcUaNumber.U32, 4294967296)]
    [InlineData(OpcUaNumber.I64, 9007199254740994)]
    [InlineData(OpcUaNumber.U64, -1)]
    [InlineData(OpcUaNumber.I32, double.NaN)]
    [InlineData(OpcUaNumber.F32, 1e39)]
    [InlineData(OpcUaNumber.F64, double.PositiveInfinity)]
    [InlineData(OpcUaNumber.F64, double.NaN)]
    public void A_number_that_the_type_does_not_hold_is_not_written(OpcUaNumber type, double value) =>
        Assert.False(OpcUaNumbers.TryWrap(type, value, out _));
}
