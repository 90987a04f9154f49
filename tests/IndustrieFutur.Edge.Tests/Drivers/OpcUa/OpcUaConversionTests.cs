using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>A number becomes the kind that the plan fixed, or a status, and never another number.</summary>
public sealed class OpcUaConversionTests
{
    [Theory]
    [InlineData(BuiltInType.Int32, -7, ValueKind.Int64, -7)]
    [InlineData(BuiltInType.Byte, 200, ValueKind.UInt64, 200)]
    [InlineData(BuiltInType.Boolean, 1, ValueKind.Int64, 1)]
    [InlineData(BuiltInType.Int16, -3, ValueKind.Boolean, 1)]
    [InlineData(BuiltInType.UInt64, -1, ValueKind.UInt64, -1)]
    [InlineData(BuiltInType.StatusCode, 0x8034_0000, ValueKind.Int64, 0x8034_0000)]
    public void Whole_numbers_keep_their_value(BuiltInType type, long bits, ValueKind kind, long expected)
    {
        Assert.Equal(StatusCode.Good, OpcUaConversion.Convert(type, bits, kind, out var converted));

        Assert.Equal(expected, converted);
    }

    [Theory]
    [InlineData(BuiltInType.Int32, -7, -7.0)]
    [InlineData(BuiltInType.UInt64, -1, 18446744073709551615.0)]
    [InlineData(BuiltInType.Boolean, 1, 1.0)]
    public void Whole_numbers_become_floating_point(BuiltInType type, long bits, double expected)
    {
        Assert.Equal(StatusCode.Good, OpcUaConversion.Convert(type, bits, ValueKind.Float64, out var converted));

        Assert.Equal(expected, BitConverter.Int64BitsToDouble(converted));
    }

    [Theory]
    [InlineData(3.0, ValueKind.Int64, StatusCode.Good)]
    [InlineData(3.5, ValueKind.Int64, OpcUaConversion.BadTypeMismatch)]
    [InlineData(double.NaN, ValueKind.Int64, OpcUaConversion.BadTypeMismatch)]
    [InlineData(9.3e18, ValueKind.Int64, StatusCode.BadOutOfRange)]
    [InlineData(9.3e18, ValueKind.UInt64, StatusCode.Good)]
    [InlineData(-1.0, ValueKind.UInt64, StatusCode.BadOutOfRange)]
    [InlineData(double.PositiveInfinity, ValueKind.UInt64, StatusCode.BadOutOfRange)]
    [InlineData(1.0, ValueKind.Boolean, OpcUaConversion.BadTypeMismatch)]
    [InlineData(0.1, ValueKind.Float64, StatusCode.Good)]
    public void Floating_point_becomes_whole_only_when_it_is(double value, ValueKind kind, uint expected) =>
        Assert.Equal(expected, OpcUaConversion.Convert(BuiltInType.Double, BitConverter.DoubleToInt64Bits(value), kind, out _));

    [Theory]
    [InlineData(BuiltInType.UInt64, -1, ValueKind.Int64, StatusCode.BadOutOfRange)]
    [InlineData(BuiltInType.Int64, -1, ValueKind.UInt64, StatusCode.BadOutOfRange)]
    [InlineData(BuiltInType.String, 0, ValueKind.Float64, OpcUaConversion.BadTypeMismatch)]
    [InlineData(BuiltInType.DateTime, 0, ValueKind.Float64, OpcUaConversion.BadTypeMismatch)]
    public void What_does_not_fit_is_a_status(BuiltInType type, long bits, ValueKind kind, uint expected) =>
        Assert.Equal(expected, OpcUaConversion.Convert(type, bits, kind, out _));

    [Fact]
    public void A_time_becomes_nanoseconds_since_1970()
    {
        Assert.Equal(StatusCode.Good, OpcUaConversion.Convert(BuiltInType.DateTime, UaTime.UnixEpoch + 15, ValueKind.Int64, out var converted));

        Assert.Equal(1_500, converted);
    }
}
