using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>What a controller sends becomes samples; what it does not give, loses or takes back is said of each signal.</summary>
public sealed class RtdeDriverTests : IDisposable
{
    private const uint BadNotFound = 0x803E_0000;
    private const uint BadResourceUnavailable = 0x8004_0000;
    private const uint BadTypeMismatch = 0x8074_0000;

    private readonly ScriptedController _robot = new();

    [Fact]
    public void Every_kind_of_field_is_read_where_it_lies()
    {
        using var bench = Bench(RtdeBench.Options(
            ("q2", new() { Field = "actual_q", Index = 2 }),
            ("mode", new() { Field = "robot_mode" }),
            ("state", new() { Field = "runtime_state" }),
            ("din", new() { Field = "actual_digital_input_bits" }),
            ("joint", new() { Field = "joint_mode", Index = 5 }),
            ("flag", new() { Field = "output_bit_register_64" }),
            ("extra", new() { Field = "payload", FieldType = RtdeFieldType.Double }),
            ("time", new() { Field = "timestamp" })));
        bench.Driver.Connect();

        _robot.Send(12.5, (name, element) => name switch
        {
            "actual_q" => -1.5 - element,
            "robot_mode" => -1,
            "runtime_state" => 4_000_000_000,
            "actual_digital_input_bits" => 1ul << 63,
            "joint_mode" => 248 + element,
            "output_bit_register_64" => 1,
            _ => 2.25,
        });
        bench.Step();

        Assert.Equal("timestamp,actual_q,robot_mode,runtime_state,actual_digital_input_bits,joint_mode,output_bit_register_64,payload", Assert.Single(_robot.Recipes));
        Assert.Equal(
            ["q2=-3.5", "mode=-1", "state=4000000000", "din=9223372036854775808", "joint=253", "flag=true", "extra=2.25", "time=12.5"], bench.Samples());
    }

    [Fact]
    public void Bits_and_lengths_are_signals_of_their_own()
    {
        using var bench = Bench(RtdeBench.Options(
            ("bits", new() { Field = "safety_status_bits" }),
            ("estop", new() { Field = "safety_status_bits", Bit = 7 }),
            ("pstop", new() { Field = "safety_status_bits", Bits = [2, 4] }),
            ("top", new() { Field = "actual_digital_output_bits", Bit = 63 }),
            ("speed", new() { Field = "norm(actual_TCP_speed)" })));
        bench.Driver.Connect();

        _robot.Send(1, (name, element) => name switch { "safety_status_bits" => 1 << 4, "actual_TCP_speed" => element switch { 0 => 2, 1 => -3, 2 => 6, _ => 100 }, _ => 1ul << 63 });
        _robot.Send(2, (name, _) => name == "safety_status_bits" ? 1 << 7 : 0);
        bench.Step();

        Assert.Equal(
            ["bits=16", "estop=false", "pstop=true", "top=true", "speed=7", "bits=128", "estop=true", "pstop=false", "top=false", "speed=0"], bench.Samples());
    }

    [Fact]
    public void A_lost_package_is_counted_and_marked_before_what_follows()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();
        SendAll(bench, Enumerable.Range(0, 20));
        bench.Skip();

        SendAll(bench, [23, 24]);

