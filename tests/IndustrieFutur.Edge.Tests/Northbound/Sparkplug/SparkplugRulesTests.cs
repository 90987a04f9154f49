using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using IndustrieFutur.Edge.Protocols.Sparkplug;
using IndustrieFutur.Edge.Tests.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>What the compatibility kit of Sparkplug 3.0 checks of an edge node's births, data and deaths, one test a rule.</summary>
[Trait("Proof", "sparkplug-rules")]
public sealed class SparkplugRulesTests : IDisposable
{
    private readonly NodeScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void The_will_is_bdSeq_alone_as_Int64_and_has_no_seq()
    {
        var will = EdgeNodeSession.Death(0, NodeScene.StartMillis);

        // The NDEATH vector that npm sparkplug-payload 1.0.3 writes.
        Assert.Equal("0880D095FFBC3112120A056264536571" + "1880D095FFBC31" + "20045800", Convert.ToHexString(will));
        Assert.Null(DecodedPayload.Read(will).Seq);
    }

    [Fact]
    public void Topics_are_spelt_as_the_specification_has_them()
    {
        _scene.Append(NodeScene.Speed, 1.5);
        var topics = _scene.Begin().Select(message => message.Topic);

        Assert.Equal(["spBv1.0/G/NBIRTH/E", "spBv1.0/G/DBIRTH/E/plc", "spBv1.0/G/DBIRTH/E/arm", "spBv1.0/G/DDATA/E/plc"], topics);
        Assert.Equal(("spBv1.0/G/NCMD/E", "spBv1.0/G/DCMD/E/+", "spBv1.0/STATE/H"), (_scene.Topics.NodeCommand, _scene.Topics.DeviceCommands, SparkplugTopics.HostState("H")));
    }

    [Fact]
    public void NBIRTH_has_seq_0_on_the_wire_and_the_bdSeq_of_the_will()
    {
        var birth = _scene.Begin(bdSeq: 7)[0].Payload;

        Assert.Equal(0ul, birth.Seq);
        Assert.Equal(("bdSeq", 4ul, 11, "7"), Seen(birth.Metrics[0]));
        Assert.Equal("7", DecodedPayload.Read(EdgeNodeSession.Death(7, 1)).Metrics[0].Value);
    }

    [Fact]
    public void NBIRTH_has_the_rebirth_control_as_false_and_without_an_alias()
    {
        var control = _scene.Begin()[0].Payload.Metrics[1];

        Assert.Equal(("Node Control/Rebirth", 11ul, 14, "false"), Seen(control));
        Assert.Null(control.Alias);
    }

    [Fact]
    public void DBIRTHs_follow_the_NBIRTH_before_any_data_and_only_of_devices_that_are_reached()
    {
        _scene.Append(NodeScene.Speed, 1);
        _scene.Append(NodeScene.Torque, 1);
        _scene.Connected[1] = false;

        Assert.Equal(["NBIRTH", "DBIRTH plc", "DDATA plc"], _scene.Begin().Select(message => message.Kind));
    }

    [Fact]
    public void The_last_data_of_a_device_that_dies_between_the_births_wait_for_all_births()
    {
        _scene.Session.Begin(0);
        Assert.True(_scene.Next() > 0, "the node's birth");
        Assert.True(_scene.Next() > 0, "the first device's birth");
        _scene.Append(NodeScene.Speed, 1);
        _scene.Connected[0] = false;

        Assert.Equal(["DBIRTH arm", "DDATA plc", "DDEATH plc"], _scene.Pump().Select(message => message.Kind));
    }

