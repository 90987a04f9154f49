using IndustrieFutur.Edge.OpcUa.Server.Services;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Parts of arrays, matrices, texts and byte strings are cut out and put in as OPC UA Part 4, 7.27 says.</summary>
public sealed class IndexRangeTests
{
    private static readonly Variant Row = Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5 });
    private static readonly Variant Matrix = Variant.OfArray(BuiltInType.Int32, new[] { 11, 12, 13, 21, 22, 23 }, [2, 3]);

    [Theory]
    [InlineData("1:0")]
    [InlineData("2:2")]
    [InlineData("-1")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1,")]
    [InlineData(" 1")]
    [InlineData("1:2:3")]
    [InlineData("99999999999")]
    [InlineData("0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0")]
    public void What_is_no_range_is_refused(string text) => Assert.False(IndexRange.TryParse(text, out _));

    [Fact]
    public void No_text_is_no_range()
    {
        Assert.True(IndexRange.TryParse(null, out var none));
        Assert.True(IndexRange.TryParse("", out var empty));
        Assert.Null(none ?? empty);
    }

    [Theory]
    [InlineData("0", "[1]")]
    [InlineData("1:3", "[2, 3, 4]")]
    [InlineData("3:9", "[4, 5]")]
    [InlineData("5", null)]
    [InlineData("0,0", null)]
    public void A_part_of_an_array_is_read(string range, string? expected) => Assert.Equal(expected, Read(range, Row));

    [Theory]
    [InlineData("0:1,1", "[12, 22]")]
    [InlineData("1,0:2", "[21, 22, 23]")]
    [InlineData("1:5,1:5", "[22, 23]")]
    [InlineData("2,0", null)]
    [InlineData("0", null)]
    public void A_part_of_a_matrix_is_read(string range, string? expected) => Assert.Equal(expected, Read(range, Matrix));

    [Fact]
    public void A_part_of_a_text_and_of_a_byte_string_is_read_and_of_a_number_there_is_none()
    {
        Assert.Equal("bcd", Read("1:3", Variant.Of("abcdef")));
        Assert.Equal("0203", Read("1:2", Variant.OfByteString([1, 2, 3, 4])));
        Assert.Null(Read("0", Variant.Of(5)));
        Assert.Null(Read("0", Variant.Of((string?)null)));
    }

    [Theory]
    [InlineData("1:2", StatusCodes.Good)]
    [InlineData("4:5", StatusCodes.BadIndexRangeNoData)]
    [InlineData("1", StatusCodes.BadIndexRangeDataMismatch)]
    public void A_part_is_written_where_it_fits_exactly(string text, uint expected)
    {
        Assert.True(IndexRange.TryParse(text, out var range));
        var status = range!.TryWrite(Row, Variant.OfArray(BuiltInType.Int32, new[] { 8, 9 }), out var whole);

        Assert.Equal(expected, status);
        Assert.Equal(expected == StatusCodes.Good ? "[1, 8, 9, 4, 5]" : "", whole.ToString());
        Assert.Equal("[1, 2, 3, 4, 5]", Row.ToString());
    }

    [Fact]
    public void A_part_of_a_matrix_and_of_a_text_is_written()
    {
        Assert.True(IndexRange.TryParse("0:1,2", out var column));
        Assert.Equal(StatusCodes.Good, column!.TryWrite(Matrix, Variant.OfArray(BuiltInType.Int32, new[] { 8, 9 }, [2, 1]), out var matrix));
        Assert.Equal("[11, 12, 8, 21, 22, 9]", matrix.ToString());

        Assert.True(IndexRange.TryParse("1:2", out var range));
        Assert.Equal(StatusCodes.Good, range!.TryWrite(Variant.Of("abcd"), Variant.Of("XY"), out var text));
        Assert.Equal("aXYd", text.Value);
        Assert.Equal(StatusCodes.BadTypeMismatch, range.TryWrite(Row, Variant.Of("XY"), out _));
    }

    private static string? Read(string text, Variant value)
    {
        Assert.True(IndexRange.TryParse(text, out var range));
        var status = range!.TryRead(value, out var part);
        Assert.Equal(status == StatusCodes.Good, !part.IsNull);
        return status == StatusCodes.Good ? part.ToString() : null;
    }
}