        Assert.Equal(["x~19", "x=23", "x=24"], bench.Samples());
        Assert.Equal((22, 3, 1), (bench.Driver.Statistics.Packages, bench.Driver.Statistics.PackagesLost, bench.Driver.Statistics.Gaps));
        Assert.Equal(8_000_000, bench.Driver.Statistics.PeriodNanos);
    }

    [Fact]
    public void The_mark_of_a_gap_lies_between_the_values_around_it()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();
        SendAll(bench, Enumerable.Range(0, 20));
        var last = bench.Drain()[^1];

        SendAll(bench, [30]);
        var (mark, next) = (bench.Drain() is [var first, var second] ? (first, second) : throw new InvalidOperationException());

        Assert.Equal((StatusCode.UncertainLastUsableValue, last.Bits, last.SourceUtcNanos), (mark.Status, mark.Bits, mark.SourceUtcNanos));
        Assert.True(next.SourceUtcNanos > mark.SourceUtcNanos);
    }

    [Fact]
    public void A_group_with_an_interval_takes_one_package_in_so_many_and_loses_only_its_own()
    {
        var options = new RtdeOptions
        {
            Tcp = new TcpOptions { Host = "robot" },
            Groups = new Dictionary<string, RtdeGroupOptions>
            {
                ["fast"] = new() { Signals = new Dictionary<string, RtdeSignalOptions> { ["f"] = new() { Field = "speed_scaling" } } },
                ["slow"] = new() { Interval = TimeSpan.FromMilliseconds(80), Signals = new Dictionary<string, RtdeSignalOptions> { ["s"] = new() { Field = "speed_scaling" } } },
            },
        };
        using var bench = Bench(options);
        bench.Driver.Connect();

        SendAll(bench, Enumerable.Range(0, 20));
        Assert.Equal(["s=0", "s=10"], bench.Samples().Where(sample => sample[0] == 's'));

        SendAll(bench, [21, 22, 23]);
        Assert.Equal(["s~10", "s=21"], bench.Samples().Where(sample => sample[0] == 's'));

        SendAll(bench, [27, 28, 29, 30, 31]);
        Assert.Equal(["s=31"], bench.Samples().Where(sample => sample[0] == 's'));
    }

    [Fact]
    public void A_controller_that_begins_anew_is_no_loss_of_packages_but_doubt_of_the_last_values()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();
        SendAll(bench, Enumerable.Range(1_000, 20));
        bench.Skip();

        SendAll(bench, [0, 1]);

        Assert.Equal(["x~1019", "x=0", "x=1"], bench.Samples());
        Assert.Equal((0, 1), (bench.Driver.Statistics.PackagesLost, bench.Driver.Statistics.Restarts));
    }

    [Fact]
    public void Fields_that_are_not_given_are_said_and_the_others_read_on()
    {
        _robot.Answers["tool_temperature"] = "NOT_FOUND";
        _robot.Answers["io_current"] = "IN_USE";
        _robot.Answers["robot_mode"] = "DOUBLE";
        using var bench = Bench(RtdeBench.Options(
            ("a", new() { Field = "tool_temperature" }),
            ("b", new() { Field = "io_current" }),
            ("c", new() { Field = "robot_mode" }),
            ("d", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();

        SendAll(bench, [1]);

        Assert.Equal(2, _robot.Opened);
        Assert.Equal("timestamp,robot_mode,speed_scaling", _robot.Recipes[^1]);
        Assert.Equal([$"a!{BadNotFound:X8}", $"b!{BadResourceUnavailable:X8}", $"c!{BadTypeMismatch:X8}", "d=1"], bench.Samples());
        Assert.Equal(3, bench.Driver.Statistics.FieldsRefused);
    }

    [Fact]
    public void A_controller_that_gives_none_of_the_fields_refuses_us()
    {
        _robot.Answers["timestamp"] = "NOT_FOUND";
        _robot.Answers["io_current"] = "NOT_FOUND";
        using var bench = Bench(RtdeBench.Options(("b", new() { Field = "io_current" })));

        var lost = Assert.Throws<LinkLostException>(bench.Driver.Connect);

        Assert.Equal(LinkRefusal.Client, lost.Refusal);
        Assert.Contains("knows none of the fields", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_timestamp_the_arrival_is_the_time_and_no_loss_is_seen()
    {
        _robot.Answers["timestamp"] = "NOT_FOUND";
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();

        SendAll(bench, [.. Enumerable.Range(0, 20), 30]);
        var samples = bench.Drain();

        Assert.Equal(21, samples.Count);
        Assert.Equal(0, bench.Driver.Statistics.PackagesLost);
        Assert.All(samples.Zip(samples.Skip(1)), pair => Assert.True(pair.Second.SourceUtcNanos > pair.First.SourceUtcNanos));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void A_timestamp_that_is_none_does_no_harm(double timestamp)
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();

        _robot.Send(timestamp, (_, _) => 5);
        bench.Step();

        Assert.Equal(["x=5"], bench.Samples());
    }

    [Fact]
    public void A_refused_version_is_a_refusal_and_not_an_outage()
    {
        _robot.AcceptsVersion = false;
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));

        Assert.Equal(LinkRefusal.Client, Assert.Throws<LinkLostException>(bench.Driver.Connect).Refusal);
    }

    [Fact]
    public void A_lost_link_is_doubted_once_and_told_with_the_controllers_own_words()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();
        SendAll(bench, [1, 2]);
        _robot.Send(new RtdeText("Client too slow", "RTDE", RtdeTextLevel.Error));
        bench.Step();
        bench.Skip();

        _robot.IsBroken = true;
        var lost = Assert.Throws<LinkLostException>(bench.Step);

        Assert.Equal("The robot is gone. The controller said \"Client too slow\".", lost.Message);
        Assert.Equal("RTDE: Client too slow (Error)", bench.Driver.Statistics.LastText);
        Assert.True(bench.Driver.Doubt(0));
        Assert.False(bench.Driver.Doubt(0));
        Assert.Equal(["x~2"], bench.Samples());
    }

    [Fact]
    public void A_stream_that_falls_silent_is_overdue_and_then_lost()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();
        SendAll(bench, [1]);

        bench.StepUntil(() => bench.Driver.IsOverdue);
        var lost = bench.StepUntilLost();

        Assert.Contains("robot:30004 has stopped sending without a word for 1 s", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_is_believed_when_the_controller_has_booted_long_ago()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();

        _robot.Send(39, (_, _) => 0);
        bench.Step();
        Assert.False(bench.Driver.HasAnswered);

        _robot.Send(41, (_, _) => 0);
        bench.Step();
        Assert.True(bench.Driver.HasAnswered);
    }

    [Fact]
    public void All_that_has_come_is_taken_before_the_next_wait()
    {
        using var bench = Bench(RtdeBench.Options(("x", new() { Field = "speed_scaling" })));
        bench.Driver.Connect();
        for (var i = 0; i < 1_000; i++)
        {
            _robot.Send(i * 0.008, (_, _) => i);
        }

        bench.Step();

        Assert.Equal(1_000, bench.Skip());
    }

    [Fact]
    public void Two_devices_of_one_controller_have_a_connection_each()
    {
        var options = RtdeBench.Options(("x", new() { Field = "speed_scaling" }));

        Assert.Equal("robot:30004 (a)", RtdeDriver.Kind.LinkOf("a", options));
        Assert.NotEqual(RtdeDriver.Kind.LinkOf("a", options), RtdeDriver.Kind.LinkOf("b", options));
        Assert.Equal(RtdeDriver.Kind, DriverCatalog.Find("rtde"));
    }

    public void Dispose() => _robot.Dispose();

    private RtdeBench Bench(RtdeOptions options) => new(options, _ => _robot.Open());

    /// <summary>Packages of 125 Hz, by number; each value is the number.</summary>
    private void SendAll(RtdeBench bench, IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            _robot.Send(number * 0.008, (_, _) => number);
        }

        bench.Step();
    }
}
