using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>
/// The RTDE server of a simulated controller: sends what its source shows, in the ticks of the cell's clock, 1 to 500 times a second, with
/// the timestamp of that clock. Add it to the clock behind the devices that it shows. Its faults are switched by scenarios and tests.
/// </summary>
public sealed class RtdeServer : ISimulatedDevice, IDisposable
{
    /// <summary>A controller takes a handful; one more is closed at once.</summary>
    public const int ClientsMax = 8;

    /// <summary>What it says it is: an e-Series controller.</summary>
    public static readonly RtdeControllerVersion Version = new(5, 25, 1, 0);

    /// <summary>Who calls while others are let in: without room he would call again only a second later.</summary>
    private const int Backlog = 64;

    /// <summary>How often the accepting thread looks whether it is to stop.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly IRtdeSource _source;
    private readonly Socket _listener;
    private readonly Thread _accepting;
    private readonly List<(RtdeSession Session, Thread Thread)> _clients = [];
    private readonly Dictionary<string, string> _refusals = [];
    private RtdeSession[] _sessions = [];
    private long _stalledUntilTick;
    private long _bornTick;
    private long _tick;
    private long _dropped;
    private volatile bool _refusesVersion;
    private volatile bool _splitsPackets;
    private volatile bool _isStopping;
    private volatile RtdeText? _chatter;

    /// <summary>Shows an arm; add it to the clock behind the arm.</summary>
    public RtdeServer(CobotArm arm, IPEndPoint endPoint)
        : this($"{arm?.Id}-rtde", new CobotRtdeSource((arm ?? throw new ArgumentNullException(nameof(arm))).Read), endPoint)
    {
    }

    /// <param name="id">The device's name in the cell.</param>
    /// <param name="source">What it shows.</param>
    /// <param name="endPoint">Where it listens; port 0 takes any that is free.</param>
    public RtdeServer(string id, IRtdeSource source, IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Id = id;
        _source = source;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endPoint);
            _listener.Listen(Backlog);
        }
        catch (SocketException cause)
        {
            _listener.Dispose();
            throw new LinkBrokenException($"{id}: nothing can listen on {endPoint}: {cause.Message}. Choose another port, or end what uses this one.", cause);
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = new Thread(Accept) { Name = $"rtde {EndPoint}", IsBackground = true };
        _accepting.Start();
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Where clients find it.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Clients that are connected.</summary>
    public int Clients => Array.FindAll(Volatile.Read(ref _sessions), static session => !session.IsClosed).Length;

    /// <summary>Clients that have started their stream of packages.</summary>
    public int Streams => Array.FindAll(Volatile.Read(ref _sessions), static session => session.IsStarted).Length;

    /// <summary>Clients that were dropped because they did not read, or read too slowly.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Fault: every version of the protocol is refused.</summary>
    public bool RefusesVersion
    {
        get => _refusesVersion;
        set => _refusesVersion = value;
    }

    /// <summary>Fault: each package comes in two pieces, the second with the next package, cut at every place in turn.</summary>
    public bool SplitsPackets
    {
        get => _splitsPackets;
        set => _splitsPackets = value;
    }

    /// <summary>Fault: this text comes between each question and its answer. Null: none.</summary>
    public RtdeText? Chatter
    {
        get => _chatter;
        set => _chatter = value;
    }

    internal bool IsStopping => _isStopping;

    internal bool IsStalled => Volatile.Read(ref _tick) < Volatile.Read(ref _stalledUntilTick);

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        Volatile.Write(ref _tick, now.Tick);
        _source.Look();
        var timestamp = (now.Tick - Volatile.Read(ref _bornTick)) / (double)SimulatedTime.TicksPerSecond;
        foreach (var session in Volatile.Read(ref _sessions))
        {
            session.Tick(now.Tick, timestamp, _source);
        }
    }

    /// <summary>Fault: nothing is sent for so many ticks (50 are 100 ms); then all of it at once.</summary>
    public void Stall(int ticks) => Volatile.Write(ref _stalledUntilTick, Volatile.Read(ref _tick) + ticks + 1);

    /// <summary>Fault: the next packages of each client that is connected are never sent.</summary>
    public void LosePackages(int count)
    {
        foreach (var session in Volatile.Read(ref _sessions))
        {
            session.Lose(count);
        }
    }

    /// <summary>Fault: all connections are cut.</summary>
    public void DropClients()
    {
        foreach (var session in Volatile.Read(ref _sessions))
        {
            session.Close();
        }
    }

    /// <summary>Fault: the timestamp begins again at 0, as after a restart of the controller.</summary>
    public void ResetTimestamp() => Volatile.Write(ref _bornTick, Volatile.Read(ref _tick));

    /// <summary>Fault: who asks for this field from now on is answered so, NOT_FOUND or IN_USE; null: as usual.</summary>
    public void Refuse(string field, string? answer = RtdeRecipeField.NotFound)
    {
        lock (_gate)
        {
            _refusals.Remove(field);
            if (answer is not null)
            {
                _refusals.Add(field, answer);
            }
        }
    }

    /// <summary>A text to every client.</summary>
    public void Say(RtdeText text)
    {
        foreach (var session in Volatile.Read(ref _sessions))
        {
            session.Say(text);
        }
    }

    public void Dispose()
    {
        if (_isStopping)
        {
            return;
        }

        _isStopping = true;
        _accepting.Join();
        foreach (var (session, thread) in _clients)
        {
            session.Close();
            thread.Join();
        }

        _listener.Dispose();
    }

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    /// <summary>The type of a field, or why it is not to be had.</summary>
    internal string AnswerTo(string field)
    {
        if (RefusalOf(field) is { } refusal)
        {
            return refusal;
        }

        Span<byte> probe = stackalloc byte[64];
        return RtdeFields.TryFind(field, out var type) && (field == RtdeFields.Timestamp || _source.TryRead(field, probe[..RtdeFieldTypes.BytesOf(type)]))
            ? RtdeFieldTypes.NameOf(type)
            : RtdeRecipeField.NotFound;
    }

    /// <summary>Why an input is not to be had: none is.</summary>
    internal string AnswerToInput(string field) => RefusalOf(field) ?? RtdeRecipeField.NotFound;

    private string? RefusalOf(string field)
    {
        lock (_gate)
        {
            return _refusals.GetValueOrDefault(field);
        }
    }

    private void Accept()
    {
        while (!_isStopping)
        {
            ForgetEnded();
            try
            {
                if (_listener.Poll(LookEvery, SelectMode.SelectRead))
                {
                    Take(_listener.Accept());
                }
            }
            catch (SocketException)
            {
                // Whoever called has gone again before he was let in.
            }
        }
    }

    private void Take(Socket client)
    {
        if (_clients.Count == ClientsMax)
        {
            client.Dispose();
            return;
        }

        var session = new RtdeSession(client, this);
        var thread = new Thread(session.Serve) { Name = $"rtde client of {Id}", IsBackground = true };
        _clients.Add((session, thread));
        Publish();
        thread.Start();
    }

    private void ForgetEnded()
    {
        if (_clients.RemoveAll(static client => client.Session.IsClosed && !client.Thread.IsAlive) > 0)
        {
            Publish();
        }
    }

    private void Publish() => Volatile.Write(ref _sessions, [.. _clients.Select(static client => client.Session)]);
}