    [Fact]
    public void DBIRTH_has_every_metric_with_name_alias_datatype_time_and_its_latest_value()
    {
        _scene.Append(NodeScene.Speed, 0.0);
        _scene.Append(NodeScene.Count, -1);
        _scene.Append(NodeScene.Count, long.MinValue);
        _scene.Append(NodeScene.Total, -1);
        _scene.Append(NodeScene.Runs, 0);
        _scene.Append(NodeScene.Code, 0, "Pièce 5");
        var metrics = _scene.Begin()[1].Payload.Metrics;

        Assert.Equal(
            [
                ("conveyor.speed", 10ul, 13, "0"), ("count", 4ul, 11, "9223372036854775808"), ("total", 8ul, 11, "18446744073709551615"),
                ("runs", 11ul, 14, "false"), ("code", 12ul, 15, "Pièce 5"),
            ],
            metrics.Select(Seen));
        Assert.Equal([1ul, 2, 3, 4, 5], metrics.Select(metric => metric.Alias!.Value));
        Assert.All(metrics, metric => Assert.Equal(NodeScene.StartMillis, metric.Timestamp));
        Assert.All(metrics, metric => Assert.False(metric.IsHistorical));
    }

    [Fact]
    public void A_metric_without_a_value_is_null_and_bad_in_the_birth()
    {
        var metric = _scene.Begin()[2].Payload.Metrics.Single();

        Assert.True(metric.IsNull);
        Assert.Equal((0, (string?)null), (metric.Field, metric.Value));
        Assert.Equal([("engUnit", 12ul, "N·m"), ("Quality", 3ul, "0")], metric.Properties);
    }

    [Fact]
    public void Aliases_are_unique_across_the_node_and_its_devices()
    {
        var aliases = _scene.Begin().SelectMany(message => message.Payload.Metrics).Select(metric => metric.Alias).OfType<ulong>().ToArray();

        Assert.Equal(6, aliases.Length);
        Assert.Equal(aliases.Distinct(), aliases);
    }

    [Fact]
    public void Data_have_the_alias_and_neither_name_nor_datatype_nor_unit()
    {
        _scene.Begin();
        _scene.Append(NodeScene.Speed, -2.5);
        var metric = Assert.Single(_scene.PumpLater()).Payload.Metrics.Single();

        Assert.Equal(new DecodedMetric { Alias = 1, Timestamp = NodeScene.StartMillis, Field = 13, Value = "-2.5" } with { Properties = metric.Properties }, metric);
        Assert.Empty(metric.Properties);
    }

    [Fact]
    public void A_zero_that_is_set_is_written_whatever_its_datatype()
    {
        _scene.Begin();
        _scene.Append(NodeScene.Speed, 0.0);
        _scene.Append(NodeScene.Count, 0);
        _scene.Append(NodeScene.Total, 0);
        _scene.Append(NodeScene.Runs, 0);
        _scene.Append(NodeScene.Code, 0, "");
        var metrics = Assert.Single(_scene.PumpLater()).Payload.Metrics;

        Assert.Equal([(13, "0"), (11, "0"), (11, "0"), (14, "false"), (15, "")], metrics.Select(metric => (metric.Field, metric.Value)));
        Assert.All(metrics, metric => Assert.False(metric.IsNull));
    }

    [Fact]
    public void A_bad_value_is_null_and_says_its_quality_and_a_good_one_does_not()
    {
        _scene.Begin();
        _scene.Append(NodeScene.Speed, 1, StatusCode.BadNoCommunication);
        _scene.Append(NodeScene.Speed, 2, StatusCode.UncertainLastUsableValue);
        _scene.Append(NodeScene.Speed, 3);
        var metrics = Assert.Single(_scene.PumpLater()).Payload.Metrics;

        Assert.Equal([(true, null), (false, "2"), (false, "3")], metrics.Select(metric => (metric.IsNull, metric.Value)));
        Assert.Equal(
            [[("Quality", 3ul, "0")], [("Quality", 3ul, "500")], []],
            metrics.Select(metric => metric.Properties.ToArray()).ToArray());
    }

