using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>
/// The OPC UA server of a simulated device: shows its state of each tick with the time of the cell's clock. Add it to the clock behind the
/// device. Its faults are switched by scenarios and tests.
/// </summary>
public sealed class SimulatedUaServer : ISimulatedDevice, IDisposable
{
    /// <summary>While the cable is out, whoever comes in is hung up on every 20 ms: before a channel can be open.</summary>
    private const int CutEveryTicks = 10;

    private readonly IUaModel _model;
    private readonly UaDeviceSettings _settings;
    private readonly UaIdentity _identity;
    private readonly SimulatedUtc _utc;
    private readonly Lock _changing = new();
    private readonly ManualResetEventSlim _backAgain = new();
    private IPEndPoint _listen;
    private volatile IUaView? _view;
    private volatile UaServer? _server;
    private ApplicationCertificate? _certificate;
    private Thread? _restarting;
    private long _writesBefore;
    private long _callsBefore;
    private long _tick;
    private long _backAtTick = long.MaxValue;
    private volatile bool _isCut;
    private volatile bool _isDisposed;

    /// <summary>A cobot by OPC 40010-1. Throws <see cref="LinkBrokenException"/> when it cannot listen or has no certificate.</summary>
    public SimulatedUaServer(CobotArm arm, UaDeviceSettings settings)
        : this($"{arm?.Id}-opcua", new CobotUaModel(arm ?? throw new ArgumentNullException(nameof(arm))), settings)
    {
    }

    /// <summary>A conveyor's PLC by PackML (OPC 30050). Throws <see cref="LinkBrokenException"/> when it cannot listen or has no certificate.</summary>
    public SimulatedUaServer(ConveyorPlc plc, UaDeviceSettings settings)
        : this($"{plc?.Id}-opcua", new PlcUaModel(plc ?? throw new ArgumentNullException(nameof(plc)), settings), settings)
    {
    }

    private SimulatedUaServer(string id, IUaModel model, UaDeviceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Id = id;
        _model = model;
        _settings = settings;
        _listen = settings.Listen;
        _identity = new UaIdentity(id, settings);
        _utc = new SimulatedUtc(settings.Clock.GetUtcNow());
        try
        {
            Open(new UaRestart());
        }
        catch (Exception cause) when (cause is SocketException or PkiException)
        {
            throw new LinkBrokenException($"{id}: nothing serves OPC UA on {_listen}: {cause.Message} Choose another address, or end what uses this one.", cause);
        }
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Where clients find it.</summary>
    public IPEndPoint EndPoint => _listen;

    /// <summary>What clients connect to.</summary>
    public string EndpointUrl => _server?.EndpointUrl ?? $"opc.tcp://{_listen}";

    /// <summary>Sessions that are open.</summary>
    public int SessionCount => _server?.SessionCount ?? 0;

    /// <summary>Values that clients wanted to write since the beginning, taken or not, over all restarts.</summary>
    public long Writes => Volatile.Read(ref _writesBefore) + (_server?.Counters.Writes ?? 0);

    /// <summary>Methods that clients called since the beginning, done or not, over all restarts.</summary>
    public long Calls => Volatile.Read(ref _callsBefore) + (_server?.Counters.Calls ?? 0);

    /// <summary>True while it is away for a restart.</summary>
    public bool IsRestarting => _server is null;

    /// <summary>A fault: the cable is out. Clients lose their connection and get none; their sessions wait for them.</summary>
    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>Where it can be reached and who is let in, in sentences.</summary>
    public IReadOnlyList<string> Places =>
    [
        $"OPC UA, on {EndpointUrl}",
        _settings.AcceptsAnyClient
            ? "  !! every client is let in, whatever certificate it shows"
            : $"  clients are let in whose certificate is trusted: ifedge cert list --data {_settings.DataFolder}, after a first try",
        .. _settings.AllowInsecure ? ["  !! an endpoint without security is offered"] : Array.Empty<string>(),
    ];

    internal AddressSpace Space { get; private set; } = new("urn:none");

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        Volatile.Write(ref _tick, now.Tick);
        _utc.Follow(now);
        _view?.Show(_utc.Wire);
        if (_isCut && now.IsEvery(CutEveryTicks))
        {
            _server?.CutConnections();
        }

        if (now.Tick >= Volatile.Read(ref _backAtTick))
        {
            Volatile.Write(ref _backAtTick, long.MaxValue);
            _backAgain.Set();
        }
    }

