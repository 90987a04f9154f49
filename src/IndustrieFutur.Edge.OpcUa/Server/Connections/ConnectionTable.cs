using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Server.Sessions;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>Takes connections, as many as there may be, and gives each a thread.</summary>
internal sealed class ConnectionTable : IDisposable
{
    /// <summary>Connections that were told to go are gone within 50 ms; until then so many more may be there.</summary>
    private const int GoingMax = 20;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<ServerConnection> _connections = [];
    private readonly ServerParts _parts;
    private readonly SessionServices _services;
    private readonly TcpListener _listener;
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread _thread;
    private volatile bool _isStopping;

    public ConnectionTable(ServerParts parts)
    {
        _parts = parts;
        _services = new SessionServices(parts);
        ChannelSettings = ServerChannels.SettingsOf(parts.Settings);
        _listener = new TcpListener(parts.Settings.Listen);
        _thread = new Thread(Accept) { IsBackground = true, Name = "opcua listener" };
    }

    public ServerChannelSettings ChannelSettings { get; }

    /// <summary>Connections say goodbye and end.</summary>
    public bool IsStopping => _isStopping;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Throws <see cref="SocketException"/> when the port is taken.</summary>
    public IPEndPoint Listen()
    {
        _listener.Start();
        return (IPEndPoint)_listener.LocalEndpoint;
    }

    /// <summary>Takes connections from now on.</summary>
    public void Start() => _thread.Start();

    /// <summary>Hangs up on everybody without a word, as when a cable is pulled; they may come again.</summary>
    public void CutAll()
    {
        lock (_gate)
        {
            _connections.ForEach(connection => connection.Cut());
        }
    }

    public void Remove(ServerConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            connection.Dispose();
        }
    }

    /// <summary>Takes nobody any more, lets everybody go in peace for as long, then hangs up.</summary>
    public void Stop(TimeSpan peace)
    {
        _isStopping = true;
        _stopping.Set();
        _listener.Stop();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        if (!JoinAll(peace))
        {
            CutAll();
            JoinAll(peace);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _stopping.Dispose();
    }

    private bool JoinAll(TimeSpan limit)
    {
        var untilNanos = MonoTime.NowNanos() + (limit.Ticks * TimeSpan.NanosecondsPerTick);
        foreach (var connection in Snapshot())
        {
            var leftNanos = Math.Max(0, untilNanos - MonoTime.NowNanos());
            if (!connection.Join(TimeSpan.FromTicks(leftNanos / TimeSpan.NanosecondsPerTick)))
            {
                return false;
            }
        }

        return true;
    }

    private ServerConnection[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    private void Accept()
    {
        while (!_isStopping)
        {
            try
            {
                Admit(_listener.AcceptSocket());
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped, or a client that was gone before it was taken, or no file handle is left: the next one may find one.
                _stopping.WaitOne(AfterFailure);
            }
        }
    }

    private void Admit(Socket socket)
    {
        _parts.Counters.CountConnection();
        var connection = new ServerConnection(socket, _parts, _services, this);
        lock (_gate)
        {
            if (!_isStopping && HasRoomFor(connection))
            {
                _connections.Add(connection);
                connection.Start();
                return;
            }
        }

        _parts.Counters.CountRefusedConnection();
        Refuse(socket);
        connection.Dispose();
    }

    /// <summary>When all places are taken, the oldest connection without a session goes (OPC UA Part 4, 5.6.2).</summary>
    private bool HasRoomFor(ServerConnection connection)
    {
        var limits = _parts.Settings.Limits;
        if (_connections.Count(other => !other.IsOpen && other.Address.Equals(connection.Address)) >= limits.HalfOpenPerAddressMax)
        {
            return false;
        }

        if (_connections.Count(other => !other.IsCut) < limits.ChannelsMax)
        {
            return _connections.Count < limits.ChannelsMax + GoingMax;
        }

        var idle = _connections.Count < limits.ChannelsMax + GoingMax ? _connections.Find(other => !other.HasSessions && !other.IsCut) : null;
        idle?.Cut();
        return idle is not null;
    }

    private static void Refuse(Socket socket)
    {
        try
        {
            socket.Blocking = false;
            socket.Send(Handshake.WriteError(new MessageBuffer(Handshake.MessageBytesMax), StatusCodes.BadTcpNotEnoughResources, null), SocketFlags.None, out _);
        }
        catch (SocketException)
        {
            // It hears it from the closed connection as well.
        }
    }
}
