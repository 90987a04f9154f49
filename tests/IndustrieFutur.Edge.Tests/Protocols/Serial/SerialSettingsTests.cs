using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Protocols.Serial;

/// <summary>Settings of a serial line as people write them, and the times that follow from them.</summary>
public sealed class SerialSettingsTests
{
    [Theory]
    [InlineData("19200 8E1", 19_200, 8, SerialParity.Even, 1, SerialFlow.None)]
    [InlineData(" 9600   8N1 ", 9_600, 8, SerialParity.None, 1, SerialFlow.None)]
    [InlineData("300 7o2", 300, 7, SerialParity.Odd, 2, SerialFlow.None)]
    [InlineData("4800 5M1", 4_800, 5, SerialParity.Mark, 1, SerialFlow.None)]
    [InlineData("250000 6S2", 250_000, 6, SerialParity.Space, 2, SerialFlow.None)]
    [InlineData("9600 8N1 XonXoff", 9_600, 8, SerialParity.None, 1, SerialFlow.XonXoff)]
    [InlineData("9600 8N1 rtscts", 9_600, 8, SerialParity.None, 1, SerialFlow.RtsCts)]
    public void Settings_are_read_as_people_write_them(
        string text, int baud, int dataBits, SerialParity parity, int stopBits, SerialFlow flow)
    {
        var read = SerialSettings.TryParse(text, out var settings, out var error);

        Assert.True(read, error);
        Assert.Equal(
            new SerialSettings { Baud = baud, DataBits = dataBits, Parity = parity, StopBits = stopBits, Flow = flow }, settings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("19200")]
    [InlineData("19200 8E")]
    [InlineData("19200 9E1")]
    [InlineData("19200 4E1")]
    [InlineData("19200 8X1")]
    [InlineData("19200 8E3")]
    [InlineData("19200 8E0")]
    [InlineData("19200-8-E-1")]
    [InlineData("49 8N1")]
    [InlineData("4000001 8N1")]
    [InlineData("-9600 8N1")]
    [InlineData("9600 8N1 dtrdsr")]
    [InlineData("9600 8N1 xonxoff rtscts")]
    public void What_is_no_setting_is_refused_with_what_to_write(string text)
    {
        var read = SerialSettings.TryParse(text, out var settings, out var error);

        Assert.False(read);
        Assert.Null(settings);
        Assert.Contains("write", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("19200 8E1")]
    [InlineData("9600 7O2 xonxoff")]
    [InlineData("115200 8N1 rtscts")]
    public void Settings_are_written_as_they_are_read(string text)
    {
        Assert.True(SerialSettings.TryParse(text, out var settings, out var error), error);

        Assert.Equal(text, settings.ToString());
    }

    [Theory]
    [InlineData("9600 8E1", 1_145_833, 4_010_415)]
    [InlineData("19200 8N1", 520_833, 1_822_915)]
    [InlineData("38400 8E1", 286_458, 1_750_000)]
    [InlineData("115200 8N2", 95_486, 1_750_000)]
    public void A_frame_ends_after_three_and_a_half_characters_but_never_below_what_timers_keep(
        string text, long characterNanos, long frameGapNanos)
    {
        Assert.True(SerialSettings.TryParse(text, out var settings, out var error), error);

        Assert.Equal(characterNanos, settings.CharacterNanos);
        Assert.Equal(frameGapNanos, settings.FrameGapNanos);
    }
}
