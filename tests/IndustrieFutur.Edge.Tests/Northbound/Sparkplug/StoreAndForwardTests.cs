using IndustrieFutur.Edge.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>Primary host and store-and-forward: what a node holds back, when it dies for its host, and what follows as history.</summary>
[Trait("Proof", "sparkplug-rules")]
public sealed class StoreAndForwardTests
{
    private const string Online = """{"online":true,"timestamp":1000}""";

    [Fact]
    public void Without_the_primary_host_online_there_is_no_birth()
    {
        using var scene = new NodeScene(primaryHost: "H");
        Assert.Empty(scene.Begin());
        Assert.Equal(HostWord.Offline, scene.Hear("""{"online":false,"timestamp":999}"""));
        Assert.Empty(scene.Pump());
        Assert.False(scene.Session.HasLeft);

        Assert.Equal(HostWord.Online, scene.Hear(Online));
        Assert.Equal("NBIRTH", scene.Pump()[0].Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ONLINE")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"online":true}""")]
    [InlineData("""{"online":"true","timestamp":1000}""")]
    [InlineData("""{"online":true,"timestamp":"1000"}""")]
    [InlineData("""{"online":true,"timestamp":-1}""")]
    [InlineData("""{"online":true,"timestamp":1.5}""")]
    [InlineData("""{"online":true,"timestamp":1000""")]
    public void A_STATE_that_is_not_that_of_version_3_changes_nothing(string state)
    {
        using var scene = new NodeScene(primaryHost: "H");
        scene.Begin();

        Assert.Equal(HostWord.Unreadable, scene.Hear(state));
        Assert.Empty(scene.Pump());
    }

    [Fact]
    public void A_host_that_goes_offline_takes_the_node_with_it()
    {
        using var scene = new NodeScene(primaryHost: "H");
        scene.Begin(bdSeq: 4);
        scene.Hear(Online);
        scene.Pump();

        Assert.Equal(HostWord.Offline, scene.Hear("""{"online":false,"timestamp":1000}"""));
        var death = Assert.Single(scene.Pump());

        Assert.Equal(("NDEATH", "4"), (death.Kind, death.Payload.Metrics.Single().Value));
        Assert.True(scene.Session.HasLeft);
        Assert.Empty(scene.Begin(bdSeq: 5));
    }

    [Fact]
    public void An_offline_older_than_the_last_word_is_an_old_will_and_no_death()
    {
        using var scene = new NodeScene(primaryHost: "H");
        scene.Begin();
        scene.Hear(Online);
        scene.Pump();

        Assert.Equal(HostWord.Old, scene.Hear("""{"online":false,"timestamp":999}"""));
        Assert.Empty(scene.Pump());
        Assert.True(scene.Session.IsBorn);
    }

    [Fact]
    public void An_online_older_than_the_last_word_brings_no_birth_not_even_in_a_new_session()
    {
        using var scene = new NodeScene(primaryHost: "H");
        scene.Begin();
        scene.Hear("""{"online":false,"timestamp":2000}""");
        Assert.Equal(HostWord.Old, scene.Hear(Online));
        Assert.Empty(scene.Pump());
        scene.Begin(bdSeq: 1);
        Assert.Equal(HostWord.Old, scene.Hear(Online));
        Assert.Empty(scene.Pump());

        Assert.Equal(HostWord.Online, scene.Hear("""{"online":true,"timestamp":2000}"""));
        Assert.Equal("NBIRTH", scene.Pump()[0].Kind);
    }

    [Fact]
    public void A_host_has_its_own_time_at_each_server()
    {
        using var scene = new NodeScene(primaryHost: "H");
        scene.Session.Begin(0, "mqtt://one");
        scene.Hear("""{"online":false,"timestamp":2000}""");
        scene.Session.Begin(1, "mqtt://two");
        Assert.Equal(HostWord.Online, scene.Hear(Online));
        scene.Session.Begin(2, "mqtt://one");

        Assert.Equal(HostWord.Old, scene.Hear(Online));
    }

