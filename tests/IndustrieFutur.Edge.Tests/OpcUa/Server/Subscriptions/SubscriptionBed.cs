using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>A server's subscriptions without sockets and threads, on a clock that the test moves.</summary>
internal sealed class SubscriptionBed : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly List<SubscriptionClient> _clients = [];
    private uint _lastNode = 1000;

    public SubscriptionBed(ServerLimitsSettings? limits = null)
    {
        Limits = limits ?? new ServerLimitsSettings();
        NodeSets.Load(Space);
        Events = new EventNotifiers(Space, _clock);
        Service = new SubscriptionService(Events, Limits);
    }

    public AddressSpace Space { get; } = new("urn:test:bed");

    public ServerLimitsSettings Limits { get; }

    public EventNotifiers Events { get; }

    public SubscriptionService Service { get; }

    public long MonoNow { get; private set; } = 1_000_000_000;

    public long UtcNow => UaTime.NowUtc(_clock);

    public UaNode Objects => Space.Get<UaNode>(new NodeId(0, NodeIds.ObjectsFolder));

    public SubscriptionClient Connect(string? user = null, string uri = "urn:test:client", MessageSecurityMode mode = MessageSecurityMode.Sign)
    {
        var id = new NodeId(1, (uint)(_clients.Count + 1));
        var client = new SubscriptionClient(this, new SessionContext(id, Space, Limits, _clock)
        {
            Caller = new Caller(id, user),
            ClientApplicationUri = uri,
            Mode = mode,
        });
        _clients.Add(client);
        return client;
    }

    public UaVariable AddVariable(Variant value, uint dataType = NodeIds.DoubleDataType)
    {
        var id = new NodeId(1, ++_lastNode);
        var variable = new UaVariable(id, new QualifiedName(1, $"V{_lastNode}")) { DataType = new NodeId(0, dataType) };
        variable.Set(value, UtcNow);
        Space.Add(variable, Objects, new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseDataVariableType));
        return variable;
    }

    public UaObject AddObject(string name, byte notifier = 0)
    {
        var node = new UaObject(new NodeId(1, ++_lastNode), new QualifiedName(1, name)) { EventNotifier = notifier };
        Space.Add(node, Objects, new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseObjectType));
        return node;
    }

    /// <summary>Time goes by in steps of 5 ms, and every session does what is due.</summary>
    public void Pass(double millis)
    {
        for (var left = millis; left > 0; left -= 5)
        {
            var step = Math.Min(left, 5);
            MonoNow += (long)(step * 1e6);
            _clock.Advance(TimeSpan.FromMilliseconds(step));
            _clients.ForEach(client => client.TickIfDue());
            Service.TickReleased(MonoNow);
        }
    }

    public void Dispose() => Service.Dispose();
}