    /// <summary>A fault: the device's clock is set, and every time that it tells from now on is another one.</summary>
    public void JumpClock(TimeSpan by) => _utc.Jump(by);

    /// <summary>A fault: the server goes down and comes back, on a thread of its own; nothing happens while it is at that already.</summary>
    public void Restart(UaRestart how)
    {
        ArgumentNullException.ThrowIfNull(how);
        lock (_changing)
        {
            if (_isDisposed || _restarting is { IsAlive: true })
            {
                return;
            }

            _backAgain.Reset();
            Volatile.Write(ref _backAtTick, Volatile.Read(ref _tick) + (long)(how.Away.TotalSeconds * SimulatedTime.TicksPerSecond));
            _restarting = new Thread(() => GoAndComeBack(how)) { Name = $"restart of {Id}", IsBackground = true };
            _restarting.Start();
        }
    }

    public void Dispose()
    {
        Thread? restarting;
        lock (_changing)
        {
            _isDisposed = true;
            restarting = _restarting;
        }

        _backAgain.Set();
        restarting?.Join();
        Close();
        _backAgain.Dispose();
    }

    private void GoAndComeBack(UaRestart how)
    {
        Close();
        _backAgain.Wait();
        if (_isDisposed)
        {
            return;
        }

        try
        {
            Open(how);
        }
        catch (Exception cause) when (cause is SocketException or PkiException)
        {
            _settings.Tell?.Invoke($"{Id} does not come back on {_listen}: {cause.Message} It stays away.");
        }
    }

    private void Open(UaRestart how)
    {
        var certificate = _identity.Load(how.IsCertificateExpired);
        var space = new AddressSpace(_identity.ApplicationUri);
        for (var i = 0; i < how.ShiftNamespaces; i++)
        {
            space.Namespaces.Add($"{_identity.ApplicationUri}:downloaded:{i}");
        }

        NodeSets.Load(space, [.. _model.NodeSets]);
        var events = new EventNotifiers(space, _utc);
        var view = _model.Build(space, events);
        view.Show(_utc.Wire);
        var server = new UaServer(SettingsWith(certificate), space, events);
        try
        {
            server.Start();
        }
        catch
        {
            server.Dispose();
            certificate.Dispose();
            throw;
        }

        _listen = server.EndPoint;
        (Space, _certificate, _view, _server) = (space, certificate, view, server);
    }

    private void Close()
    {
        _view = null;
        var server = _server;
        _server = null;
        server?.Dispose();
        Volatile.Write(ref _writesBefore, _writesBefore + (server?.Counters.Writes ?? 0));
        Volatile.Write(ref _callsBefore, _callsBefore + (server?.Counters.Calls ?? 0));
        _certificate?.Dispose();
        _certificate = null;
    }

    private UaServerSettings SettingsWith(ApplicationCertificate certificate) => new()
    {
        Listen = _listen,
        ApplicationUri = _identity.ApplicationUri,
        ApplicationName = $"Simulated {Id}",
        Certificate = certificate.Certificate,
        Endpoints = [.. Endpoints()],
        AllowInsecure = _settings.AllowInsecure,
        CheckClient = _identity.CheckClient,
        Users = _identity.Users(),
        TokenLifetimeMin = _settings.TokenLifetimeMin,
        Tell = _settings.Tell,
        Clock = _utc,
    };

    /// <summary>The strongest first; Sign alone too, for the clients of plants that listen in on their lines.</summary>
    private IEnumerable<ServerEndpointSecurity> Endpoints() =>
        from policy in SecurityPolicies.All.Reverse()
        from mode in policy.IsNone
            ? _settings.AllowInsecure ? new[] { MessageSecurityMode.None } : []
            : [MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign]
        select new ServerEndpointSecurity(policy, mode);
}
