using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Northbound.Commands;

namespace IndustrieFutur.Edge.Tests.App.Commands;

/// <summary>What comes over MQTT reaches the gate as it was said, and the gate's answer comes back whole.</summary>
public sealed class MqttCommandsTests
{
    private static readonly RemoteCommand Command = new()
    {
        User = "martin",
        Station = "site",
        Command = "speed",
        Id = "a1",
        Step = RemoteStep.Execute,
        Values = new Dictionary<string, string> { ["speed"] = "200" },
        ExpiresUtcMillis = 1_700_000_000_000,
        Token = "t",
        Reason = "essai",
    };

    private readonly GateWitness _gate = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_gate_hears_who_asks_by_which_door_and_that_he_is_not_at_the_cell()
    {
        await new MqttCommands(_gate.AskAsync).AskAsync(Command, Cancellation);

        var asked = Assert.Single(_gate.Asked);
        Assert.Equal(new Who("martin", "site", Door.Mqtt, IsAtCell: false), asked.Who);
        Assert.Equal(("speed", "a1", RequestStep.Execute, 1_700_000_000_000, "t", "essai"), (asked.Command, asked.Id, asked.Step, asked.ExpiresUtcMillis, asked.Token, asked.Reason));
        Assert.Equal("200", asked.Values["speed"]);
    }

    [Theory]
    [InlineData(null, "prepared")]
    [InlineData(Outcome.Refused, "refused")]
    [InlineData(Outcome.Rejected, "rejected")]
    [InlineData(Outcome.Confirmed, "confirmed")]
    [InlineData(Outcome.Unknown, "unknown")]
    public async Task Each_outcome_has_its_word(Outcome? outcome, string word)
    {
        _gate.Answer = request => Task.FromResult(GateWitness.Confirmed(request) with { Outcome = outcome });

        var answer = await new MqttCommands(_gate.AskAsync).AskAsync(Command, Cancellation);

        Assert.Equal(word, answer.Outcome);
    }

    [Fact]
    public async Task The_answer_keeps_rule_token_guards_and_both_languages()
    {
        _gate.Answer = request => Task.FromResult(GateWitness.Confirmed(request) with
        {
            Outcome = Outcome.Refused,
            Rule = "interlock",
            Token = "k",
            TokenExpiresUtcMillis = 5,
            Guards = [new GuardReading("a < 1", "fails", ["plc/a=2 Good 12 ms"], "arrêtez", "stop it")],
        });

        var answer = await new MqttCommands(_gate.AskAsync).AskAsync(Command, Cancellation);

        Assert.Equal(("interlock", "k", 5, 7, 12), (answer.Rule, answer.Token, answer.TokenExpires, answer.Audit, answer.Millis));
        Assert.Equal(new RemoteText("fait", "done"), answer.Text);
        var guard = Assert.Single(answer.Guards);
        Assert.Equal(("a < 1", "fails", new RemoteText("arrêtez", "stop it")), (guard.When, guard.State, guard.Message));
    }

    [Fact]
    public async Task Without_a_gate_every_command_is_refused_and_told_what_to_do()
    {
        var answer = await CommandDoors.Closed.Mqtt.AskAsync(Command, Cancellation);

        Assert.Equal(("a1", "refused", "switch"), (answer.Id, answer.Outcome, answer.Rule));
        Assert.Contains("\"enabled\": true", answer.Text.En, StringComparison.Ordinal);
    }
}
