using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The dashboard server: a line protocol over TCP, each client on a thread of its own. The real one is on port 29999.</summary>
public sealed class CobotDashboard : IDisposable
{
    /// <summary>One more is closed at once: a pendant, a supervisor, a service laptop and two to spare.</summary>
    public const int ClientsMax = 5;

    /// <summary>A client that does not take its answer for so long is let go.</summary>
    private const int SendTimeoutMillis = 1_000;

    /// <summary>How often a waiting thread looks whether it is to stop: a stop takes under a second.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly DashboardCommands _commands;
    private readonly Socket _listener;
    private readonly Thread _accepting;
    private readonly List<Thread> _serving = [];
    private readonly ManualResetEventSlim _stopped = new();
    private long _answerDelayTicks;
    private volatile bool _isCut;

    /// <summary>Port 0 takes any that is free. Throws <see cref="LinkBrokenException"/> when nothing can listen there.</summary>
    public CobotDashboard(CobotArm arm, IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(endPoint);
        _commands = new DashboardCommands(arm);
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endPoint);
            _listener.Listen(ClientsMax);
        }
        catch (SocketException cause)
        {
            _listener.Dispose();
            throw new LinkBrokenException(
                $"The dashboard of {arm.Id} cannot listen on {endPoint}: {cause.Message}. Choose another port, or end what uses this one.", cause);
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = new Thread(Accept) { Name = $"dashboard {EndPoint}", IsBackground = true };
        _accepting.Start();
    }

    /// <summary>Where clients find it.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>How many commands have reached it that would change something, taken or not: a program that only asks leaves it at 0.</summary>
    public long Orders => _commands.Orders;

    /// <summary>A fault: the cable is out. Clients lose their connection, and new ones are closed at once.</summary>
    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>A fault: every answer takes so long, of the wall's time.</summary>
    public TimeSpan AnswerDelay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _answerDelayTicks));
        set => Volatile.Write(ref _answerDelayTicks, value.Ticks);
    }

    public void Dispose()
    {
        _stopped.Set();
        _accepting.Join();
        foreach (var thread in _serving)
        {
            thread.Join();
        }

        _listener.Dispose();
        _stopped.Dispose();
    }

    private void Accept()
    {
        while (!_stopped.IsSet)
        {
            if (!_listener.Poll(LookEvery, SelectMode.SelectRead))
            {
                continue;
            }

            try
            {
                Welcome(_listener.Accept());
            }
            catch (SocketException)
            {
                // The client was gone before it was there; the next one is welcome.
            }
        }
    }

    private void Welcome(Socket client)
    {
        _serving.RemoveAll(thread => !thread.IsAlive);
        if (_serving.Count == ClientsMax || _isCut)
        {
            client.Dispose();
            return;
        }

        client.NoDelay = true;
        client.SendTimeout = SendTimeoutMillis;
        var thread = new Thread(() => Serve(client)) { Name = "dashboard client", IsBackground = true };
        _serving.Add(thread);
        thread.Start();
    }

    private void Serve(Socket client)
    {
        using var link = new SocketLink(client);
        var session = new DashboardSession(_commands, link);
        try
        {
            session.Greet();
            while (!_stopped.IsSet && !_isCut && session.Serve(LinkClock.NowNanos() + (LookEvery.Ticks * TimeSpan.NanosecondsPerTick), Think))
            {
            }
        }
        catch (LinkBrokenException)
        {
            // The client went away or takes nothing; the next one is welcome.
        }
    }

    private void Think()
    {
        if (AnswerDelay > TimeSpan.Zero)
        {
            _stopped.Wait(AnswerDelay);
        }
    }
}
