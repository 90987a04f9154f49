using System.Net;
using System.Net.Sockets;
using System.Text;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpenProtocol;
using IndustrieFutur.Edge.Simulators.Torque;
using IndustrieFutur.Edge.Tests.Drivers.Framed;
using IndustrieFutur.Edge.Tests.Protocols.OpenProtocol;
using IndustrieFutur.Edge.Tests.Simulators;

namespace IndustrieFutur.Edge.Tests.Drivers.OpenProtocol;

/// <summary>A torque driver's results come once each, whatever happens to the link, and are acknowledged when the ring has them.</summary>
public sealed class OpenProtocolDriverTests : IDisposable
{
    private static readonly string[] Usual = ["torque", "angle", "ok", "id", "alarm"];

    private readonly TorqueController _controller = new(seed: 1);
    private readonly DeviceScene _scene;

    public OpenProtocolDriverTests() => _scene = new DeviceScene(_controller, _controller.Protocol);

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_result_and_each_alarm_of_the_simulated_controller_is_read(bool overTcp)
    {
        var options = overTcp ? OverTcp() : OverPty();
        using var bench = Bench(options);
        bench.Driver.Connect();
        Tighten();
        Tighten();
        bench.StepUntilSeen("id=2");
        _controller.RaiseAlarm("E404");
        _controller.AcknowledgeAlarm("E404");
        _scene.Run(0.1);
        bench.StepUntilSeen("alarm=E404");
        bench.StepUntil(_ => _controller.Acknowledged == 2);

        Assert.True(_controller.Results.TryNext(0, out _, out var first));
        Assert.Equal(FormattableString.Invariant($"torque={first.TorqueCentinewtonMetres / 100.0}"), bench.Samples[0]);
        Assert.Equal([FormattableString.Invariant($"angle={first.Degrees}"), "ok=true", "id=1"], bench.Samples[1..4]);
        Assert.Equal(9, bench.Samples.Count);
        Assert.True(bench.Driver.HasAnswered);
    }