    [Fact]
    public void Every_payload_has_its_time_and_every_metric_its_own_in_milliseconds()
    {
        _scene.Begin();
        _scene.Append(NodeScene.Speed, 1, agoMillis: 40);
        var payload = Assert.Single(_scene.PumpLater()).Payload;

        Assert.Equal(NodeScene.StartMillis + 250, payload.Timestamp);
        Assert.Equal(NodeScene.StartMillis - 40, payload.Metrics.Single().Timestamp);
    }

    [Fact]
    public void Values_of_one_payload_are_in_the_order_of_time()
    {
        _scene.Begin();
        foreach (var ago in new[] { 5, 30, 10, 30, 0, 20 })
        {
            _scene.Append(ago == 30 ? NodeScene.Count : NodeScene.Total, ago, agoMillis: ago);
        }

        var metrics = Assert.Single(_scene.PumpLater()).Payload.Metrics;

        Assert.Equal(["30", "30", "20", "10", "5", "0"], metrics.Select(metric => metric.Value));
        Assert.Equal(metrics.Select(metric => metric.Timestamp).Order(), metrics.Select(metric => metric.Timestamp));
    }

    [Fact]
    public void Seq_counts_all_messages_of_node_and_devices_and_wraps_to_0_after_255()
    {
        var seqs = _scene.Begin().Select(message => message.Payload.Seq!.Value).ToList();
        for (var i = 0; seqs.Count < 600; i++)
        {
            _scene.Append(i % 2 == 0 ? NodeScene.Speed : NodeScene.Torque, i);
            _scene.Connected[1] = i % 7 != 0;
            seqs.AddRange(_scene.PumpLater().Select(message => message.Payload.Seq!.Value));
        }

        Assert.Equal(Enumerable.Range(0, seqs.Count).Select(number => (ulong)number % 256), seqs);
    }

    [Fact]
    public void Only_what_changed_is_sent()
    {
        _scene.Begin();
        Assert.Empty(_scene.PumpLater());
        _scene.Append(NodeScene.Torque, 1);

        Assert.Equal(["DDATA arm"], _scene.PumpLater().Select(message => message.Kind));
    }

    [Fact]
    public void A_link_that_is_lost_is_a_DDEATH_with_seq_after_its_last_data()
    {
        _scene.Begin();
        _scene.Append(NodeScene.Speed, 1);
        _scene.Connected[0] = false;
        var messages = _scene.Pump();

        Assert.Equal([("DDATA plc", 3ul), ("DDEATH plc", 4ul)], messages.Select(message => (message.Kind, message.Payload.Seq!.Value)));
        Assert.Empty(messages[1].Payload.Metrics);
        Assert.NotNull(messages[1].Payload.Timestamp);
    }

    [Fact]
    public void A_dead_device_says_nothing_until_its_DBIRTH_and_what_came_meanwhile_follows_as_history()
    {
        _scene.Begin();
        _scene.Connected[0] = false;
        _scene.Pump();
        _scene.Append(NodeScene.Speed, 7, StatusCode.BadNoCommunication);
        Assert.Empty(_scene.PumpLater());
        _scene.Connected[0] = true;
        _scene.Append(NodeScene.Speed, 8);
        var messages = _scene.Pump();

        Assert.Equal(["DBIRTH plc", "DDATA plc"], messages.Select(message => message.Kind));
        Assert.Equal("8", messages[0].Payload.Metrics.Single(metric => metric.Name == "conveyor.speed").Value);
        Assert.Equal([(true, null), (true, "8")], messages[1].Payload.Metrics.Select(metric => (metric.IsHistorical, metric.Value)));
    }

    [Fact]
    public void A_rebirth_repeats_all_births_with_seq_0_and_the_same_bdSeq_before_any_data()
    {
        _scene.Begin(bdSeq: 9);
        _scene.Pass(TimeSpan.FromSeconds(2));
        _scene.Append(NodeScene.Speed, 1);
        _scene.Session.RequestRebirth();
        var messages = _scene.PumpLater();

        Assert.Equal(["NBIRTH", "DBIRTH plc", "DBIRTH arm", "DDATA plc"], messages.Select(message => message.Kind));
        Assert.Equal([0ul, 1, 2, 3], messages.Select(message => message.Payload.Seq!.Value));
        Assert.Equal("9", messages[0].Payload.Metrics[0].Value);
    }

