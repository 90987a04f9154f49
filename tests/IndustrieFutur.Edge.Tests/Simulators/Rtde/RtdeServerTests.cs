using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Tests.Simulators.Rtde;

/// <summary>The simulated controller sends in the ticks of the cell's clock, waits for nobody, and has the faults that a controller has.</summary>
public sealed class RtdeServerTests : IDisposable
{
    private readonly RtdeScene _scene = new();

    [Theory]
    [InlineData(500, 500)]
    [InlineData(125, 125)]
    [InlineData(1, 1)]
    [InlineData(62.5, 62.5)]
    [InlineData(200, 250)]
    [InlineData(333, 500)]
    public void Packages_go_out_in_the_ticks_of_the_clock(double asked, double sent)
    {
        var client = _scene.Started(asked, "timestamp", "actual_q");

        _scene.Step(1_000);
        _scene.Server.Say(new RtdeText("end", "test", RtdeTextLevel.Info));

        var stamps = new List<double>();
        RtdeScene.Until(() =>
        {
            while (client.TryReadData(0, out var values))
            {
                stamps.Add(BinaryPrimitives.ReadDoubleBigEndian(values) * 500);
                Assert.Equal(stamps[^1] + 5, BinaryPrimitives.ReadDoubleBigEndian(values[48..]), 1e-9);
            }

            return client.LastText?.Message == "end";
        });

        Assert.Equal(2 * sent, stamps.Count);
        Assert.Equal(asked == sent ? 1 : 2, client.TextsReceived);
        Assert.All(stamps.Zip(stamps.Skip(1)), pair => Assert.Equal(500.0 / sent, pair.Second - pair.First, 1e-9));
    }

    [Fact]
    public void Several_clients_have_recipes_of_their_own_and_one_too_many_is_sent_away()
    {
        var clients = Enumerable.Range(0, RtdeServer.ClientsMax).Select(i => _scene.Started(500, "timestamp", $"output_int_register_{i}")).ToArray();

        var late = _scene.Connect();
        Assert.Throws<LinkBrokenException>(() => late.Read(new byte[1], LinkClock.NowNanos() + 5_000_000_000));
        _scene.Step(1);

        Assert.All(clients, client => Assert.Equal(12, RtdeScene.Next(client)!.Length));
        Assert.Equal(RtdeServer.ClientsMax, _scene.Server.Clients);
    }

    [Fact]
    public void A_client_that_does_not_read_is_dropped_and_the_others_are_served()
    {
        var reading = _scene.Started(500, "timestamp");
        _scene.Started(500, [.. RtdeFields.Names.Where(name => name.StartsWith("actual_", StringComparison.Ordinal))]);
        RtdeScene.Until(() => _scene.Server.Clients == 2);

        for (var i = 0; i < 100_000 && _scene.Server.Dropped == 0; i++)
        {
            _scene.Step(1);
            Assert.NotNull(RtdeScene.Next(reading));
        }

        Assert.Equal(1, _scene.Server.Dropped);
        RtdeScene.Until(() => _scene.Server.Clients == 1);
    }

    [Fact]
    public void A_paused_client_is_sent_nothing_until_it_starts_again()
    {
        var client = _scene.Started(500, "timestamp");
        _scene.Step(1);
        client.Pause();

        _scene.Step(10);
        client.Start();
        _scene.Step(1);

        Assert.Equal(12 / 500.0, BinaryPrimitives.ReadDoubleBigEndian(RtdeScene.Next(client)));
    }

    [Fact]
    public void A_stall_holds_everything_back_and_then_lets_it_go_at_once()
    {
        var client = _scene.Started(500, "timestamp");
        _scene.Server.Stall(50);

        _scene.Step(50);
        Assert.Null(RtdeScene.Next(client, 0));
        _scene.Step(1);

        Assert.Equal(Enumerable.Range(1, 51).Select(tick => tick / 500.0), Enumerable.Range(1, 51).Select(_ => BinaryPrimitives.ReadDoubleBigEndian(RtdeScene.Next(client))));
    }

    [Fact]
    public void Lost_packages_leave_a_hole_in_the_timestamps()
    {
        var client = _scene.Started(500, "timestamp");
        _scene.Step(1);
        _scene.Server.LosePackages(3);
        _scene.Step(4);

        Assert.Equal([1, 5], new[] { RtdeScene.Next(client), RtdeScene.Next(client) }.Select(values => BinaryPrimitives.ReadDoubleBigEndian(values) * 500));
    }

    [Fact]
    public void A_controller_that_begins_anew_counts_from_zero()
    {
        var client = _scene.Started(500, "timestamp");
        _scene.Step(100);
        _scene.Server.ResetTimestamp();
        _scene.Step(1);

        var last = Enumerable.Range(0, 101).Select(_ => BinaryPrimitives.ReadDoubleBigEndian(RtdeScene.Next(client))).Last();

        Assert.Equal(0.002, last);
    }

