using IndustrieFutur.Edge.App.Broker;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>What the broker makes of a client's packets before the server sees them.</summary>
public sealed class BrokerChannelTests : IDisposable
{
    private readonly StubChannel _wire = new();
    private readonly BrokerChannel _channel;

    public BrokerChannelTests() => _channel = new BrokerChannel(_wire, packetBytesMax: 5_000, keepAliveMaxSeconds: 300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _channel.Dispose();

    [Theory]
    [InlineData("anna", "x", "anna/x")]
    [InlineData(null, "x", "/x")]
    public async Task An_identifier_is_its_users_own(string? user, string clientId, string expected)
    {
        var connect = await ConnectAsync(new MqttConnectPacket { Username = user, ClientId = clientId });

        Assert.Equal(expected, connect.ClientId);
    }

    [Fact]
    public async Task A_client_without_an_identifier_gets_one_and_hears_it_as_it_may_use_it()
    {
        var connect = await ConnectAsync(new MqttConnectPacket { Username = "anna", ClientId = "", CleanSession = true });
        await _channel.SendPacketAsync(new MqttConnAckPacket(), Cancellation);

        var assigned = Assert.IsType<MqttConnAckPacket>(_wire.Sent).AssignedClientIdentifier;
        Assert.StartsWith("auto-", assigned, StringComparison.Ordinal);
        Assert.Equal("anna/" + assigned, connect.ClientId);
    }

    [Fact]
    public async Task A_session_that_is_to_stay_needs_an_identifier_in_MQTT_3()
    {
        _wire.Speak(MqttProtocolVersion.V311);

        Assert.Equal("", (await ConnectAsync(new MqttConnectPacket { Username = "anna", ClientId = "", CleanSession = false })).ClientId);
    }

    [Theory]
    [InlineData(0, 300, 300)]
    [InlineData(301, 300, 300)]
    [InlineData(60, 60, 0)]
    public async Task The_keep_alive_is_held_to_the_limit_and_the_client_is_told(ushort asked, ushort held, ushort told)
    {
        var connect = await ConnectAsync(new MqttConnectPacket { ClientId = "x", KeepAlivePeriod = asked });
        await _channel.SendPacketAsync(new MqttConnAckPacket(), Cancellation);

        var answer = Assert.IsType<MqttConnAckPacket>(_wire.Sent);
        Assert.Equal((held, told, 5_000u), (connect.KeepAlivePeriod, answer.ServerKeepAlive, answer.MaximumPacketSize));
    }

    [Fact]
    public async Task A_topic_alias_beyond_those_told_is_a_violation()
    {
        _wire.Next = new MqttPublishPacket { Topic = "a", TopicAlias = 65 };
        await Assert.ThrowsAsync<MqttProtocolViolationException>(() => _channel.ReceivePacketAsync(Cancellation));

        _wire.Next = new MqttPublishPacket { Topic = "a", TopicAlias = 64 };
        Assert.Same(_wire.Next, await _channel.ReceivePacketAsync(Cancellation));
    }

    private async Task<MqttConnectPacket> ConnectAsync(MqttConnectPacket connect)
    {
        _wire.Next = connect;
        return Assert.IsType<MqttConnectPacket>(await _channel.ReceivePacketAsync(Cancellation));
    }
}
