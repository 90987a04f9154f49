using System.Net;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Tests.OpcUa.Server.Space;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Simulators.OpcUa;

/// <summary>A cobot or a PLC with its OPC UA server on loopback, on a clock that a test steps; gone afterwards with its folder.</summary>
internal sealed class UaBench : IDisposable
{
    public static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();

    private readonly SimulationClock _clock = new();

    private UaBench(ISimulatedDevice device, Func<UaDeviceSettings, SimulatedUaServer> serve, Func<UaDeviceSettings, UaDeviceSettings>? change)
    {
        Folder = Directory.CreateTempSubdirectory("edge-sim-opcua-").FullName;
        var settings = new UaDeviceSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0), DataFolder = Folder, AllowInsecure = true, Clock = new FakeTimeProvider(Start),
        };
        Server = serve(change?.Invoke(settings) ?? settings);
        _clock.Add(device);
        _clock.Add(Server);
    }

    public string Folder { get; }

    public SimulatedUaServer Server { get; }

    public static UaBench WithCobot(CobotArm arm, Func<UaDeviceSettings, UaDeviceSettings>? change = null) =>
        new(arm, settings => new SimulatedUaServer(arm, settings), change);

    public static UaBench WithCobot(Func<UaDeviceSettings, UaDeviceSettings>? change = null) => WithCobot(Arm(), change);

    public static UaBench WithPlc(ConveyorPlc plc, Func<UaDeviceSettings, UaDeviceSettings>? change = null) =>
        new(plc, settings => new SimulatedUaServer(plc, settings), change);

    public static CobotArm Arm() => new(new CobotSettings { MinutesBetweenProtectiveStops = 0 }, new Journal());

    public void Step(int ticks = 1) => _clock.Step(ticks);

    public void StepSeconds(double seconds) => Step((int)(seconds * SimulatedTime.TicksPerSecond));

    /// <summary>A node below Objects by its names, whatever their namespaces.</summary>
    public UaNode At(string path) =>
        Server.Space.Objects().Below(path) ?? throw new InvalidOperationException($"There is no node {path}.");

    public object? Value(string path) => ((UaVariable)At(path)).Value.Value.Value;

    public DataValue Data(string path) => ((UaVariable)At(path)).Value;

    public (uint Status, uint[]? Arguments) Call(string path, params Variant[] arguments) => CallAs(new Caller(NodeId.Null, null), path, arguments);

    public (uint Status, uint[]? Arguments) CallAs(Caller caller, string path, params Variant[] arguments)
    {
        var method = (UaMethod)At(path);
        var answer = method.Handler!(new MethodCall(At(path[..path.LastIndexOf('/')]), method, arguments, caller));
        return (answer.Status, answer.ArgumentStatuses);
    }

    /// <summary>How a client of ours connects; without security unless a policy is named.</summary>
    public SessionSettings Client(string policy = "None", ApplicationCertificate? certificate = null, UserIdentity? identity = null) => new()
    {
        Endpoint = EndpointAddress.Parse(Server.EndpointUrl),
        Policy = SecurityPolicies.ByName(policy)!,
        Mode = policy == "None" ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt,
        AllowInsecure = policy == "None",
        Identity = identity ?? new UserIdentity.Anonymous(),
        Certificate = certificate ?? OwnCertificate,
        CheckServer = (chain, _, _) =>
        {
            LastServerCertificate = chain.ToArray();
            return new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "", "", "");
        },
    };

    public byte[] LastServerCertificate { get; private set; } = [];

    public PkiStore ServerStore => new(Path.Combine(Folder, "pki"));

    /// <summary>The client's.</summary>
    public ApplicationCertificate OwnCertificate => field ??= new PkiStore(Path.Combine(Folder, "client")).LoadOrCreateOwn(new OwnCertificateRequest { Edge = "test" });

    public static UaSession Open(SessionSettings settings)
    {
        var session = new UaSession(settings);
        session.Connect(TestContext.Current.CancellationToken);
        return session;
    }

    public void Dispose()
    {
        _clock.Dispose();
        Server.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
