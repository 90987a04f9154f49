using System.Text;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>NCMD and DCMD: the rebirth is done, orders go to the command door, and nothing that a host can send does harm.</summary>
[Trait("Proof", "sparkplug-rules")]
public sealed class HostCommandsTests : IDisposable
{
    private const string Node = "spBv1.0/G/NCMD/E";
    private const string Device = "spBv1.0/G/DCMD/E/plc";

    private readonly NodeScene _scene = new();
    private readonly MovedClock _clock = new();
    private readonly HostWitness _witness = new();
    private readonly HostCommands _commands;

    public HostCommandsTests()
    {
        _commands = Commands(_witness);
        _scene.Begin();
        _scene.Pass(TimeSpan.FromSeconds(2));
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void The_rebirth_control_brings_a_rebirth_in_the_same_session()
    {
        _commands.Hear(Node, Payload(Metric(name: "Node Control/Rebirth", type: 11, value: [0x70, 1])));

        Assert.Equal(["NBIRTH", "DBIRTH plc", "DBIRTH arm"], _scene.Pump().Select(message => message.Kind));
    }

    [Fact]
    public void A_rebirth_that_is_false_null_or_no_boolean_brings_none()
    {
        _commands.Hear(Node, Payload(Metric("Node Control/Rebirth", type: 11, value: [0x70, 0])));
        _commands.Hear(Node, Payload(Metric("Node Control/Rebirth", type: 11, value: [0x38, 1, 0x70, 1])));
        _commands.Hear(Node, Payload(Metric("Node Control/Rebirth", type: 12, value: [0x7A, 1, (byte)'1'])));

        Assert.Empty(_scene.Pump());
    }

    [Fact]
    public void What_the_node_does_not_know_is_ignored_and_told_once_a_minute()
    {
        for (var i = 0; i < 100; i++)
        {
            _commands.Hear(Node, Payload(Metric("Node Control/Reboot", type: 11, value: [0x70, 1])));
            _commands.Hear("spBv1.0/G/DCMD/E/nobody", Payload(Metric("x", type: 11, value: [0x70, 1])));
            _commands.Hear(Device, Payload(Metric("nothing", type: 11, value: [0x70, 1])));
            _commands.Hear(Device, [0x12, 0xFF, 0x01]);
            _commands.Hear("spBv1.0/G/NDATA/E", [0x12]);
        }

        Assert.Contains("the node knows only \"Node Control/Rebirth\"", Assert.Single(_witness.Told), StringComparison.Ordinal);
        _clock.Move(TimeSpan.FromMinutes(1));
        _commands.Hear(Device, [0x12, 0xFF, 0x01]);
        Assert.Contains("399 more", _witness.Told[1], StringComparison.Ordinal);
        Assert.Empty(_witness.Orders);
        Assert.Empty(_scene.Pump());
    }

    [Fact]
    public void Orders_reach_the_command_door_by_name_or_alias_with_the_value_of_the_signals_kind()
    {
        _commands.Hear(Device, Payload(
            Metric("conveyor.speed", type: 10, value: [0x69, .. BitConverter.GetBytes(-2.5)]),
            Metric(alias: 1, type: 9, value: [0x65, .. BitConverter.GetBytes(1.5f)]),
            Metric(alias: 2, type: 4, value: [0x58, .. Varint(ulong.MaxValue)]),
            Metric(alias: 2, type: 3, value: [0x50, .. Varint(uint.MaxValue)]),
            Metric(alias: 3, type: 7, value: [0x50, .. Varint(uint.MaxValue)]),
            Metric(alias: 4, type: 11, value: [0x70, 1]),
            Metric(alias: 5, type: 12, value: [0x7A, 3, .. "Né"u8])));

        Assert.Equal(
            [
                ("conveyor.speed", BitConverter.DoubleToInt64Bits(-2.5), ""), ("conveyor.speed", BitConverter.DoubleToInt64Bits(1.5), ""),
                ("count", -1L, ""), ("count", -1L, ""), ("total", uint.MaxValue, ""), ("runs", 1L, ""), ("code", 0L, "Né"),
            ],
            _witness.Orders.Select(order => (order.Signal.Id, order.Bits, order.Text)));
        Assert.All(_witness.Orders, order => Assert.Equal(("scada", NodeScene.StartMillis), (order.Sink, order.SentUtcMillis)));
        Assert.Empty(_witness.Told);
    }

    [Fact]
    public void A_value_of_another_kind_reaches_no_door()
    {
        _commands.Hear(Device, Payload(
            Metric(alias: 1, type: 12, value: [0x7A, 1, (byte)'1']),
            Metric(alias: 2, type: 10, value: [0x69, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]),
            Metric(alias: 3, type: 3, value: [0x50, .. Varint(uint.MaxValue)]),
            Metric(alias: 4, type: 4, value: [0x58, 1]),
            Metric(alias: 5, type: 11, value: [0x38, 1])));

        Assert.Empty(_witness.Orders);
        Assert.Contains("the value is no Float64", Assert.Single(_witness.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_door_refuses_every_order_and_says_so_once_a_minute()
    {
        var commands = Commands(new ClosedDoor());
        for (var i = 0; i < 1_000; i++)
        {
            commands.Hear(Device, Payload(Metric(alias: 4, type: 11, value: [0x70, 1])));
        }

        var told = Assert.Single(_witness.Told);
        Assert.Contains("plc.runs", told, StringComparison.Ordinal);
        Assert.Contains("only reads", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_commands_are_ignored_and_never_throw()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[] whole = Payload(
            Metric("conveyor.speed", type: 10, value: [0x69, .. BitConverter.GetBytes(-2.5)]), Metric(alias: 5, type: 12, value: [0x7A, 3, .. "Né"u8]));
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = whole[..random.Next(whole.Length + 1)].ToArray();
            for (var flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var thrown = Record.Exception(() => _commands.Hear(i % 2 == 0 ? Node : Device, damaged));
            Assert.True(thrown is null, $"seed {seed}, round {i}, {Convert.ToHexString(damaged)}: {thrown}");
        }
    }

    private HostCommands Commands(ICommandDoor door) => new("scada", _scene.Topics, _scene.Queues, _scene.Session, door, _clock, _witness);

    private static byte[] Payload(params byte[][] metrics) =>
        [0x08, .. Varint(NodeScene.StartMillis), .. metrics.SelectMany(metric => (byte[])[0x12, .. Varint((ulong)metric.Length), .. metric])];

    private static byte[] Metric(string name = "", ulong alias = 0, byte type = 0, byte[]? value = null)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        byte[] named = name.Length > 0 ? [0x0A, (byte)utf8.Length, .. utf8] : [0x10, .. Varint(alias)];
        return [.. named, 0x18, .. Varint(NodeScene.StartMillis), 0x20, type, .. value ?? []];
    }

    private static byte[] Varint(ulong value)
    {
        Span<byte> buffer = stackalloc byte[10];
        var writer = new ProtoWriter(buffer);
        writer.Varint(value);
        return buffer[..writer.Length].ToArray();
    }
}
