using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>What an integrator may not write of a robot read over RTDE, and what he is told.</summary>
public sealed class RtdeOptionsTests
{
    public static TheoryData<RtdeSignalOptions, string> WrongSignals => new()
    {
        { new() { Field = "actual_Q", Index = 0 }, "write \"actual_q\" if that is meant" },
        { new() { Field = "actual_tcp_speeds", Index = 0 }, "write \"actual_TCP_speed\" if that is meant" },
        { new() { Field = "qqq" }, "correct it, or add \"fieldType\"" },
        { new() { Field = "actual_q,target_q" }, "is no name of a field" },
        { new() { Field = "norm()" }, "is no name of a field" },
        { new() { Field = "actual_q", Index = 0, FieldType = RtdeFieldType.Double }, "is VECTOR6D; remove \"fieldType\"" },
        { new() { Field = "actual_q" }, "add \"index\": 0 to 5" },
        { new() { Field = "elbow_position", Index = 3 }, "ends at 2" },
        { new() { Field = "robot_mode", Index = 0 }, "one value; remove \"index\"" },
        { new() { Field = "norm(robot_mode)" }, "has no length" },
        { new() { Field = "norm(joint_mode)" }, "has no length" },
        { new() { Field = "norm(actual_TCP_speed)", Index = 1 }, "remove \"index\"" },
        { new() { Field = "robot_mode", Bit = 1 }, "has no bits" },
        { new() { Field = "norm(actual_TCP_speed)", Bits = [1] }, "has no bits" },
        { new() { Field = "safety_status_bits", Bit = 32 }, "bits are 0 to 31; 32" },
        { new() { Field = "safety_status_bits", Bits = [2, -1] }, "bits are 0 to 31; -1" },
        { new() { Field = "safety_status_bits", Bits = [] }, "the list is empty" },
        { new() { Field = "safety_status_bits", Bit = 1, Bits = [2] }, "names its bits twice" },
    };

    [Theory]
    [MemberData(nameof(WrongSignals))]
    public void A_signal_that_cannot_be_read_is_told_with_what_to_write(RtdeSignalOptions signal, string message)
    {
        Assert.Contains(message, Assert.Single(MistakesOf(RtdeBench.Options(("s", signal)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29_999)]
    [InlineData(30_001)]
    [InlineData(30_003)]
    public void A_port_on_which_a_robot_takes_commands_is_refused(int port)
    {
        var mistakes = MistakesOf(new() { Tcp = new TcpOptions { Host = "robot", Port = port }, Groups = Groups(new() { Field = "robot_mode" }) });

        Assert.Contains("only the command gate may send", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, "write 250 or 500")]
    [InlineData(3, "write 2 or 4")]
    [InlineData(60, "write 50 or 100")]
    public void A_rate_that_no_cycle_divides_is_refused(int frequency, string message)
    {
        Assert.Contains(message, Assert.Single(MistakesOf(RtdeBench.Options(frequency, ("s", new() { Field = "robot_mode" })))), StringComparison.Ordinal);
    }

    [Fact]
    public void More_names_than_a_controller_takes_are_refused()
    {
        var registers = Enumerable.Range(0, 48).Select(i => ($"d{i}", new RtdeSignalOptions { Field = $"output_double_register_{i}" }))
            .Concat(Enumerable.Range(64, 64).Select(i => ($"b{i}", new RtdeSignalOptions { Field = $"output_bit_register_{i}" })));

        Assert.Contains("spread the signals over two devices", Assert.Single(MistakesOf(RtdeBench.Options([.. registers]))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kind_of_a_signal_follows_its_field()
    {
        Assert.Equal(ValueKind.Float64, new RtdeSignalOptions { Field = "actual_q", Index = 1 }.RawKind);
        Assert.Equal(ValueKind.Float64, new RtdeSignalOptions { Field = "norm(actual_TCP_speed)" }.RawKind);
        Assert.Equal(ValueKind.Int64, new RtdeSignalOptions { Field = "robot_mode" }.RawKind);
        Assert.Equal(ValueKind.Int64, new RtdeSignalOptions { Field = "safety_status_bits" }.RawKind);
        Assert.Equal(ValueKind.UInt64, new RtdeSignalOptions { Field = "actual_digital_input_bits" }.RawKind);
        Assert.Equal(ValueKind.Boolean, new RtdeSignalOptions { Field = "safety_status_bits", Bit = 0 }.RawKind);
        Assert.Equal(ValueKind.Boolean, new RtdeSignalOptions { Field = "output_bit_register_70" }.RawKind);
        Assert.Equal(ValueKind.Int64, new RtdeSignalOptions { Field = "tool_output_mode", FieldType = RtdeFieldType.UInt8 }.RawKind);
    }

    [Fact]
    public void The_recipe_names_the_timestamp_first_and_each_field_once()
    {
        var options = RtdeBench.Options(
            ("a", new() { Field = "actual_q", Index = 0 }), ("b", new() { Field = "actual_q", Index = 1 }), ("c", new() { Field = "norm(actual_TCP_speed)" }), ("t", new() { Field = "timestamp" }));

        Assert.Equal(["timestamp", "actual_q", "actual_TCP_speed"], options.Recipe);
        Assert.Empty(MistakesOf(options));
    }

    private static Dictionary<string, RtdeGroupOptions> Groups(RtdeSignalOptions signal) =>
        new() { ["g"] = new() { Signals = new Dictionary<string, RtdeSignalOptions> { ["s"] = signal } } };

    private static List<string> MistakesOf(RtdeOptions options)
    {
        var mistakes = new Mistakes();
        options.Check(mistakes);
        return [.. mistakes.All.Select(mistake => $"{string.Join('.', mistake.Path)}: {mistake.Message}")];
    }
}
