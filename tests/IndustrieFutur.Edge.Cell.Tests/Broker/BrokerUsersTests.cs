using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary>mosquitto's clients at the embedded broker: who gets in, and what each user may say and hear.</summary>
public sealed class BrokerUsersTests : IAsyncLifetime
{
    private readonly BrokerScene _scene = new();

    public async ValueTask InitializeAsync() => await _scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("edge1", "wrong")]
    [InlineData("edge1", "")]
    [InlineData("nobody", BrokerScene.Password)]
    public async Task A_wrong_password_stays_out(string user, string password)
    {
        var run = await BrokerScene.RunAsync("mosquitto_pub", ["-p", _scene.Port.ToString(CultureInfo.InvariantCulture), "-u", user, "-P", password, "-t", "a", "-m", "1"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("bad user name or password", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, _scene.Broker.Counters.LoginsRefused);
    }

    [Fact]
    public async Task Who_gives_no_name_stays_out()
    {
        var run = await BrokerScene.RunAsync("mosquitto_pub", ["-p", _scene.Port.ToString(CultureInfo.InvariantCulture), "-t", "a", "-m", "1"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(1, _scene.Broker.Counters.LoginsRefused);
    }

    [Theory]
    [InlineData("edge1", "edge/v1/g/e/stored/h1")]
    [InlineData("edge1", "edge/v1/g/e/replay/h1")]
    [InlineData("edge1", "edge/v1/g/other/state")]
    [InlineData("all", "edge/v1/g/e/stored/h1")]
    [InlineData("all", "edge/v1/g/e/plc/command/andon")]
    [InlineData("andon", "notes/edge1/1")]
    [InlineData("h1", "edge/v1/g/e/head")]
    public async Task A_forbidden_topic_is_refused_and_reaches_nobody(string user, string topic)
    {
        var run = await _scene.PublishAsync(user, topic, "lie", "-r", "-V", "5");

        Assert.Contains("Not authorized", run.Errors, StringComparison.Ordinal);
        Assert.Equal(27, (await _scene.SubscribeAsync("all", "#")).ExitCode);
        Assert.Equal((1L, 0), (_scene.Broker.Counters.PublishesRefused, _scene.Broker.Retained.Count));
    }

    [Theory]
    [InlineData("edge1", "edge/v1/g/e/plc/telemetry", "all")]
    [InlineData("h1", "edge/v1/g/e/stored/h1", "edge1")]
    [InlineData("h1", "edge/v1/g/e/stored/h1", "andon")]
    [InlineData("andon", "notes/andon/1", "andon")]
    [InlineData("all", "edge/v1/g/e/plc/command/all", "h1")]
    public async Task What_is_allowed_arrives(string user, string topic, string listener)
    {
        Assert.Equal(0, (await _scene.PublishAsync(user, topic, "hello", "-r", "-V", "5")).ExitCode);

        var heard = await _scene.SubscribeAsync(listener, topic);

        Assert.Equal((0, $"{topic} hello\n"), (heard.ExitCode, heard.Output));
    }

    [Theory]
    [InlineData("mqttv311", "edge1", "#")]
    [InlineData("mqttv5", "edge1", "edge/v1/g/e/+/telemetry")]
    [InlineData("mqttv5", "andon", "notes/#")]
    [InlineData("mqttv311", "andon", "notes/+/1")]
    public async Task A_filter_that_could_match_more_than_is_allowed_is_denied(string version, string user, string filter)
    {
        var run = await _scene.SubscribeAsync(user, filter, "-V", version);

        Assert.Contains("All subscription requests were denied", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, _scene.Broker.Counters.SubscriptionsRefused);
    }

    [Fact]
    public async Task A_will_is_a_message_like_any_other()
    {
        // mosquitto_sub is cut off by its end without a DISCONNECT only when it is killed; --will is then the broker's to send.
        var run = await BrokerScene.RunAsync("timeout", [
            "--signal=KILL", "1", "mosquitto_sub", "-p", _scene.Port.ToString(CultureInfo.InvariantCulture), "-u", "andon", "-P", BrokerScene.Password, "-t", "edge/v1/#",
            "--will-topic", "edge/v1/g/e/stored/h1", "--will-payload", "lie", "--will-retain"]);

        Assert.Equal(137, run.ExitCode);
        await Servers.Until.TrueAsync("the refusal", TimeSpan.FromSeconds(10), () => _scene.Broker.Counters.PublishesRefused == 1, TestContext.Current.CancellationToken);
        Assert.Equal(0, _scene.Broker.Retained.Count);
    }

    [Fact]
    public async Task Nobody_takes_over_the_session_of_another_user_by_its_identifier()
    {
        Assert.Equal(27, (await _scene.SubscribeAsync("h1", "edge/v1/#", "-i", "same", "-c")).ExitCode);
        Assert.Equal(0, (await _scene.PublishAsync("edge1", "edge/v1/g/e/plc/telemetry", "for the historian")).ExitCode);

        var thief = await _scene.SubscribeAsync("andon", "notes/andon/#", "-i", "same", "-c");
        var owner = await _scene.SubscribeAsync("h1", "edge/v1/#", "-i", "same", "-c");

        Assert.Equal((27, ""), (thief.ExitCode, thief.Output));
        Assert.Equal("edge/v1/g/e/plc/telemetry for the historian\n", owner.Output);
    }
}
