using System.Net;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The simulated cobot with its dashboard behind somebody who listens, and its OPC UA server with two methods more: one that is harmless, and one whose id
/// says nothing and whose name on the server is GetReady. They count who calls them.
/// </summary>
internal sealed class ForbiddenMachines : IDisposable
{
    /// <summary>Where its instances are named.</summary>
    public const string Maker = "nsu=urn:industriefutur:cell-sim";

    private const string Robotics = "http://opcfoundation.org/UA/Robotics/";

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-forbidden-").FullName;
    private readonly CobotSimulator _cobot;
    private readonly CobotDashboard _dashboard;
    private int _harmless;
    private int _forbidden;

    public ForbiddenMachines()
    {
        _cobot = CobotSimulator.Start(new CobotSimulatorSettings
        {
            Arm = new CobotSettings { StartsPlaying = false, MinutesBetweenProtectiveStops = 0 },
            OpcUa = new UaDeviceSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), DataFolder = _folder, AllowInsecure = true },
            Rtde = null,
            Dashboard = null,
            Modbus = null,
        });
        _dashboard = new CobotDashboard(_cobot.Arm, new IPEndPoint(IPAddress.Loopback, 0));
        Relay = new ListeningRelay(_dashboard.EndPoint);
        _cobot.Arm.Pendant.SetRemoteControl(true);
        var space = _cobot.OpcUa!.Space;
        var maker = space.Namespaces.IndexOf(Maker[4..]);
        Add(space, "m1", new QualifiedName(space.Namespaces.IndexOf(Robotics), "GetReady"), () => Interlocked.Increment(ref _forbidden));
        Add(space, "m2", new QualifiedName(maker, "Greet"), () => Interlocked.Increment(ref _harmless));
    }

    public ListeningRelay Relay { get; }

    public string OpcUaUrl => _cobot.OpcUa!.EndpointUrl;

    /// <summary>Methods that anybody called, by the server's own count; and each of the two by its own.</summary>
    public (long All, int Harmless, int Forbidden) Calls => (_cobot.OpcUa!.Calls, Volatile.Read(ref _harmless), Volatile.Read(ref _forbidden));

    /// <summary>Lines that would change something, by the dashboard's own count.</summary>
    public long Orders => _dashboard.Orders;

    public void SetRemote(bool isRemote) => _cobot.Arm.Pendant.SetRemoteControl(isRemote);

    public void Dispose()
    {
        Relay.Dispose();
        _dashboard.Dispose();
        _cobot.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Add(AddressSpace space, string id, QualifiedName name, Action count)
    {
        var maker = space.Namespaces.IndexOf(Maker[4..]);
        var method = new UaMethod(new NodeId(maker, id), name)
        {
            Handler = _ =>
            {
                count();
                return MethodAnswer.Good();
            },
        };
        space.Add(method);
        space.AddReference(space.Get<UaNode>(new NodeId(maker, "Cell1")), new NodeId(0, NodeIds.HasComponent), method);
    }
}
