using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>Lines of text: their ends, their limit, and the ones joined in the middle.</summary>
public sealed class LineFrameTests
{
    private static readonly FrameSettings AnyEnd = new() { Kind = FrameKind.Line };

    [Theory]
    [InlineData("one\rtwo\r")]
    [InlineData("one\ntwo\n")]
    [InlineData("one\r\ntwo\r\n")]
    [InlineData("\r\n\r\none\n\n\rtwo\r\nthr")]
    public void Any_line_end_ends_a_line_and_empty_lines_are_none(string stream)
    {
        var lines = Frames.ReadTexts(AnyEnd, stream);

        Assert.Equal(["one", "two"], lines);
    }

    [Fact]
    public void A_line_may_arrive_byte_by_byte_or_glued_to_others()
    {
        const string Stream = "S S     100.00 g\r\nS D      99.98 g\r\nS I\r\n";

        var glued = Frames.ReadTexts(AnyEnd, Stream);
        var split = Frames.ReadTexts(AnyEnd, Stream.Select(character => character.ToString()));

        Assert.Equal(["S S     100.00 g", "S D      99.98 g", "S I"], glued);
        Assert.Equal(glued, split);
    }

    [Fact]
    public void A_terminator_of_its_own_leaves_other_line_ends_in_the_line()
    {
        var settings = new FrameSettings { Kind = FrameKind.Line, Terminator = ";\n"u8.ToArray() };

        var lines = Frames.ReadTexts(settings, "a;b\r\n;", "\nc;", "\n");

        Assert.Equal(["a;b\r\n", "c"], lines);
    }

    [Fact]
    public void A_line_beyond_its_limit_is_dropped_up_to_its_end_and_the_next_is_whole()
    {
        var settings = AnyEnd with { BytesMax = 8 };

        var reader = Frames.Reader(settings, "12345678\r", "123456789\r", new string('x', 1_000), "tail\rnext\r");
        var lines = Frames.ReadAll(reader).Select(System.Text.Encoding.Latin1.GetString);

        Assert.Equal(["12345678", "next"], lines);
        Assert.Equal(2, reader.TooLong);
    }

    [Fact]
    public void The_tail_of_a_line_that_was_joined_in_its_middle_is_no_line()
    {
        var reader = Frames.Reader(AnyEnd, "00.00 g\r", "\nS S     100.00 g\r\n");

        reader.Join(quietNanos: 0);
        var lines = Frames.ReadAll(reader).Select(System.Text.Encoding.Latin1.GetString);

        Assert.Equal(["S S     100.00 g"], lines);
    }

    [Fact]
    public void What_was_read_before_a_discard_is_forgotten()
    {
        var link = new ScriptedLink("half a li"u8.ToArray());
        var reader = new FrameReader(link, AnyEnd);
        Assert.False(reader.TryRead(0, out _));

        reader.Discard();

        Assert.Empty(Frames.ReadAll(reader));
    }

    [Fact]
    public void Equal_lines_of_one_read_arrive_one_behind_the_other()
    {
        var reader = Frames.Reader(AnyEnd, "4006381333931\r\n4006381333931\r\n4006381333931\r\n");
        var arrivals = new List<long>();

        while (reader.TryRead(0, out _))
        {
            arrivals.Add(reader.ArrivalMonoNanos);
        }

        Assert.Equal(3, arrivals.Count);
        Assert.Equal(arrivals.Distinct().Order(), arrivals);
    }
}