    [Fact]
    public void What_was_held_back_follows_as_history_with_its_own_times_oldest_first_in_bounded_messages_after_what_is_live()
    {
        using var scene = new NodeScene(primaryHost: "H", batchMax: 100);
        scene.Begin();
        for (var i = 0; i < 250; i++)
        {
            scene.Append(NodeScene.Count, i);
            scene.Pass(TimeSpan.FromMilliseconds(1));
        }

        scene.Hear(Online);
        Assert.True(scene.Next() > 0, "the node's birth");
        Assert.True(scene.Next() > 0, "the device's birth");
        scene.Append(NodeScene.Count, 1_000);
        scene.Pass(TimeSpan.FromSeconds(1));
        var data = new List<Published>();
        for (var i = 0; i < 100; i++)
        {
            data.AddRange(scene.Pump().Where(message => message.Kind == "DDATA plc"));
            scene.Pass(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal([(false, 1), (true, 100), (true, 100), (true, 50)], data.Select(message => (message.Payload.Metrics[0].IsHistorical, message.Payload.Metrics.Count)));
        var history = data.Skip(1).SelectMany(message => message.Payload.Metrics).ToArray();
        Assert.Equal(Enumerable.Range(0, 250).Select(value => value.ToString()), history.Select(metric => metric.Value));
        Assert.Equal(Enumerable.Range(0, 250).Select(ms => NodeScene.StartMillis + (ulong)ms), history.Select(metric => metric.Timestamp!.Value));
        Assert.All(history, metric => Assert.True(metric.IsHistorical));
    }

    [Fact]
    public void History_is_sent_no_faster_than_agreed()
    {
        using var scene = new NodeScene(primaryHost: "H", batchMax: 100, historyRate: 1_000);
        for (var i = 0; i < 500; i++)
        {
            scene.Append(NodeScene.Count, i);
        }

        scene.Begin();
        scene.Hear(Online);
        var sent = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            sent.Add(scene.Pump().Where(message => message.Type == "DDATA").Sum(message => message.Payload.Metrics.Count));
            scene.Pass(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal([100, 0, 100, 0, 100, 0, 100, 0, 100, 0], sent);
    }

    [Fact]
    public void A_full_queue_drops_its_oldest_and_counts_them()
    {
        using var scene = new NodeScene(primaryHost: "H", samplesPerDevice: 1_024);
        for (var i = 0; i < 2_000; i++)
        {
            scene.Append(NodeScene.Count, i);
        }

        scene.Begin();
        scene.Hear(Online);
        var values = Drain(scene);

        Assert.Equal(2_000 - 1_024, scene.Queues[0].Dropped);
        Assert.Equal(Enumerable.Range(2_000 - 1_024, 1_024).Select(value => value.ToString()), values);
        Assert.Equal(0, scene.Queues[0].History);
    }

    [Fact]
    public void Texts_survive_while_they_wait_and_are_dropped_with_their_samples()
    {
        using var scene = new NodeScene(primaryHost: "H", samplesPerDevice: 1_024);
        for (var i = 0; i < 1_000; i++)
        {
            scene.Append(NodeScene.Code, 0, $"code {i}");
            scene.Append(NodeScene.Count, i);
        }

        scene.Begin();
        scene.Hear(Online);
        var values = Drain(scene);

        // 256 texts fit, each with the number that came after it; the number before them had no reason to go.
        Assert.Equal(["743", .. Enumerable.Range(744, 256).SelectMany(i => new[] { $"code {i}", $"{i}" })], values);
        Assert.Equal(2_000 - 513, scene.Queues[0].Dropped);
    }

    [Fact]
    public void What_was_sent_within_15_s_before_a_loss_is_sent_again_as_history_and_what_was_sent_before_is_not()
    {
        using var scene = new NodeScene();
        scene.Begin();
        scene.Append(NodeScene.Count, 1);
        scene.PumpLater();
        scene.Pass(TimeSpan.FromSeconds(16));
        scene.Append(NodeScene.Count, 2);
        scene.PumpLater();
        scene.Append(NodeScene.Count, 3);

        scene.Session.Lose(scene.MonoNanos);
        Assert.Empty(scene.PumpLater());
        scene.Session.Begin(1);

        Assert.Equal(["2", "3"], Drain(scene));
    }

    [Fact]
    public void After_an_orderly_end_nothing_is_in_doubt()
    {
        using var scene = new NodeScene();
        scene.Begin();
        scene.Append(NodeScene.Count, 1);
        scene.PumpLater();
        scene.Session.Leave();
        scene.Pump();

        Assert.Equal(["NBIRTH", "DBIRTH plc", "DBIRTH arm"], scene.Begin(bdSeq: 1).Select(message => message.Kind));
    }

    /// <summary>The values of all history, in the order they were sent.</summary>
    private static List<string?> Drain(NodeScene scene)
    {
        var values = new List<string?>();
        for (var i = 0; i < 100; i++)
        {
            var metrics = scene.Pump().Where(message => message.Type == "DDATA").SelectMany(message => message.Payload.Metrics).ToArray();
            Assert.All(metrics, metric => Assert.True(metric.IsHistorical));
            values.AddRange(metrics.Select(metric => metric.Value));
            scene.Pass(TimeSpan.FromMilliseconds(10));
        }

        return values;
    }
}
