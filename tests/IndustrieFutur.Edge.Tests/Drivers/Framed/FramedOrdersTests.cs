using System.Net;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Simulators.Scale;
using IndustrieFutur.Edge.Tests.Simulators;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>What a command sends to a framed device: the declared message, once, and the device's own word for it.</summary>
public sealed class FramedOrdersTests : IDisposable
{
    private const int Zero = 0;
    private const int Setpoint = 1;

    private readonly ScriptedDevice _device = new();
    private FramedBench? _bench;

    public void Dispose()
    {
        _bench?.Dispose();
        _device.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scale_is_told_to_zero_and_its_no_is_said_in_its_words(bool isSerial)
    {
        var scale = new MettlerScale(seed: 1) { NoiseFactor = 0 };
        using var scene = new DeviceScene(scale, scale.Protocol);
        scale.Load(10);
        scene.Run(3);
        var options = Scale(scene, isSerial);
        using var bench = new FramedBench(options, options.OpenLink);
        bench.Driver.Connect();
        bench.StepUntilSeen("weight=10");

        var zeroed = Execute(bench, Zero);
        scene.Run(0.1);
        bench.StepUntilSeen("weight=0");
        scale.Load(500);
        scene.Run(3);
        var refused = Execute(bench, Zero);

        Assert.Equal(OrderAnswer.Taken("ZI S"), zeroed);
        Assert.Equal(OrderAnswer.Rejected(0, "ZI +"), refused);
    }

    [Theory]
    [InlineData(Zero, null, "ZI\r\n")]
    [InlineData(Setpoint, 12.34, "SP 12.3;\r\n")]
    [InlineData(Setpoint, -0.04, "SP 0.0;\r\n")]
    public void A_message_is_sent_once_in_the_devices_frame(int target, double? value, string heard)
    {
        Connect();
        _device.Answer = static _ => "OK 7\r\n";

        Assert.Equal(OrderAnswer.Taken("OK 7"), Execute(target, value));
        Assert.Equal([heard], _device.Heard);
    }

    [Fact]
    public void Whatever_the_number_is_one_message_and_nothing_else_is_sent()
    {
        Connect();
        _device.Answer = static _ => "OK\r\n";
        double[] values = [0, -0.0, 1e14, -1e14, 1e-300, 0.05, -99.95, double.Epsilon, int.MaxValue, Math.PI];

        foreach (var value in values)
        {
            Assert.Equal(OrderVerdict.Taken, Execute(Setpoint, value).Verdict);
        }

        Assert.Equal(values.Length, _device.Heard.Count);
        Assert.All(_device.Heard, heard => Assert.Matches("^SP -?[0-9]+\\.[0-9];\r\n\\z", heard));
    }

    [Theory]
    [InlineData(Zero, 1.0)]
    [InlineData(Setpoint, null)]
    [InlineData(Setpoint, double.NaN)]
    [InlineData(Setpoint, double.PositiveInfinity)]
    [InlineData(Setpoint, 1e15)]
    [InlineData(2, null)]
    [InlineData(-1, null)]
    public void What_does_not_fit_or_is_not_declared_is_not_sent(int target, double? value)
    {
        Connect();

        Assert.Equal(OrderVerdict.NotSent, Execute(target, value).Verdict);
        Assert.Empty(_device.Heard);
    }

    [Fact]
    public void An_order_for_another_device_or_before_the_link_is_open_is_not_sent()
    {
        var options = Talking();
        _bench = new FramedBench(options, _ => _device);
        var early = Execute(Zero);
        _bench.Driver.Connect();

        var another = Driver.Execute(Order(), Command(Zero) with { Device = 1 });

        Assert.Equal((OrderVerdict.NotSent, OrderVerdict.NotSent), (early.Verdict, another.Verdict));
        Assert.Empty(_device.Heard);
    }

    [Fact]
    public void A_no_goes_before_a_yes()
    {
        Connect();
        _device.Answer = static _ => "OK but no\r\n";

        Assert.Equal(OrderAnswer.Rejected(0, "OK but no"), Execute(Zero));
    }

    [Fact]
    public void A_device_that_does_not_answer_was_told_once_and_leaves_it_open()
    {
        Connect();

        Assert.Equal(OrderAnswer.Unanswered("no answer in time"), Execute(Zero));
        Assert.Equal(["ZI\r\n"], _device.Heard);
        Assert.False(Driver.HasAnswered);
    }

    [Fact]
    public void What_was_said_before_is_no_answer_and_reaches_its_group()
    {
        Connect();
        _device.Say("OK early\r\nK 4\r\n");

        var told = Execute(Zero);
        _bench!.StepUntilSeen("key=4");

        Assert.Equal(OrderVerdict.Unanswered, told.Verdict);
    }

    [Fact]
    public void The_late_answer_to_a_request_is_no_answer_to_an_order()
    {
        Connect(Asking());
        Driver.Step(MonoClock.NowNanos());
        _device.Say("OK late\r\n");

        Assert.Equal(OrderVerdict.Unanswered, Execute(Zero).Verdict);
        Assert.Equal(["SI\r\n", "ZI\r\n"], _device.Heard);
    }

    [Fact]
    public void What_comes_by_itself_before_the_answer_reaches_its_group()
    {
        Connect();
        _device.Answer = static _ => "K 4\r\nwhatever\r\nOK\r\n";

        var told = Execute(Zero);
        _bench!.StepUntilSeen("key=4");

        Assert.Equal(OrderAnswer.Taken("OK"), told);
        Assert.True(Driver.HasAnswered);
    }

    [Fact]
    public void An_order_waits_while_a_request_has_no_answer()
    {
        Connect(Asking());
        var before = Driver.NotBeforeMonoNanos(Command(Zero));
        var now = MonoClock.NowNanos();
        Driver.Step(now);
        var asked = Driver.NotBeforeMonoNanos(Command(Zero));
        _device.Say("S 5\r\n");
        _bench!.StepUntilSeen("weight=5");

        Assert.Equal(0, before);
        Assert.True(asked > now);
        Assert.Equal(0, Driver.NotBeforeMonoNanos(Command(Zero)));
    }

    [Fact]
    public void A_link_that_is_lost_before_the_message_left_has_sent_nothing()
    {
        Connect();
        _device.IsCut = true;

        Assert.Equal(new OrderAnswer(OrderVerdict.NotSent, 0, "The cable is out."), Execute(Zero));
        Assert.Equal("The cable is out.", _bench!.StepUntilLost().Message);
    }

    [Fact]
    public void A_link_that_is_lost_while_the_message_leaves_leaves_it_open()
    {
        Connect();
        _device.Answer = _ =>
        {
            _device.IsCut = true;
            return null;
        };

        Assert.Equal(OrderAnswer.Unanswered("The cable is out."), Execute(Zero));
        Assert.Equal("The cable is out.", _bench!.StepUntilLost().Message);
        Assert.Single(_device.Heard);
    }

    [Fact]
    public void A_stop_of_the_service_does_not_wait_for_the_answer()
    {
        Connect(timeout: TimeSpan.FromSeconds(5));
        _device.Answer = _ =>
        {
            Driver.Cancel();
            return null;
        };

        Assert.Equal(OrderAnswer.Unanswered("the service stopped while it waited for the answer"), Execute(Zero));
    }

    private FramedDriver Driver => (FramedDriver)_bench!.Driver;

    private static FramedOptions Scale(DeviceScene scene, bool isSerial)
    {
        if (isSerial)
        {
            scene.Lines.OpenPty();
        }
        else
        {
            scene.Lines.OpenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        }

        return new FramedOptions
        {
            Serial = isSerial ? new SerialOptions { Port = scene.Lines.PtyPath!, Settings = "9600 8N1" } : null,
            Tcp = isSerial ? null : new TcpOptions { Host = "127.0.0.1", Port = scene.Lines.TcpPort },
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["weight"] = Group("SI\\r\\n", "weight", new() { When = "S ", Cut = new() { Separator = "blanks", Index = 3 } }),
            },
            Targets = new Dictionary<string, FramedTargetOptions>
            {
                ["zero"] = new() { Send = "ZI", Accept = "^ZI [SD]", Reject = "^(ZI [+-]|ZI I|E[STL])" },
            },
        };
    }

