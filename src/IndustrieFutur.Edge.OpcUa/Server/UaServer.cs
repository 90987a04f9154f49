using System.Net;
using IndustrieFutur.Edge.OpcUa.Server.Connections;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>
/// An OPC UA server: shows an address space to clients. One thread takes connections, one per connection does everything for it, and one
/// keeps house.
/// </summary>
public sealed class UaServer : IDisposable
{
    /// <summary>Long enough for a last answer, short enough for whoever stops us.</summary>
    private static readonly TimeSpan Peace = TimeSpan.FromMilliseconds(400);

    private readonly ServerParts _parts;
    private readonly ServerObject _object;
    private readonly ConnectionTable _connections;
    private readonly Housekeeper _housekeeper;
    private bool _isStarted;
    private bool _isDisposed;

    /// <param name="settings">Where it listens, and whom it lets in.</param>
    /// <param name="space">What it shows.</param>
    /// <param name="events">The way of the space's events, when it outlives this server: alarms of a device whose server restarts. Null: a new one.</param>
    public UaServer(UaServerSettings settings, AddressSpace space, EventNotifiers? events = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(space);
        settings.Check();
        Events = events ?? new EventNotifiers(space, settings.Clock);
        _parts = new ServerParts(settings, space, new SubscriptionService(Events, settings.Limits));
        _object = new ServerObject(_parts);
        _connections = new ConnectionTable(_parts);
        _housekeeper = new Housekeeper(_parts);
    }

    /// <summary>Where it listens; once started.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>What clients connect to; once started.</summary>
    public string EndpointUrl => _parts.Endpoints.Url;

    /// <summary>What happens at nodes of the address space is raised here, for those clients that watch.</summary>
    public EventNotifiers Events { get; }

    public ServerCounters Counters => _parts.Counters;

    public int SessionCount => _parts.Sessions.Count;

    public int ConnectionCount => _connections.Count;

    /// <summary>How well it serves (OPC UA Part 4, 6.6.2.4.2): 255 is best, below 200 clients look for another server.</summary>
    public byte ServiceLevel
    {
        get => _object.ServiceLevel;
        set => _object.ServiceLevel = value;
    }

    /// <summary>What clients read as ServerStatus.State.</summary>
    public ServerState State
    {
        get => _object.State;
        set => _object.State = value;
    }

    /// <summary>Listens and serves. Throws <see cref="System.Net.Sockets.SocketException"/> when the port is taken.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _object.Attach();
        EndPoint = _connections.Listen();
        _parts.Endpoints.Listens(EndPoint);
        _connections.Start();
        _housekeeper.Start();
        _isStarted = true;
    }

    /// <summary>Hangs up on all clients without a word, as when a cable is pulled; their sessions wait for them.</summary>
    public void CutConnections() => _connections.CutAll();

    /// <summary>Tells clients that it shuts down, answers what waits, hangs up: all within about a second.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        State = ServerState.Shutdown;
        if (_isStarted && _connections.Count > 0)
        {
            using var never = new ManualResetEvent(false);
            never.WaitOne(_parts.Settings.ShutdownGrace);
        }

        _connections.Stop(Peace);
        _housekeeper.Dispose();
        _connections.Dispose();
        _parts.Subscriptions.Dispose();
    }
}