    [Fact]
    public void Results_that_nobody_heard_come_once_each_after_the_cable_is_back()
    {
        var options = OverTcp(keepAlive: TimeSpan.FromSeconds(1));
        using var bench = Bench(options);
        bench.Driver.Connect();
        Tighten();
        bench.StepUntilSeen("id=1");
        bench.StepUntil(_ => _controller.Acknowledged == 1);
        _scene.Lines.Faults.IsCableOut = true;
        Tighten();
        Tighten();
        var lost = bench.StepUntilLost();
        bench.Driver.Disconnect();
        _scene.Lines.Faults.IsCableOut = false;
        bench.Driver.Connect();
        bench.StepUntilSeen("id=3");

        Assert.Contains("has said nothing for 1.5 s", lost.Message, StringComparison.Ordinal);
        Assert.Equal(["id=1", "id=2", "id=3"], bench.Samples.Where(sample => sample.StartsWith("id", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_recorded_result_is_read_and_one_that_comes_again_is_acknowledged_and_not_written()
    {
        using var listener = Listener(out var options);
        using var bench = Bench(options);
        using var controller = Connected(bench, listener);

        controller.Send(RecordedResult.OnTcp);
        bench.StepUntilSeen("torque=7.39", "angle=0", "ok=true", "id=345675");
        controller.Send(RecordedResult.OnTcp);
        controller.Send(RecordedResult.WithId(345676));
        bench.StepUntilSeen("id=345676");
        bench.StepUntil(_ => controller.Available >= 3 * 21);

        Assert.Equal(2, bench.Samples.Count(sample => sample == "torque=7.39"));
        Assert.Equal(1, ((OpenProtocolDriver)bench.Driver).Statistics.Repeated);
        Assert.Equal("00200062001         \000200062001         \000200062001         \0", Received(controller));
    }

    [Fact]
    public void A_controller_that_counts_from_the_beginning_again_is_not_taken_for_one_that_repeats_itself()
    {
        using var listener = Listener(out var options);
        using var bench = Bench(options);
        using var controller = Connected(bench, listener);
        var later = Encoding.ASCII.GetBytes(RecordedResult.Text.Replace("2001-06-02", "2001-06-03", StringComparison.Ordinal));

        controller.Send(RecordedResult.OnTcp);
        controller.Send([.. later, 0]);
        bench.StepUntil(samples => samples.Count(sample => sample == "id=345675") == 2);
    }

    [Fact]
    public void A_full_ring_is_waited_for_and_nothing_is_acknowledged_before_all_is_in_it()
    {
        using var listener = Listener(out var options);
        using var bench = Bench(options, capacity: 2);
        using var controller = Connected(bench, listener);

        controller.Send(RecordedResult.OnTcp);
        StepUntil(bench, () => bench.Driver.Step(Now()) > Now() + 5_000_000);
        var early = controller.Available;
        bench.StepUntilSeen("torque=7.39", "angle=0", "ok=true", "id=345675");
        bench.StepUntil(_ => controller.Available == 21);

        Assert.Equal(0, early);
        Assert.Equal(4, bench.Samples.Count);
    }

    [Fact]
    public void A_result_that_is_none_is_a_decoding_error_and_does_not_block_the_next()
    {
        using var listener = Listener(out var options);
        using var bench = Bench(options);
        using var controller = Connected(bench, listener);

        controller.Send("00240061001         0101\0"u8);
        controller.Send(RecordedResult.OnTcp);
        bench.StepUntilSeen("torque!BadDecodingError", "id!BadDecodingError", "id=345675");
    }

    [Fact]
    public void A_controller_that_has_no_session_left_refuses_in_plain_words()
    {
        _controller.SessionsMax = 1;
        var options = OverTcp();
        using var first = Bench(options);
        using var second = Bench(options);
        first.Driver.Connect();

        var refused = Assert.Throws<LinkLostException>(second.Driver.Connect);
        first.Driver.Disconnect();

        Assert.Equal(LinkRefusal.Client, refused.Refusal);
        Assert.Contains("error 96 (ClientAlreadyConnected); another client holds its session", refused.Message, StringComparison.Ordinal);
        second.StepUntilConnected();
    }

    [Fact]
    public void A_host_that_does_not_speak_it_is_given_up_after_three_tries()
    {
        using var listener = Listener(out var options);
        using var bench = Bench(options);

        var lost = Assert.Throws<LinkLostException>(bench.Driver.Connect);

        using var host = listener.AcceptSocket();
        Assert.Contains("does not answer the command 0001, sent 3 times", lost.Message, StringComparison.Ordinal);
        Assert.Equal(3 * 21, host.Available);
    }

    [Fact]
    public void A_stop_ends_the_wait_for_a_silent_controller()
    {
        using var listener = Listener(out var options);
        using var bench = Bench(options);
        Exception? ended = null;
        var connecting = new Thread(() => ended = Record.Exception(bench.Driver.Connect));
        connecting.Start();
        using var controller = listener.AcceptSocket();

        bench.Driver.Cancel();

        Assert.True(connecting.Join(TimeSpan.FromMilliseconds(600)), "three tries of 300 ms were waited for");
        Assert.IsType<OperationCanceledException>(ended);
    }

    [Fact]
    public void It_keeps_the_session_alive_and_says_goodbye()
    {
        using var listener = Listener(out var options, keepAlive: TimeSpan.FromSeconds(1));
        using var bench = Bench(options);
        using var controller = Connected(bench, listener);

        bench.StepUntil(_ => controller.Available == 21);
        var alive = Received(controller);
        bench.Driver.Disconnect();
        Assert.True(SpinWait.SpinUntil(() => controller.Available == 21, TimeSpan.FromSeconds(5)));

        Assert.Equal("00209999001         \0", alive);
        Assert.Equal("00200003001         \0", Received(controller));
    }

    [Fact]
    public void A_device_has_one_link_and_the_usual_port()
    {
        var none = new Mistakes();
        var both = new Mistakes();
        var options = OverTcp();

        new OpenProtocolOptions { Groups = options.Groups }.Check(none);
        new OpenProtocolOptions { Groups = options.Groups, Tcp = options.Tcp, Serial = new SerialOptions() }.Check(both);

        Assert.Equal(["tcp"], Assert.Single(none.All).Path);
        Assert.Equal(["tcp"], Assert.Single(both.All).Path);
        Assert.Equal("h:4545", OpenProtocolDriver.Kind.LinkKey(new OpenProtocolOptions { Tcp = new TcpOptions { Host = "h" } }));
    }

    private static long Now() => Edge.Core.Pacing.MonoClock.NowNanos();

    private static void StepUntil(FramedBench bench, Func<bool> isReached) =>
        Assert.True(SpinWait.SpinUntil(isReached, TimeSpan.FromSeconds(5)), string.Join(", ", bench.Samples));

    private static FramedBench Bench(OpenProtocolOptions options, int capacity = 4_096) =>
        new(options, (device, writer, memory) => new OpenProtocolDriver(device, writer, new OpenProtocolStatistics(memory)), capacity);

    private static OpenProtocolOptions Options(TcpOptions? tcp, SerialOptions? serial, TimeSpan? keepAlive = null) => new()
    {
        Tcp = tcp,
        Serial = serial,
        Timeout = TimeSpan.FromMilliseconds(300),
        KeepAlive = keepAlive ?? TimeSpan.FromSeconds(10),
        Groups = new Dictionary<string, OpenProtocolGroupOptions>
        {
            ["results"] = new()
            {
                Signals = Usual.ToDictionary(
                    id => id, id => new OpenProtocolSignalOptions { Field = Enum.Parse<OpenProtocolField>(id, ignoreCase: true) }),
            },
        },
    };

    private static TcpListener Listener(out OpenProtocolOptions options, TimeSpan? keepAlive = null)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        options = Options(new TcpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }, null, keepAlive);
        return listener;
    }

    /// <summary>Connects the driver to a controller that the test plays: its answers are there before they are asked for.</summary>
    private static Socket Connected(FramedBench bench, TcpListener listener)
    {
        Socket? controller = null;
        var accepting = new Thread(() =>
        {
            controller = listener.AcceptSocket();
            Answer(controller, "00570002001         010001020103CONTROLLER               "u8);
            Answer(controller, "00240005001         0060"u8);
            Answer(controller, "00240005001         0070"u8);
        });
        accepting.Start();
        bench.Driver.Connect();
        accepting.Join();
        return controller!;
    }

    private static void Answer(Socket controller, ReadOnlySpan<byte> message)
    {
        var request = new byte[21];
        Assert.Equal(21, controller.Receive(request));
        controller.Send([.. message, 0]);
    }

    private static string Received(Socket controller)
    {
        var bytes = new byte[controller.Available];
        controller.Receive(bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    private OpenProtocolOptions OverTcp(TimeSpan? keepAlive = null)
    {
        _scene.Lines.OpenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        return Options(new TcpOptions { Host = "127.0.0.1", Port = _scene.Lines.TcpPort }, null, keepAlive);
    }

    private OpenProtocolOptions OverPty()
    {
        _scene.Lines.OpenPty();
        return Options(null, new SerialOptions { Port = _scene.Lines.PtyPath!, Settings = "115200 8N1" });
    }

    private void Tighten()
    {
        _controller.Tighten();
        _scene.Run(1.5);
    }
}