    [Fact]
    public void Between_the_request_and_the_rebirth_no_data_go_out_and_a_storm_of_requests_is_one_birth_a_second()
    {
        _scene.Begin();
        _scene.Session.RequestRebirth();
        _scene.Append(NodeScene.Speed, 1);
        Assert.Empty(_scene.PumpLater());
        _scene.Session.RequestRebirth();
        _scene.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(["NBIRTH", "DBIRTH plc", "DBIRTH arm", "DDATA plc"], _scene.Pump().Select(message => message.Kind));
        Assert.Empty(_scene.PumpLater());
    }

    [Fact]
    public void An_orderly_end_publishes_the_death_of_this_bdSeq_and_nothing_more()
    {
        _scene.Begin(bdSeq: 3);
        _scene.Append(NodeScene.Speed, 1);
        _scene.Session.Leave();
        var death = Assert.Single(_scene.PumpLater());

        Assert.Equal(("NDEATH", "3"), (death.Kind, death.Payload.Metrics.Single().Value));
        Assert.Null(death.Payload.Seq);
        Assert.True(_scene.Session.HasLeft);
    }

    [Fact]
    public void BdSeq_is_one_more_at_each_CONNECT_from_0_to_255_also_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("edge-bdseq-").FullName;
        try
        {
            var file = Path.Combine(folder, "bdseq");
            var numbers = new List<byte>();
            for (var run = 0; run < 3; run++)
            {
                var counter = new BirthDeathNumber(file);
                numbers.AddRange(Enumerable.Range(0, 100).Select(_ => counter.Next()));
                Assert.Empty(counter.Trouble);
            }

            Assert.Equal(Enumerable.Range(0, 300).Select(number => (byte)number), numbers);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void BdSeq_goes_on_in_memory_where_the_folder_takes_nothing()
    {
        var counter = new BirthDeathNumber(Path.Combine(Path.GetTempPath(), "edge-no-such-folder", "bdseq"));

        Assert.Equal([0, 1], new[] { counter.Next(), counter.Next() });
        Assert.NotEmpty(counter.Trouble);
    }

    [Fact]
    public async Task The_foreign_decoder_reads_every_kind_of_payload_as_we_mean_it()
    {
        _scene.Append(NodeScene.Speed, 0.1);
        _scene.Append(NodeScene.Count, long.MinValue);
        _scene.Append(NodeScene.Total, -1);
        _scene.Append(NodeScene.Code, 0, "Pièce n° 5");
        var messages = _scene.Begin().ToList();
        _scene.Append(NodeScene.Runs, 1);
        _scene.Append(NodeScene.Code, 0, "");
        _scene.Append(NodeScene.Speed, 3, StatusCode.BadNoCommunication);
        _scene.Append(NodeScene.Torque, -0.0, StatusCode.UncertainLastUsableValue);
        messages.AddRange(_scene.PumpLater());
        _scene.Connected[1] = false;
        messages.AddRange(_scene.Pump());
        _scene.Session.Leave();
        messages.AddRange(_scene.Pump());

        var foreign = await SparkplugPeer.DecodeAsync(messages.Select(message => message.Bytes), TestContext.Current.CancellationToken);

        Assert.Equal(["NBIRTH", "DBIRTH", "DBIRTH", "DDATA", "DDATA", "DDATA", "DDEATH", "NDEATH"], messages.Select(message => message.Type));
        Assert.Equal(messages.Select(message => ForeignView.Expected(message.Payload)), foreign.Select(ForeignView.Canonical));
    }

    private static (string?, ulong?, int, string?) Seen(DecodedMetric metric) => (metric.Name, metric.Datatype, metric.Field, metric.Value);
}
