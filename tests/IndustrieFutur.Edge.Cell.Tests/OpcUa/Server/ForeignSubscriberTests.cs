using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Server;

/// <summary>A stranger's client (node-opcua) subscribes to our server: values, events, alarms, transfer, ten thousand items.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignSubscriberTests : IDisposable
{
    private const int Many = 10_000;
    private const uint SystemEventType = 2130;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly AddressSpace _space = new("urn:test:server");
    private readonly UaServer _server;
    private readonly UaObject _cell = new(new NodeId(1, "Cell"), new QualifiedName(1, "Cell")) { EventNotifier = 1 };
    private readonly UaVariable _counter = Variable("Cell.Counter");
    private readonly List<UaVariable> _many = [.. Enumerable.Range(0, Many).Select(number => Variable($"Many.{number}"))];

    public ForeignSubscriberTests()
    {
        NodeSets.Load(_space);
        _space.Add(_cell, _space.Get<UaNode>(new NodeId(0, NodeIds.ObjectsFolder)), new NodeId(0, NodeIds.Organizes), new NodeId(0, NodeIds.BaseObjectType));
        _space.Add(_counter, _cell, new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseDataVariableType));
        _many.ForEach(_space.Add);
        _server = new UaServer(
            new UaServerSettings
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                ApplicationUri = "urn:test:server",
                AllowInsecure = true,
                Endpoints = [new ServerEndpointSecurity(SecurityPolicies.None, MessageSecurityMode.None)],
            },
            _space);
        _server.Start();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gets_every_value_and_only_the_events_that_it_wants()
    {
        using var client = await StartAsync(0);
        for (var number = 1L; number <= 100; number++)
        {
            _counter.Set(Variant.Of(number), UaTime.NowUtc(TimeProvider.System));
        }

        _server.Events.Raise(new UaEvent { EventType = new NodeId(0, NodeIds.BaseEventType), Message = new LocalizedText("en", "not wanted") });
        _server.Events.Raise(new UaEvent { EventType = new NodeId(0, SystemEventType), Message = new LocalizedText("en", "wanted"), Severity = 321 });

        var values = await client.AskAsync("values 101", Limit, Stop);
        Assert.Equal(Enumerable.Range(0, 101), Numbers(values["values"]));
        Assert.Equal(Enumerable.Range(0, 11).Select(step => step * 10), Numbers(values["deadband"]));
        var events = await client.AskAsync("events 1", Limit, Stop);
        Assert.Equal("""[["Server","wanted",321]]""", events["events"]!.ToJsonString());
        await client.AskAsync("stop", Limit, Stop);
    }

    [Fact]
    public async Task It_changes_its_items_and_is_told_which_it_has()
    {
        using var client = await StartAsync(0);

        var items = await client.AskAsync("items", Limit, Stop);
        Assert.Equal([1, 2, 3], Numbers(items["server"]));
        Assert.Equal(3, Numbers(items["client"]).Distinct().Count());
        var modified = await client.AskAsync("modify", Limit, Stop);
        Assert.Equal(("Good", 200, 7), ((string?)modified["status"], (int)modified["sampling"]!, (int)modified["queue"]!));
        Assert.Contains("Good", (string?)(await client.AskAsync("mode Disabled", Limit, Stop))["status"], StringComparison.Ordinal);
        await client.AskAsync("stop", Limit, Stop);
    }

    [Fact]
    public async Task Its_list_of_alarms_shows_ours_and_it_acknowledges_one()
    {
        var alarm = new AlarmCondition(_server.Events, _cell, new QualifiedName(1, "ProtectiveStop"), 800);
        alarm.Set(true, 900, "A person is in the way.");
        using var client = await StartAsync(0);

        var alarms = await client.AskAsync("alarms", Limit, Stop);
        Assert.Equal(
            """[{"name":"ProtectiveStop","severity":900,"message":"A person is in the way.","active":true,"acked":false,"retain":true}]""",
            alarms["alarms"]!.ToJsonString());
        var acknowledged = await client.AskAsync("acknowledge", Limit, Stop);

        Assert.Equal(("Good", true, "seen by a stranger"), ((string?)acknowledged["status"], (bool)acknowledged["acked"]!, (string?)acknowledged["comment"]));
        Assert.True(alarm.IsAcknowledged);
        await client.AskAsync("stop", Limit, Stop);
    }

    [Fact]
    public async Task Another_session_takes_its_subscription_over()
    {
        using var client = await StartAsync(0);

        var transfer = await client.AskAsync("transfer", Limit, Stop);

        Assert.Equal(("Good", "BadNothingToDo"), ((string?)transfer["status"], (string?)transfer["again"]));
        Assert.Equal("""["GoodSubscriptionTransferred"]""", transfer["ended"]!.ToJsonString());
        await client.AskAsync("stop", Limit, Stop);
    }

    [Fact]
    public async Task Ten_thousand_items_that_all_change_keep_coming()
    {
        using var client = await StartAsync(Many);
        using var changing = new Timer(_ => ChangeAll(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));

        var many = await client.AskAsync("many", Limit, Stop);

        Assert.True((bool)many["complete"]!);
        Assert.Equal(Many, (int)many["seen"]!);
        await client.AskAsync("stop", Limit, Stop);
    }

    public void Dispose() => _server.Dispose();

    private static UaVariable Variable(string name)
    {
        var variable = new UaVariable(new NodeId(1, name), new QualifiedName(1, name)) { DataType = new NodeId(0, NodeIds.Int64DataType) };
        variable.Set(Variant.Of(0L), UaTime.NowUtc(TimeProvider.System));
        return variable;
    }

    private static List<int> Numbers(JsonNode? array) => [.. array!.AsArray().Select(number => (int)number!)];

    private void ChangeAll()
    {
        foreach (var variable in _many)
        {
            variable.Set(Variant.Of((long)variable.Value.Value.Value! + 1), UaTime.NowUtc(TimeProvider.System));
        }
    }

    private async Task<NodeProcess> StartAsync(int many)
    {
        var client = new NodeProcess("subscriber.js", ["--url", _server.EndpointUrl, "--counter", "ns=1;s=Cell.Counter", "--many", $"{many}"]);
        await client.HearAsync("ready", Limit, Stop);
        return client;
    }
}
