using System.Diagnostics;
using System.Text;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary>What the embedded broker does when each of its limits is reached.</summary>
public sealed class BrokerLimitsTests : IAsyncDisposable
{
    private const ushort Minute = 60;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly BrokerScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_connection_too_many_is_closed_and_those_before_it_stay()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { Connections = 2 });
        using var first = await LoggedInAsync("first");
        using var second = await LoggedInAsync("second");

        await MqttSocket.ConnectUntilClosedAsync(_scene.Port);

        await first.PublishAsync("a", 1, [1]);
        Assert.Equal(MqttSocket.PubAck, (await first.ReadAsync()).Kind);
        Assert.Equal((1L, 2), (_scene.Broker.Counters.ConnectionsRefused, _scene.Broker.Connections));
        second.Dispose();
        await Until.TrueAsync("room", Limit, () => _scene.Broker.Connections == 1, Cancellation);
        using var fourth = await LoggedInAsync("fourth");
    }

    [Fact]
    public async Task Who_announces_a_packet_too_large_is_cut_off_by_the_announcement()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { MessageBytes = 2_000 });
        using var client = await LoggedInAsync("large");
        await client.PublishAsync("a", 1, new byte[1_900]);
        Assert.Equal(MqttSocket.PubAck, (await client.ReadAsync()).Kind);

        await client.SendRawAsync([0x32, .. MqttSocket.Length(268_435_455)]);
        await client.UntilClosedAsync();

        Assert.Equal(1, _scene.Broker.Counters.PacketsRefused);
    }

    [Fact]
    public async Task A_topic_with_a_wildcard_ends_the_connection()
    {
        await _scene.StartAsync();
        using var client = await LoggedInAsync("wild");

        await client.PublishAsync("a/+", 1, [1], retain: true);
        await client.UntilClosedAsync();

        Assert.Equal(0, _scene.Broker.Retained.Count);
    }

    [Fact]
    public async Task A_filter_too_many_is_denied_until_another_is_given_up()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { Subscriptions = 2 });
        using var client = await LoggedInAsync("curious");

        Assert.Equal(1, await client.SubscribeAsync("a"));
        Assert.Equal(1, await client.SubscribeAsync("b"));
        Assert.Equal(1, await client.SubscribeAsync("a"));
        Assert.Equal(0x80, await client.SubscribeAsync("c"));
        await client.UnsubscribeAsync("a");
        Assert.Equal(1, await client.SubscribeAsync("c"));
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(268_435_455)]
    public async Task A_stranger_cannot_announce_even_what_a_user_may(int length)
    {
        await _scene.StartAsync(new BrokerLimitsOptions { MessageBytes = 100_000 });
        using var client = await MqttSocket.ConnectAsync(_scene.Port);

        await client.SendRawAsync([0x10, .. MqttSocket.Length(length)]);
        await client.UntilClosedAsync();

        Assert.Equal(1, _scene.Broker.Counters.PacketsRefused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    public async Task Who_wants_to_be_silent_for_longer_is_held_to_the_limit(ushort keepAlive)
    {
        await _scene.StartAsync(new BrokerLimitsOptions { KeepAliveMax = TimeSpan.FromSeconds(1) });
        using var client = await MqttSocket.ConnectAsync(_scene.Port);
        await client.LogInAsync("silent", keepAlive);
        var since = Stopwatch.GetTimestamp();

        await client.UntilClosedAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_waits_for_a_client_that_is_away_is_bounded_and_the_oldest_stay()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { WaitingMessages = 20 });
        await LeaveAsync("away", "a");
        using var publisher = await LoggedInAsync("publisher");
        await PublishAllAsync(publisher, 100, size: 1);

        using var back = await MqttSocket.ConnectAsync(_scene.Port);
        await back.LogInAsync("away", Minute, clean: false);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal((byte)i, (await back.ReadAsync()).Body[^1]);
        }

        Assert.Equal(80, _scene.Broker.Counters.Undelivered);
    }

    [Fact]
    public async Task So_are_the_bytes_that_wait()
    {
        // Ten of them, each with the one byte of its topic.
        await _scene.StartAsync(new BrokerLimitsOptions { WaitingBytes = 100_010 });
        await LeaveAsync("away", "a");
        using var publisher = await LoggedInAsync("publisher");

        await PublishAllAsync(publisher, 100, size: 10_000);

        Assert.Equal(90, _scene.Broker.Counters.Undelivered);
    }

    [Fact]
    public async Task Who_takes_messages_and_acknowledges_none_is_cut_off()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { WaitingBytes = 65_536 });
        using var taker = await LoggedInAsync("taker");
        await taker.SubscribeAsync("a");
        using var publisher = await LoggedInAsync("publisher");
        for (ushort i = 1; i <= 6; i++)
        {
            await publisher.PublishAsync("a", i, new byte[10_000]);
            await taker.ReadAsync();
        }

        await publisher.PublishAsync("a", 7, new byte[10_000]);
        await taker.UntilClosedAsync();

        Assert.Equal(1, _scene.Broker.Counters.ClientsCut);
    }

    [Fact]
    public async Task A_retained_topic_too_many_is_passed_on_and_not_kept()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { RetainedMessages = 2 });
        using var listener = await LoggedInAsync("listener");
        await listener.SubscribeAsync("#");
        using var publisher = await LoggedInAsync("publisher");
        for (ushort i = 1; i <= 3; i++)
        {
            await publisher.PublishAsync($"t/{i}", i, [(byte)i], retain: true);
            Assert.Equal((byte)i, (await listener.ReadAsync()).Body[^1]);
        }

        Assert.Equal((2, 1L), (_scene.Broker.Retained.Count, _scene.Broker.Counters.NotRetained));
    }

    [Fact]
    public async Task A_retained_message_whose_newer_one_has_no_room_is_forgotten_rather_than_left_as_a_lie()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { RetainedBytes = 1_000 });
        using var publisher = await LoggedInAsync("publisher");
        await publisher.PublishAsync("state", 1, Encoding.ASCII.GetBytes("online"), retain: true);
        await publisher.ReadAsync();
        await publisher.PublishAsync("state", 2, new byte[2_000], retain: true);
        await publisher.ReadAsync();

        Assert.Equal(27, (await _scene.SubscribeAsync("all", "state")).ExitCode);
        Assert.Equal((0, 0L), (_scene.Broker.Retained.Count, _scene.Broker.Retained.Bytes));
    }

    [Fact]
    public async Task Of_too_many_sessions_that_are_away_the_one_longest_away_is_forgotten()
    {
        await _scene.StartAsync(new BrokerLimitsOptions { SessionsAway = 2 });
        foreach (var id in new[] { "one", "two", "three" })
        {
            await LeaveAsync(id, "a");
        }

        await Until.TrueAsync("a session to be forgotten", Limit, () => _scene.Broker.Counters.SessionsForgotten == 1, Cancellation);
        using var publisher = await LoggedInAsync("publisher");
        await PublishAllAsync(publisher, 1, size: 1);
        Assert.Equal("", (await _scene.SubscribeAsync("all", "other", "-i", "one", "-c")).Output);
        Assert.StartsWith("a ", (await _scene.SubscribeAsync("all", "other", "-i", "three", "-c")).Output, StringComparison.Ordinal);
    }

    private async Task<MqttSocket> LoggedInAsync(string clientId)
    {
        var client = await MqttSocket.ConnectAsync(_scene.Port);
        await client.LogInAsync(clientId, Minute);
        return client;
    }

    /// <summary>A session that subscribes and whose client then goes.</summary>
    private async Task LeaveAsync(string clientId, string filter)
    {
        var connections = _scene.Broker.Connections;
        using (var client = await MqttSocket.ConnectAsync(_scene.Port))
        {
            await client.LogInAsync(clientId, Minute, clean: false);
            await client.SubscribeAsync(filter);
        }

        await Until.TrueAsync("the broker to see it go", Limit, () => _scene.Broker.Connections == connections, Cancellation);
    }

    /// <summary>Messages "0", "1", ... to the topic a, each acknowledged.</summary>
    private static async Task PublishAllAsync(MqttSocket publisher, int count, int size)
    {
        for (var i = 0; i < count; i++)
        {
            var payload = new byte[size];
            payload[^1] = (byte)i;
            await publisher.PublishAsync("a", (ushort)(i + 1), payload);
            Assert.Equal(MqttSocket.PubAck, (await publisher.ReadAsync()).Kind);
        }
    }
}
