using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Tests.Simulators.Rtde;

/// <summary>The simulated controller on a free port of loopback, and clients of ours; time passes when the test steps.</summary>
internal sealed class RtdeScene : IDisposable
{
    private const long LimitNanos = 5_000_000_000;

    private readonly SimulationClock _clock = new();
    private readonly List<IByteLink> _links = [];

    public RtdeScene()
        : this(new RtdeServer("cobot", new NumberedSource(), new IPEndPoint(IPAddress.Loopback, 0)))
    {
    }

    /// <summary>With an arm that it shows.</summary>
    public RtdeScene(CobotArm arm)
        : this(new RtdeServer(arm, new IPEndPoint(IPAddress.Loopback, 0)), arm)
    {
    }

    private RtdeScene(RtdeServer server, params ISimulatedDevice[] shown)
    {
        Server = server;
        foreach (var device in shown)
        {
            _clock.Add(device);
        }

        _clock.Add(server);
    }

    public RtdeServer Server { get; }

    public int Port => Server.EndPoint.Port;

    public void Step(int ticks) => _clock.Step(ticks);

    public IByteLink Connect()
    {
        var link = TcpLink.Connect("127.0.0.1", Port, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        _links.Add(link);
        return link;
    }

    /// <summary>A client that has set up these fields and started.</summary>
    public RtdeClient Started(double frequency, params string[] names)
    {
        var client = new RtdeClient(Connect(), "the simulator", TestContext.Current.CancellationToken);
        client.Negotiate();
        Assert.Equal(RtdeServer.Version, client.AskControllerVersion());
        Assert.True(client.SetUpOutputs(frequency, names).IsUsable);
        client.Start();
        return client;
    }

    /// <summary>The next package's values, or null when none comes within so long.</summary>
    public static byte[]? Next(RtdeClient client, long waitNanos = LimitNanos)
    {
        var until = LinkClock.NowNanos() + waitNanos;
        do
        {
            if (client.TryReadData(until, out var values))
            {
                return values.ToArray();
            }
        }
        while (LinkClock.NowNanos() < until);

        return null;
    }

    public static void Until(Func<bool> isReached) => Assert.True(SpinWait.SpinUntil(isReached, TimeSpan.FromSeconds(5)));

    public void Dispose()
    {
        foreach (var link in _links)
        {
            link.Dispose();
        }

        _clock.Dispose();
        Server.Dispose();
    }
}
