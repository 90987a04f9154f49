using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Serial;
using IndustrieFutur.Edge.Tests.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>A scale, a scanner and a binary device, simulated at the far end of a real link and read by the driver.</summary>
public sealed class FramedDriverTests
{
    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void A_scale_is_asked_and_its_answers_become_samples(SerialImplementation implementation)
    {
        using var pair = new PtyPair();
        using var scale = new ScaleSimulator(pair.Master);
        var options = Scale(pair.SlavePath, implementation);
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        bench.StepUntilSeen("weight=100", "stable=true");
        scale.Answer = "S D      -0.52 kg";
        bench.StepUntilSeen("weight=-0.52", "stable=false");

        Assert.DoesNotContain(bench.Samples, sample => sample.Contains('!', StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_without_the_field_is_a_decoding_error()
    {
        using var pair = new PtyPair();
        using var scale = new ScaleSimulator(pair.Master) { Answer = "S I" };
        var options = Scale(pair.SlavePath);
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        bench.StepUntilSeen("weight!BadDecodingError", "stable=false");
    }

    [Fact]
    public void A_silent_device_is_marked_once_asked_more_and_more_seldom_and_taken_back()
    {
        using var pair = new PtyPair();
        using var scale = new ScaleSimulator(pair.Master) { Answer = null };
        var options = Scale(pair.SlavePath);
        using var bench = new FramedBench(options, options.OpenLink);
        bench.Driver.Connect();
        var asked = new List<long>();

        bench.StepUntil(_ =>
        {
            if (scale.Asked > asked.Count)
            {
                asked.Add(Environment.TickCount64);
            }

            return asked.Count == 6;
        });
        var whileSilent = bench.Samples.ToArray();
        scale.Answer = "S S     100.00 g";
        bench.StepUntilSeen("weight=100");

        Assert.Equal(["weight!BadNoCommunication", "stable!BadNoCommunication"], whileSilent);
        Assert.True(asked[5] - asked[4] > asked[1] - asked[0], $"asked at {string.Join(", ", asked)} ms");
    }

    [Fact]
    public void A_scale_whose_cable_is_pulled_and_put_back_is_read_again()
    {
        var path = SerialLine.TemporaryPath("scale");
        var options = Scale(path);
        using var bench = new FramedBench(options, options.OpenLink);
        for (var i = 0; i < 3; i++)
        {
            using var pair = new PtyPair(path);
            using var scale = new ScaleSimulator(pair.Master);
            bench.Driver.Connect();
            bench.StepUntilSeen("weight=100");
            bench.Samples.Clear();

            pair.Dispose();
            var lost = bench.StepUntilLost();
            bench.Driver.Disconnect();
            bench.Samples.Clear();

            Assert.Contains($"The port {path} is gone", lost.Message, StringComparison.Ordinal);
            var refused = Assert.Throws<LinkLostException>(bench.Driver.Connect);
            Assert.Contains($"There is no port {path}", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_host_that_hangs_up_without_an_answer_is_marked_by_the_runner_alone_when_it_was_lost()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var scale = Scale("unused");
        var options = new FramedOptions
        {
            Tcp = new TcpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port },
            Timeout = scale.Timeout,
            Groups = scale.Groups,
        };
        using var bench = new FramedBench(options, options.OpenLink);
        bench.Driver.Connect();
        listener.AcceptSocket().Dispose();
        bench.StepUntilLost();
        bench.Driver.Disconnect();
        bench.Samples.Clear();

        bench.Driver.Connect();
        using var device = listener.AcceptSocket();
        var buffer = new byte[64];
        StepUntilAskedTwice(bench, device, buffer);
        var whileSilent = bench.Samples.ToArray();
        var hadAnswered = bench.Driver.HasAnswered;
        bench.StepUntil(samples =>
        {
            if (device.Available > 0)
            {
                device.Receive(buffer);
                device.Send("S S     100.00 g\r\n"u8);
            }

            return samples.Contains("weight=100");
        });

        Assert.Empty(whileSilent);
        Assert.False(hadAnswered);
        Assert.True(bench.Driver.HasAnswered);
    }

    [Fact]
    public void A_line_with_nothing_due_is_still_looked_at()
    {
        using var pair = new PtyPair();
        using var scale = new ScaleSimulator(pair.Master);
        var options = Scale(pair.SlavePath, interval: TimeSpan.FromHours(1));
        using var bench = new FramedBench(options, options.OpenLink);
        bench.Driver.Connect();
        bench.StepUntilSeen("weight=100");

        pair.Dispose();
        var lost = bench.StepUntilLost();

        Assert.Contains("is gone", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scanner_is_listened_to_and_its_codes_are_texts()
    {
        using var pair = new PtyPair();
        var options = Listening(pair.SlavePath, new FramedSignalOptions { Type = FramedType.Text });
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        pair.Master.Write("4006381333931\r\n"u8);
        bench.StepUntilSeen("value=4006381333931");
        pair.Master.Write([(byte)'2', 0xB0, (byte)'\r']);
        bench.StepUntilSeen("value=2°");
    }

    [Fact]
    public void A_line_that_is_joined_in_its_middle_gives_no_half_value()
    {
        using var pair = new PtyPair();
        var options = Listening(pair.SlavePath, new FramedSignalOptions());
        using var bench = new FramedBench(
            options,
            cancellationToken =>
            {
                var link = options.OpenLink(cancellationToken);
                pair.Master.Write("00.25\r\n"u8);
                return link;
            });

        bench.Driver.Connect();
        pair.Master.Write("100.50\r\n"u8);
        bench.StepUntilSeen("value=100.5");

        Assert.Equal(["value=100.5"], bench.Samples);
    }

    [Fact]
    public void A_talking_device_is_told_to_talk_and_woken_when_it_falls_silent()
    {
        using var pair = new PtyPair();
        var options = Listening(pair.SlavePath, new FramedSignalOptions(), "SIR\r\n", TimeSpan.FromMilliseconds(200));
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        var first = SerialLine.ReadExactly(pair.Master, 5);
        bench.StepUntilSeen("value!BadNoCommunication");
        var second = SerialLine.ReadExactly(pair.Master, 5);
        pair.Master.Write("7.5\r\n"u8);
        bench.StepUntilSeen("value=7.5");

        Assert.Equal("SIR\r\n"u8, first);
        Assert.Equal("SIR\r\n"u8, second);
        Assert.Equal(["value!BadNoCommunication", "value=7.5"], bench.Samples);
    }

    [Fact]
    public void Answers_and_what_comes_by_itself_are_told_apart_by_their_beginning()
    {
        using var pair = new PtyPair();
        using var scale = new ScaleSimulator(pair.Master);
        var polled = Scale(pair.SlavePath);
        var options = new FramedOptions
        {
            Serial = polled.Serial,
            Timeout = polled.Timeout,
            Groups = new Dictionary<string, FramedGroupOptions>(polled.Groups)
            {
                ["keys"] = Group(null, new() { ["key"] = new() { When = "K", Cut = new() { Position = 3 }, Type = FramedType.I64 } }),
            },
        };
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        bench.StepUntilSeen("weight=100");
        pair.Master.Write("K 4\r\n"u8);
        bench.StepUntilSeen("key=4");

        Assert.DoesNotContain(bench.Samples, sample => sample.Contains('!', StringComparison.Ordinal));
    }

    [Fact]
    public void A_binary_device_on_the_network_is_read_by_offsets()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new FramedOptions
        {
            Tcp = new TcpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port },
            Frame = new FrameOptions { Kind = FrameKind.Fixed, Sync = "\\xAA\\x55", Length = 20 },
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["all"] = Group(null, new()
                {
                    ["time"] = new() { Type = FramedType.U32, Cut = new() { Offset = 6 } },
                    ["force"] = new() { Type = FramedType.I16, Cut = new() { Offset = 12 } },
                    ["swapped"] = new() { Type = FramedType.U16, Cut = new() { Offset = 10, Order = ByteOrder.Big } },
                    ["bit"] = new() { Type = FramedType.Bool, Cut = new() { Offset = 4, Bit = 1 } },
                    ["unset"] = new() { Type = FramedType.Bool, Cut = new() { Offset = 4, Bit = 3 } },
                    ["other"] = new() { Type = FramedType.U8, Cut = new() { Offset = 2 }, When = "\\xAA\\x55\\x09" },
                }),
            },
        };
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        using var device = listener.AcceptSocket();
        device.Send(Convert.FromHexString("00AA55010207" + "0040E20100E80318FCFF7F00809869"));
        bench.StepUntilSeen("time=123456", "force=-1000", "swapped=59395", "bit=true", "unset=false");

        Assert.Equal(5, bench.Samples.Count);
    }

    /// <summary>Steps until the device was asked a second time: the first request has met silence then.</summary>
    private static void StepUntilAskedTwice(FramedBench bench, Socket device, byte[] buffer)
    {
        var count = 0;
        bench.StepUntil(_ =>
        {
            count += device.Available > 0 ? device.Receive(buffer) : 0;
            return count >= 8;
        });
    }

    private static FramedOptions Scale(
        string port, SerialImplementation implementation = SerialImplementation.Auto, TimeSpan? interval = null) => new()
        {
            Serial = new SerialOptions { Port = port, Settings = "9600 8N1", Implementation = implementation },
            Timeout = TimeSpan.FromMilliseconds(200),
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["weight"] = Group(
                    "SI\\r\\n",
                    new()
                    {
                        ["weight"] = new() { When = "S ", Cut = new() { Separator = "blanks", Index = 3 } },
                        ["stable"] = new() { When = "S ", Cut = new() { Separator = "blanks", Index = 2 }, Type = FramedType.Bool, EqualTo = "S" },
                    },
                    interval ?? TimeSpan.FromMilliseconds(20)),
            },
        };

    private static FramedOptions Listening(string port, FramedSignalOptions signal, string onConnect = "", TimeSpan? silence = null) => new()
    {
        Serial = new SerialOptions { Port = port, Settings = "9600 8N1" },
        OnConnect = onConnect,
        Silence = silence,
        Groups = new Dictionary<string, FramedGroupOptions> { ["all"] = Group(null, new() { ["value"] = signal }) },
    };

    private static FramedGroupOptions Group(
        string? request, Dictionary<string, FramedSignalOptions> signals, TimeSpan? interval = null) =>
        new() { Request = request, Signals = signals, Interval = interval ?? TimeSpan.FromSeconds(1) };
}
