using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>What a user of the broker may say and hear, whatever its filters say.</summary>
public sealed class BrokerRightsTests
{
    private static readonly BrokerUserOptions Everything = new() { Publish = ["#"], Subscribe = ["#"] };

    [Fact]
    public void Nothing_is_allowed_that_no_filter_names()
    {
        var rights = new BrokerRights("andon", new BrokerUserOptions { Subscribe = ["edge/v1/#"] });

        Assert.True(rights.MaySubscribe("edge/v1/+/+/state"));
        Assert.False(rights.MaySubscribe("#"));
        Assert.False(rights.MayPublish("edge/v1/g/e/state"));
    }

    [Fact]
    public void The_name_stands_for_percent_u()
    {
        var rights = new BrokerRights("anna", new BrokerUserOptions { Publish = ["notes/%u/#"] });

        Assert.True(rights.MayPublish("notes/anna/1"));
        Assert.False(rights.MayPublish("notes/bert/1"));
    }

    [Theory]
    [InlineData("edge/v1/g/e/stored/h1")]
    [InlineData("edge/v1/g/e/replay/h1")]
    [InlineData("edge/v1/g/e/stored/h1/more")]
    public void Only_a_historian_says_what_is_stored_and_asks_for_replays(string topic)
    {
        Assert.False(new BrokerRights("x", Everything).MayPublish(topic));
        Assert.True(new BrokerRights("x", new BrokerUserOptions { Publish = ["#"], Historian = true }).MayPublish(topic));
    }

    [Theory]
    [InlineData("edge/v1/g/e/stored/h1", "write \"historian\": true under broker.users.eve")]
    [InlineData("edge/v1/g/e/replay/h1", "write \"historian\": true under broker.users.eve")]
    [InlineData("edge/v1/g/e/stored/command/x", "write \"historian\": true under broker.users.eve")]
    [InlineData("edge/v1/g/e/cobot/command/bert", "it is to publish to .../command/eve")]
    [InlineData("notes/1", "add the topic to broker.users.eve.publish")]
    public void What_is_advised_to_a_refused_user_helps(string topic, string expected) =>
        Assert.Contains(expected, new BrokerRights("eve", new BrokerUserOptions { Publish = ["edge/v1/#"] }).AdviceOn(topic), StringComparison.Ordinal);

    [Fact]
    public void A_historian_needs_no_filters_and_may_not_play_the_edge()
    {
        var rights = new BrokerRights("h", new BrokerUserOptions { Historian = true });

        Assert.True(rights.MaySubscribe("edge/v1/la-roche/+/+/telemetry"));
        Assert.True(rights.MayPublish("edge/v1/la-roche/cell1/stored/h1"));
        Assert.False(rights.MayPublish("edge/v1/la-roche/cell1/head"));
    }

    [Fact]
    public void Nobody_signs_a_command_with_anothers_name()
    {
        var rights = new BrokerRights("anna", Everything);

        Assert.True(rights.MayPublish("edge/v1/g/e/cobot/command/anna"));
        Assert.False(rights.MayPublish("edge/v1/g/e/cobot/command/bert"));
        Assert.True(rights.MayPublish("edge/v1/g/e/cobot/command"));
    }

    [Fact]
    public void Each_commands_by_one_filter_for_all_and_the_edge_hears_and_answers_without_commanding()
    {
        var person = new BrokerRights("anna", new BrokerUserOptions { Publish = ["edge/v1/g/e/+/command/%u"], Subscribe = ["edge/v1/g/e/result/%u/#"] });
        var edge = new BrokerRights("edge1", new BrokerUserOptions { Publish = ["edge/v1/g/e/result/#"], Subscribe = ["edge/v1/g/e/+/command/+"] });

        Assert.True(person.MayPublish("edge/v1/g/e/plc/command/anna"));
        Assert.False(person.MayPublish("edge/v1/g/e/plc/command/bert"));
        Assert.False(person.MayPublish("edge/v1/g/e/result/a1"));
        Assert.False(person.MaySubscribe("edge/v1/g/e/result/+"));
        Assert.True(edge.MaySubscribe("edge/v1/g/e/+/command/+"));
        Assert.True(edge.MayPublish("edge/v1/g/e/result/a1"));
        Assert.False(edge.MayPublish("edge/v1/g/e/plc/command/edge1"));
    }
}
