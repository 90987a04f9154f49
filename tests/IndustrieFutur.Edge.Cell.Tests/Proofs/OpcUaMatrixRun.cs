using IndustrieFutur.Edge.Cell.Tests.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// One session of ours with a counting foreign server: subscribes to its signals and to the arm's axes, found by their type, and
/// receives until it is told where the counting ended and has seen every signal arrive there.
/// </summary>
internal sealed class OpcUaMatrixRun
{
    /// <summary>After the last change this much is enough for it to arrive: a publishing interval and a busy machine.</summary>
    private const long ArriveNanos = 10_000_000_000;

    private const long LookNanos = 50_000_000;

    private static readonly TimeSpan Publishing = TimeSpan.FromMilliseconds(250);

    /// <summary>The signals change every half second at most; a machine that hangs for ten must not lose any.</summary>
    private const uint Queue = 20;

    private readonly SessionSettings _settings;
    private readonly CountingSink.Counters _counters;
    private readonly int _signals;
    private readonly int _axes;
    private readonly string _namespaceUri;
    private readonly CountingTable _table;
    private long _until = long.MaxValue;
    private volatile bool _isSubscribed;

    public OpcUaMatrixRun(SessionSettings settings, string namespaceUri, int signals, int axes)
    {
        _settings = settings;
        _namespaceUri = namespaceUri;
        _signals = signals;
        _axes = axes;
        _counters = new CountingSink.Counters(signals);
        _table = new CountingTable(signals + axes);
    }

    public bool IsSubscribed => _isSubscribed;

    public long Values => _table.Values;

    public long Renewals { get; private set; }

    /// <summary>What went wrong, in words; empty when nothing did.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The counting has ended there.</summary>
    public void End(long count) => Volatile.Write(ref _until, count);

    /// <summary>Runs on the session's own thread to the end.</summary>
    public void Run(CancellationToken cancellation)
    {
        using var session = new UaSession(_settings);
        session.Connect(cancellation);
        var subscriptions = new UaSubscriptions<CountingSink>(session, new CountingSink(_table, _counters));
        var subscription = subscriptions.Create(new SubscriptionRequest { PublishingInterval = Publishing });
        NodeId[] nodes = [.. Signals(session), .. Axes(session)];
        var created = subscriptions.CreateItems(subscription, [.. nodes.Select(Item)]);
        var refused = created.Count(item => item.StatusCode != StatusCodes.Good);
        if (nodes.Length != _signals + _axes || refused > 0)
        {
            Fault = $"{nodes.Length} nodes found instead of {_signals + _axes}, {refused} items refused";
            return;
        }

        _isSubscribed = true;
        Receive(session, subscriptions);
        Judge(subscriptions);
    }

    private void Receive(UaSession session, UaSubscriptions<CountingSink> subscriptions)
    {
        var deadline = long.MaxValue;
        while (!_table.AllAt(Volatile.Read(ref _until)) && MonoTime.NowNanos() < deadline)
        {
            session.Pump(MonoTime.NowNanos() + LookNanos);
            if (deadline == long.MaxValue && Volatile.Read(ref _until) != long.MaxValue)
            {
                deadline = MonoTime.NowNanos() + ArriveNanos;
            }

            if (subscriptions.IsStale(MonoTime.NowNanos()))
            {
                Fault = "the subscription fell silent";
                return;
            }
        }

        Renewals = session.ChannelCounters?.Renewals ?? 0;
    }

    private void Judge(UaSubscriptions<CountingSink> subscriptions)
    {
        var until = Volatile.Read(ref _until);
        Fault = Fault.Length > 0 ? Fault
            : _table.Faults > 0 ? $"{_table.Faults} values out of order, the first: {_table.FirstFault}"
            : !_table.AllAt(until) ? $"not every signal arrived at {until}"
            : _counters.NotGood > 0 ? $"{_counters.NotGood} values were not Good"
            : subscriptions.Counters.MessagesLost + subscriptions.Counters.Duplicates > 0 ? "messages were lost or doubled"
            : "";
    }

    private IEnumerable<NodeId> Signals(UaSession session)
    {
        var index = (ushort)session.NamespaceUris.ToList().IndexOf(_namespaceUri);
        return Enumerable.Range(0, _signals).Select(signal => new NodeId(index, (uint)(NodeServer.FirstSignal + signal)));
    }

    private NodeId[] Axes(UaSession session) => _axes == 0 ? [] : ArmAxes.Positions(session);

    private static MonitoredItemCreateRequest Item(NodeId node, int handle) => new()
    {
        ItemToMonitor = new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value },
        MonitoringMode = MonitoringMode.Reporting,
        RequestedParameters = new MonitoringParameters { ClientHandle = (uint)handle, SamplingInterval = 0, QueueSize = Queue, DiscardOldest = true },
    };
}
