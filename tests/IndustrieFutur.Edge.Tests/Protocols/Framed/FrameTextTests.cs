using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>Bytes as integrators write them: what is understood, and what is refused with a remedy.</summary>
public sealed class FrameTextTests
{
    [Theory]
    [InlineData("SI\r\n", "53490D0A")]
    [InlineData("SI\\r\\n", "53490D0A")]
    [InlineData("\\x02\\xfF\\0\\t\\\\", "02FF00095C")]
    [InlineData("°", "B0")]
    [InlineData("", "")]
    public void Bytes_are_written_as_characters_and_escapes(string text, string hex)
    {
        Assert.True(FrameText.TryParse(text, out var bytes, out var error), error);

        Assert.Equal(hex, Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData("\\q", "no escape")]
    [InlineData("\\", "no escape")]
    [InlineData("\\x0", "no escape")]
    [InlineData("\\xgg", "no escape")]
    [InlineData("€", "no single byte")]
    public void What_is_no_byte_is_refused_with_what_to_write(string text, string expected)
    {
        Assert.False(FrameText.TryParse(text, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("write", error, StringComparison.Ordinal);
    }
}