    [Fact]
    public void Packages_cut_at_every_byte_arrive_whole()
    {
        var client = _scene.Started(500, "timestamp", "actual_q", "robot_mode");
        _scene.Server.SplitsPackets = true;

        for (var tick = 1; tick <= 200; tick++)
        {
            _scene.Step(1);
            if (tick > 1)
            {
                Assert.Equal((tick - 1) / 500.0, BinaryPrimitives.ReadDoubleBigEndian(RtdeScene.Next(client)));
            }
        }
    }

    [Fact]
    public void A_text_between_question_and_answer_is_told_apart()
    {
        _scene.Server.Chatter = new RtdeText("busy", "controller", RtdeTextLevel.Warning);

        var client = _scene.Started(500, "timestamp");

        Assert.Equal((3, _scene.Server.Chatter), (client.TextsReceived, client.LastText));
    }

    [Fact]
    public void Fields_and_versions_are_refused_when_a_scenario_says_so()
    {
        _scene.Server.Refuse("actual_q");
        _scene.Server.Refuse("robot_mode", RtdeRecipeField.InUse);
        var client = new RtdeClient(_scene.Connect(), "the simulator", TestContext.Current.CancellationToken);
        client.Negotiate();

        var refused = client.SetUpOutputs(125, ["timestamp", "actual_q", "robot_mode", "no_such_field"]);
        Assert.Equal(["DOUBLE", "NOT_FOUND", "IN_USE", "NOT_FOUND"], refused.Fields.Select(field => field.Answer));
        Assert.Throws<RtdeRefusedException>(client.Start);

        _scene.Server.Refuse("actual_q", null);
        Assert.True(client.SetUpOutputs(125, ["actual_q"]).IsUsable);
        _scene.Server.RefusesVersion = true;
        Assert.Throws<RtdeRefusedException>(client.Negotiate);
    }

    [Fact]
    public void Connections_that_are_cut_end_at_the_client()
    {
        var client = _scene.Started(500, "timestamp");

        _scene.Server.DropClients();

        Assert.Throws<LinkBrokenException>(() => RtdeScene.Next(client));
    }

    [Fact]
    public void Version_1_has_no_frequency_and_no_number_of_the_recipe()
    {
        var link = _scene.Connect();
        Write(link, 'V', 0, 1);
        Assert.Equal([0, 4, (byte)'V', 1], Read(link, 4));
        Write(link, 'O', "timestamp,robot_mode"u8);
        Assert.Equal([0, 15, (byte)'O', .. "DOUBLE,INT32"u8], Read(link, 15));
        Write(link, 'S');
        Assert.Equal([0, 4, (byte)'S', 1], Read(link, 4));

        _scene.Step(1);
        var package = Read(link, 15);
        _scene.Server.Say(new RtdeText("hi", "unused", RtdeTextLevel.Info));

        Assert.Equal(0.002, BinaryPrimitives.ReadDoubleBigEndian(package.AsSpan(3)));
        Assert.Equal([0, 6, (byte)'M', 3, (byte)'h', (byte)'i'], Read(link, 6));
    }

    [Theory]
    [InlineData("0005560003", "00045600")]
    [InlineData("0004560002", "00045600")]
    [InlineData("00034D000356000376", "00045600001376")]
    [InlineData("000353", "00045300")]
    [InlineData("000350", "00045001")]
    public void What_a_controller_does_not_know_it_refuses_and_texts_it_takes(string asked, string answered)
    {
        var link = _scene.Connect();

        link.Write(Convert.FromHexString(asked));

        Assert.Equal(Convert.FromHexString(answered), Read(link, answered.Length / 2));
    }

    [Fact]
    public void Clients_that_send_anything_leave_the_server_serving()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            using var client = new TcpClient("127.0.0.1", _scene.Port);
            var bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                // A length that could be, and a type that is one.
                (bytes[0], bytes[2 % bytes.Length]) = (0, "VvMUOISP"u8[random.Next(8)]);
            }

            client.GetStream().Write(bytes);
            _scene.Step(1);
        }

        RtdeClient? after = null;
        RtdeScene.Until(() => (after = TryStart()) is not null);
        _scene.Step(1);
        Assert.True(RtdeScene.Next(after!) is not null, $"seed {seed}");
    }

    public void Dispose() => _scene.Dispose();

    /// <summary>Null: clients before this one are still at the door, and have the last place.</summary>
    private RtdeClient? TryStart()
    {
        try
        {
            return _scene.Started(500, "timestamp");
        }
        catch (LinkBrokenException)
        {
            return null;
        }
    }

    private static void Write(IByteLink link, char type, params ReadOnlySpan<byte> payload) =>
        link.Write([0, (byte)(3 + payload.Length), Encoding.ASCII.GetBytes([type])[0], .. payload]);

    private static byte[] Read(IByteLink link, int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = link.Read(bytes.AsSpan(at), LinkClock.NowNanos() + 5_000_000_000);
            Assert.True(read > 0, $"only {at} of {count} bytes came");
            at += read;
        }

        return bytes;
    }
}
