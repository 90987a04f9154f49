using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>What an integrator may not write of a framed device or a serial line, and what he is told.</summary>
public sealed class FramedOptionsTests
{
    [Fact]
    public void A_device_without_mistakes_has_none()
    {
        Assert.Empty(MistakesOf(Device(new() { Cut = new() { Position = 1, Length = 4 } })));
    }

    [Theory]
    [InlineData(29_999)]
    [InlineData(30_001)]
    [InlineData(30_002)]
    [InlineData(30_003)]
    public void A_port_on_which_a_robot_takes_commands_is_refused(int port)
    {
        var mistakes = MistakesOf(Device(new(), new TcpOptions { Host = "robot", Port = port }));

        Assert.Contains("only the command gate may send", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_needed_and_one_is_enough()
    {
        var groups = Groups(new FramedSignalOptions());
        var none = new FramedOptions { Groups = groups };
        var two = new FramedOptions { Groups = groups, Tcp = new() { Host = "h", Port = 1 }, Serial = new() { Port = "p", Settings = "9600 8N1" } };

        Assert.Contains("has no link", Assert.Single(MistakesOf(none)), StringComparison.Ordinal);
        Assert.Contains("two links", Assert.Single(MistakesOf(two)), StringComparison.Ordinal);
        Assert.Contains("tcp.port", Assert.Single(MistakesOf(Device(new(), new TcpOptions { Host = "h" }))), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_are_no_bytes_are_told_where_they_stand()
    {
        var device = new FramedOptions
        {
            Tcp = new() { Host = "h", Port = 1 },
            OnConnect = "\\q",
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["g"] = new() { Request = "€", Signals = new Dictionary<string, FramedSignalOptions> { ["s"] = new() { When = "\\x1" } } },
            },
        };

        var mistakes = MistakesOf(device);

        Assert.Equal(["onConnect", "groups.g.request", "groups.g.signals.s.when"], mistakes.Select(mistake => mistake.Split(':')[0]));
    }

    public static TheoryData<FramedSignalOptions, string> WrongSignals => new()
    {
        { new() { Type = FramedType.U16 }, "needs its place" },
        { new() { Type = FramedType.Bool }, "go together" },
        { new() { EqualTo = "OK" }, "go together" },
        { new() { Type = FramedType.Text, Cut = new() { Offset = 1 } }, "cut by characters" },
        { new() { Type = FramedType.U32, Cut = new() { Offset = 6 } }, "ends at byte 10 of a message of 8" },
        { new() { Type = FramedType.U8, Cut = new() { Offset = 6, Bit = 1 } }, "a bit is a bool" },
        { new() { Type = FramedType.Bool, EqualTo = "1", Cut = new() { Offset = 6 } }, "compares text" },
        { new() { Cut = new() { Position = 1, Bit = 1 } }, "needs \"offset\"" },
    };

    [Theory]
    [MemberData(nameof(WrongSignals), DisableDiscoveryEnumeration = true)]
    public void A_signal_that_cannot_be_read_is_refused(FramedSignalOptions signal, string expected)
    {
        var device = new FramedOptions
        {
            Tcp = new() { Host = "h", Port = 1 },
            Frame = new() { Kind = FrameKind.Fixed, Length = 8, Sync = "\\xAA" },
            Groups = Groups(signal),
        };

        Assert.Contains(expected, Assert.Single(MistakesOf(device)), StringComparison.Ordinal);
    }

    public static TheoryData<CutOptions, string> WrongCuts => new()
    {
        { new(), "found in one way" },
        { new() { Position = 1, Offset = 1 }, "found in one way" },
        { new() { Separator = ";" }, "go together" },
        { new() { Position = 1, Index = 2 }, "go together" },
        { new() { Offset = 1, Length = 2 }, "needs \"position\"" },
        { new() { Separator = ";;", Index = 1 }, "not one character" },
        { new() { Regex = "(" }, "no regular expression" },
        { new() { Regex = "x", Group = 2 }, "no group 2" },
    };

    [Theory]
    [MemberData(nameof(WrongCuts), DisableDiscoveryEnumeration = true)]
    public void A_cut_that_finds_nothing_is_refused(CutOptions cut, string expected)
    {
        Assert.Contains(expected, Assert.Single(MistakesOf(cut)), StringComparison.Ordinal);
    }

    public static TheoryData<FrameOptions, string> WrongFrames => new()
    {
        { new() { Kind = FrameKind.Fixed, Sync = "\\xAA" }, "needs its \"length\"" },
        { new() { Kind = FrameKind.Fixed, Sync = "\\xAA\\x55", Length = 4 }, "5 at least" },
        { new() { Kind = FrameKind.Fixed, Length = 4, Crc = false }, "nothing tells where a message begins" },
        { new() { Terminator = "\\q" }, "no escape" },
    };

    [Theory]
    [MemberData(nameof(WrongFrames), DisableDiscoveryEnumeration = true)]
    public void A_frame_that_cannot_be_found_is_refused(FrameOptions frame, string expected)
    {
        Assert.Contains(expected, Assert.Single(MistakesOf(frame)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9600", "auto", "no setting of a serial line")]
    [InlineData("9600 8N1", "4", "has no unit")]
    [InlineData("9600 8N1", "5s", "longer than any device needs")]
    public void A_serial_line_that_cannot_be_set_is_refused(string settings, string gap, string expected)
    {
        var mistakes = MistakesOf(new SerialOptions { Port = "/dev/ttyUSB0", Settings = settings, InterFrameGap = gap });

        Assert.Contains(expected, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_devices_on_one_line_say_the_same_of_it()
    {
        var first = new SerialOptions { Port = "p", Settings = "9600 8N1" };

        Assert.Null(SerialOptions.Quarrel(first, new() { Port = "p", Settings = "9600  8n1", Rs485 = null }));
        Assert.Contains("different settings", SerialOptions.Quarrel(first, new() { Port = "p", Settings = "9600 8E1" }), StringComparison.Ordinal);
        Assert.Contains("interFrameGap", SerialOptions.Quarrel(first, new() { Port = "p", Settings = "9600 8N1", InterFrameGap = "9ms" }), StringComparison.Ordinal);
        Assert.Contains("rs485", SerialOptions.Quarrel(first, new() { Port = "p", Settings = "9600 8N1", Rs485 = new() }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_silence_of_an_asked_device_is_not_watched_twice()
    {
        var device = new FramedOptions
        {
            Tcp = new() { Host = "h", Port = 1 },
            Silence = TimeSpan.FromSeconds(1),
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["g"] = new() { Request = "?", Signals = new Dictionary<string, FramedSignalOptions> { ["s"] = new() } },
            },
        };

        Assert.StartsWith("silence:", Assert.Single(MistakesOf(device)), StringComparison.Ordinal);
    }

    private static FramedOptions Device(FramedSignalOptions signal, TcpOptions? tcp = null) =>
        new() { Tcp = tcp ?? new TcpOptions { Host = "device", Port = 4_001 }, Groups = Groups(signal) };

    private static Dictionary<string, FramedGroupOptions> Groups(FramedSignalOptions signal) =>
        new() { ["g"] = new FramedGroupOptions { Signals = new Dictionary<string, FramedSignalOptions> { ["s"] = signal } } };

    private static List<string> MistakesOf(IChecked options)
    {
        var mistakes = new Mistakes();
        options.Check(mistakes);
        return [.. mistakes.All.Select(mistake => $"{string.Join('.', mistake.Path)}: {mistake.Message}")];
    }
}
