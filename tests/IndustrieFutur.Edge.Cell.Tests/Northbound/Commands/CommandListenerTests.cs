using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Commands;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;

/// <summary>Requests for commands at a real mosquitto, in both versions: answered where they should be, refused, flooded, cut off.</summary>
public sealed class CommandListenerTests : IAsyncDisposable
{
    private const string Open = "allow_anonymous true";

    private readonly ListenerScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_request_of_version_5_is_answered_on_its_response_topic_with_its_correlation()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);

        await person.SayAsync(
            Person.Body("a1"), Cancellation, message => message.WithMessageExpiryInterval(5).WithResponseTopic("edge/v1/g/e/result/martin/1").WithCorrelationData([1, 2, 3]));
        var (message, json) = await person.HearAsync(Cancellation);

        Assert.Equal("edge/v1/g/e/result/martin/1", message.Topic);
        Assert.Equal([1, 2, 3], message.CorrelationData);
        Assert.Equal((MqttQualityOfServiceLevel.AtLeastOnce, false), (message.QualityOfServiceLevel, message.Retain));
        Assert.InRange(message.MessageExpiryInterval, 25U, 30U);
        Assert.Equal(("a1", "speed", "confirmed", "The speed is set.", "La vitesse est réglée."), ((string?)json["id"], (string?)json["command"], (string?)json["outcome"], (string?)json["text"]!["en"], (string?)json["text"]!["fr"]));
        var asked = Assert.Single(_scene.Asked);
        Assert.Equal(("martin", "site", "200"), (asked.User, asked.Station, asked.Values["speed"]));
        Assert.InRange(asked.ExpiresUtcMillis - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 1, 5_000);
    }

    [Fact]
    public async Task A_request_of_version_3_1_1_is_answered_on_the_topic_of_its_id()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker, "3.1.1");
        using var person = await Person.ConnectAsync(broker.Port, Cancellation, MqttProtocolVersion.V311);

        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation);
        var (message, json) = await person.HearAsync(Cancellation);

        Assert.Equal(("edge/v1/g/e/result/a1", "confirmed"), (message.Topic, (string?)json["outcome"]));
        Assert.Equal("3.1.1", _scene.Status.Version);
    }

    [Fact]
    public async Task Nobody_makes_the_edge_answer_outside_of_result()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);

        await person.SayAsync(Person.Body("a1"), Cancellation, message => message.WithMessageExpiryInterval(5).WithResponseTopic("edge/v1/g/e/plc/command/anna"));
        var (message, _) = await person.HearAsync(Cancellation);

        Assert.Equal("edge/v1/g/e/result/a1", message.Topic);
        Assert.Single(_scene.Asked);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task A_request_that_the_broker_retained_is_never_asked_for(string version)
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);
        await person.SayAsync(Person.Body("old", Person.Expires()), Cancellation, message => message.WithRetainFlag());
        await StartAsync(broker, version);

        await person.SayAsync(Person.Body("new", Person.Expires()), Cancellation);
        var answers = new[] { await person.HearAsync(Cancellation) }.ToList();
        if (version == "3.1.1")
        {
            // Version 5 spares us even the sight of it.
            answers.Add(await person.HearAsync(Cancellation));
        }

        Assert.Equal("new", Assert.Single(_scene.Asked).Id);
        Assert.All(answers.Where(answer => (string?)answer.Json["id"] == "old"), answer => Assert.Equal("retained", (string?)answer.Json["rule"]));
        Assert.Equal(version == "3.1.1" ? 1 : 0, _scene.Status.Refusals.GetValueOrDefault("retained"));
    }

    [Fact]
    public async Task A_request_that_is_published_as_retained_while_we_listen_is_refused()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);

        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation, message => message.WithRetainFlag());
        var (_, json) = await person.HearAsync(Cancellation);

        Assert.Equal(("refused", "retained"), ((string?)json["outcome"], (string?)json["rule"]));
        Assert.Empty(_scene.Asked);
    }

    [Theory]
    [InlineData("", "expiry")]
    [InlineData(",\"expires\":99999999999999", "expiry")]
    [InlineData(",\"force\":true", "malformed")]
    public async Task What_is_not_of_good_form_is_answered_and_not_asked_for(string more, string rule)
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);

        await person.SayAsync(Person.Body("a1", more), Cancellation);
        var (_, json) = await person.HearAsync(Cancellation);

        Assert.Equal(("refused", rule), ((string?)json["outcome"], (string?)json["rule"]));
        Assert.Empty(_scene.Asked);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task A_message_that_is_too_large_costs_nothing_but_itself(string version)
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker, version);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);

        await person.SayAsync(new string('x', 5_000), Cancellation);
        await person.SayAsync(new string('x', 1_000_000), Cancellation);
        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation);
        var (_, json) = await person.HearAsync(Cancellation);

        Assert.Equal(("a1", "confirmed"), ((string?)json["id"], (string?)json["outcome"]));
        Assert.Equal(version == "5" ? 1 : 2, _scene.Status.Refusals["malformed"]);
        Assert.Single(_scene.Told, line => line.Contains("is refused for its form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beyond_16_in_work_a_request_is_told_so_at_once()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.Answer = async command =>
        {
            await open.Task;
            return ListenerScene.Confirmed(command);
        };

        for (var i = 0; i < 17; i++)
        {
            await person.SayAsync(Person.Body($"a{i}", Person.Expires()), Cancellation);
        }

        var (_, json) = await person.HearAsync(Cancellation);
        Assert.Equal(("a16", "rate"), ((string?)json["id"], (string?)json["rule"]));
        open.SetResult();
        await Until.TrueAsync("the other answers", ListenerScene.Limit, () => person.Answers.Count == 16, Cancellation);
        Assert.Equal(16, _scene.Asked.Count);
    }

    [Fact]
    public async Task A_request_in_work_when_the_broker_dies_goes_on_and_is_answered_when_it_is_back()
    {
        await using var broker = await Mosquitto.StartProcessAsync(Open, Cancellation);
        await StartAsync(broker);
        var person = await Person.ConnectAsync(broker.Port, Cancellation);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.Answer = async command =>
        {
            await open.Task;
            return ListenerScene.Confirmed(command);
        };
        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation);
        await Until.TrueAsync("the request", ListenerScene.Limit, () => !_scene.Asked.IsEmpty, Cancellation);

        broker.Kill();
        person.Dispose();
        await Until.TrueAsync("the loss to be seen", ListenerScene.Limit, () => !_scene.Status.IsConnected, Cancellation);
        await broker.RestartAsync(Cancellation);
        using var again = await Person.ConnectAsync(broker.Port, Cancellation);
        open.SetResult();
        var (_, json) = await again.HearAsync(Cancellation);

        Assert.Equal(("a1", "confirmed"), ((string?)json["id"], (string?)json["outcome"]));
        Assert.Single(_scene.Asked);
        Assert.Equal(0, _scene.Status.AnswersLost);
    }

    [Fact]
    public async Task An_answer_for_a_broker_that_stays_away_is_given_up_and_told()
    {
        await using var broker = await Mosquitto.StartProcessAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);
        _scene.Answer = command =>
        {
            broker.Kill();
            return Task.FromResult(ListenerScene.Confirmed(command));
        };

        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation, quality: MqttQualityOfServiceLevel.AtMostOnce);
        await Until.TrueAsync(
            "the loss to be told",
            ListenerScene.Limit,
            () => _scene.Told.Any(line => line.Contains("the answer to the request a1 (confirmed) did not reach the broker", StringComparison.Ordinal)),
            Cancellation);

        Assert.Equal(1, _scene.Status.AnswersLost);
    }

    [Fact]
    public async Task What_was_said_while_we_were_away_is_not_done_later()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);
        await StartAsync(broker);
        await _scene.Listener.StopAsync(Cancellation);
        await person.SayAsync(Person.Body("missed", Person.Expires()), Cancellation);
        await _scene.StartAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}" }, Cancellation);

        await person.SayAsync(Person.Body("heard", Person.Expires()), Cancellation);
        await person.HearAsync(Cancellation);

        Assert.Equal("heard", Assert.Single(_scene.Asked).Id);
    }

    [Fact]
    public async Task An_error_of_ours_is_answered_as_an_unknown_outcome()
    {
        await using var broker = await Mosquitto.StartAsync(Open, Cancellation);
        await StartAsync(broker);
        using var person = await Person.ConnectAsync(broker.Port, Cancellation);
        _scene.Answer = _ => Task.FromException<RemoteAnswer>(new InvalidOperationException("as told"));

        await person.SayAsync(Person.Body("a1", Person.Expires()), Cancellation);
        var (_, json) = await person.HearAsync(Cancellation);

        Assert.Equal("unknown", (string?)json["outcome"]);
    }

    private Task StartAsync(Mosquitto broker, string version = "5") =>
        _scene.StartAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}", Version = version }, Cancellation);
}