    /// <summary>A device that says what keys are pressed on it.</summary>
    private static FramedOptions Talking(TimeSpan? timeout = null) => Options("keys", Group(null, "key", new() { When = "K", Cut = new() { Position = 3 }, Type = FramedType.I64 }), timeout);

    private static FramedOptions Asking() => Options("weight", Group("SI\\r\\n", "weight", new() { When = "S ", Cut = new() { Separator = "blanks", Index = 2 } }), null);

    private static FramedOptions Options(string id, FramedGroupOptions group, TimeSpan? timeout) => new()
    {
        Tcp = new TcpOptions { Host = "device", Port = 4_001 },
        Groups = new Dictionary<string, FramedGroupOptions> { [id] = group },
        Targets = new Dictionary<string, FramedTargetOptions>
        {
            ["zero"] = new() { Send = "ZI", Accept = "^OK", Reject = "no$", Timeout = timeout ?? TimeSpan.FromMilliseconds(30) },
            ["setpoint"] = new() { Send = "SP {value:0.0};", Accept = "^OK", Timeout = TimeSpan.FromMilliseconds(30) },
        },
    };

    private static FramedGroupOptions Group(string? request, string id, FramedSignalOptions signal) => new()
    {
        Request = request,
        Interval = TimeSpan.FromMilliseconds(20),
        Signals = new Dictionary<string, FramedSignalOptions> { [id] = signal },
    };

    private static CommandPlan Command(int target) => new() { Index = 0, Id = "c", Device = 0, Target = target, TargetWords = "", Level = 1, EffectNanos = 1 };

    private static Order Order(double? value = null)
    {
        var order = new Order { Id = 1, Count = value is null ? 0 : 1 };
        order.Values[0] = value ?? 0;
        return order;
    }

    private static OrderAnswer Execute(FramedBench bench, int target, double? value = null) => ((FramedDriver)bench.Driver).Execute(Order(value), Command(target));

    private OrderAnswer Execute(int target, double? value = null) => Execute(_bench!, target, value);

    private void Connect(FramedOptions? options = null, TimeSpan? timeout = null)
    {
        _bench = new FramedBench(options ?? Talking(timeout), _ => _device);
        _bench.Driver.Connect();
    }
}
