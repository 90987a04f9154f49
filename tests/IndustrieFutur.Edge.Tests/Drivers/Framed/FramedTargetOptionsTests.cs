using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>What an integrator may not write of a message that a command sends, and what is a stop.</summary>
public sealed class FramedTargetOptionsTests
{
    [Theory]
    [InlineData("ZI", 0)]
    [InlineData("SP {value}", 1)]
    [InlineData("P{value:000}N", 1)]
    [InlineData("\\x7Bx\\x7D \\xB0", 0)]
    public void A_message_without_mistakes_has_none(string send, int values)
    {
        var target = new FramedTargetOptions { Send = send, Accept = "^OK" };

        Assert.Empty(MistakesOf(target));
        Assert.Equal(values, target.ValueCount);
    }

    [Theory]
    [InlineData("ZI\r\n", "control character \\x0D")]
    [InlineData("ZI\\r", "control character \\x0D")]
    [InlineData("A\\x02B", "control character \\x02")]
    [InlineData("A{value}\\x03", "control character \\x03")]
    [InlineData("A\\x1B", "control character \\x1B")]
    [InlineData("A\\x7F", "control character \\x7F")]
    [InlineData("A\\t", "control character \\x09")]
    [InlineData("A\\q", "no escape")]
    [InlineData("€", "no single byte")]
    [InlineData("{value}{value}", "more than one place")]
    [InlineData("{value:N2}", "no place for a value")]
    [InlineData("{name}", "no place for a value")]
    [InlineData("A}", "no place for a value")]
    public void A_message_that_is_none_is_told(string send, string part)
    {
        var mistake = Assert.Single(MistakesOf(new FramedTargetOptions { Send = send, Accept = "^OK" }));

        Assert.StartsWith("targets.t.send: ", mistake, StringComparison.Ordinal);
        Assert.Contains(part, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A;B", ";", "would be another one")]
    [InlineData("A{value}B", "5;", "a number may contain it")]
    [InlineData("A{value}B", "-", "a number may contain it")]
    public void What_the_end_of_a_message_could_cut_is_told(string send, string terminator, string part)
    {
        var mistakes = MistakesOf(new FramedTargetOptions { Send = send, Accept = "^OK" }, new FrameOptions { Terminator = terminator });

        Assert.Contains(part, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_with_messages_of_one_length_is_told_nothing()
    {
        var mistakes = MistakesOf(new FramedTargetOptions { Send = "ZI", Accept = "^OK" }, new FrameOptions { Kind = FrameKind.Fixed, Length = 8, Sync = "\\xAA" });

        Assert.Contains("are binary", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    public static TheoryData<FramedTargetOptions, string, string> Wrong => new()
    {
        { new() { Send = "ZI", Accept = "(" }, "accept", "no regular expression" },
        { new() { Send = "ZI", Accept = "^(?=OK)" }, "accept", "whose time has no limit" },
        { new() { Send = "ZI", Accept = "^OK", Reject = "[" }, "reject", "no regular expression" },
        { new() { Send = "ZI", Accept = "^OK", StopValue = 0 }, "stopValue", "carries no value" },
        { new() { Send = "P{value:000}", Accept = "^OK", StopValue = 1_000 }, "stopValue", "1000 is longer than \"000\"" },
        { new() { Send = "SP {value}", Accept = "^OK", Stop = true }, "stop", "by one of its values" },
        { new() { Send = "RUN", Accept = "^OK", Stop = true, Motion = true }, "motion", "make two targets" },
        { new() { Send = "SP {value}", Accept = "^OK", StopValue = 0, Motion = true }, "motion", "make two targets" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_target_that_cannot_be_is_told_with_what_to_write(FramedTargetOptions target, string key, string part)
    {
        var mistake = Assert.Single(MistakesOf(target));

        Assert.StartsWith($"targets.t.{key}: ", mistake, StringComparison.Ordinal);
        Assert.Contains(part, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P{value:000}", 7, null)]
    [InlineData("P{value:000}", 999.4, null)]
    [InlineData("P{value:000}", 999.6, "is longer than")]
    [InlineData("P{value:000}", -1, "is longer than")]
    [InlineData("P{value:00.0}", 99.96, "is longer than")]
    [InlineData("P{value:0.0}", 12345, null)]
    [InlineData("P{value}", 1e15, "below 1e15")]
    [InlineData("P{value}", double.NaN, "below 1e15")]
    public void A_value_that_the_message_cannot_carry_is_told(string send, double value, string? part)
    {
        var mistake = new FramedTargetOptions { Send = send, Accept = "^OK" }.MistakeIn(value);

        Assert.Equal(part is null, mistake is null);
        Assert.Contains(part ?? "", mistake ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_is_what_the_configuration_calls_so()
    {
        var halt = new FramedTargetOptions { Send = "HALT", Accept = "^OK", Stop = true };
        var speed = new FramedTargetOptions { Send = "SP {value}", Accept = "^OK", StopValue = 0 };
        var run = new FramedTargetOptions { Send = "RUN", Accept = "^OK", Motion = true };

        Assert.True(halt.Stops([]));
        Assert.Equal((true, false, false), (speed.Stops([0]), speed.Stops([1]), speed.Stops([])));
        Assert.Equal((false, true), (run.Stops([]), run.SetsInMotion));
        Assert.Equal("framed SP {value}", speed.Words);
    }

    [Fact]
    public void Targets_are_in_the_order_of_the_file()
    {
        Assert.Equal(["t"], Device(new(), new()).CommandTargets().Select(target => target.Key));
    }

    private static FramedOptions Device(FramedTargetOptions target, FrameOptions frame) => new()
    {
        Tcp = new TcpOptions { Host = "device", Port = 4_001 },
        Frame = frame,
        Groups = new Dictionary<string, FramedGroupOptions>
        {
            ["g"] = new() { Signals = new Dictionary<string, FramedSignalOptions> { ["s"] = new() { Type = FramedType.F64 } } },
        },
        Targets = new Dictionary<string, FramedTargetOptions> { ["t"] = target },
    };

    private static List<string> MistakesOf(FramedTargetOptions target, FrameOptions? frame = null)
    {
        var mistakes = new Mistakes();
        Device(target, frame ?? new()).Check(mistakes);
        return [.. mistakes.All.Select(mistake => $"{string.Join('.', mistake.Path)}: {mistake.Message}")];
    }
}
