using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>A server of ours on loopback with a small space, all policies and all kinds of users; and settings for clients of it.</summary>
internal sealed class ServerBed : IDisposable
{
    public const string ClientUri = "urn:test:client";
    public const string ServerUri = "urn:test:server";

    private static readonly NodeId Organizes = new(0, NodeIds.Organizes);
    private static readonly NodeId HasComponent = new(0, NodeIds.HasComponent);
    private static readonly NodeId HasProperty = new(0, NodeIds.HasProperty);
    private static readonly NodeId DataVariable = new(0, NodeIds.BaseDataVariableType);

    /// <summary>For a machine that builds at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _told = new();

    public ServerBed(ServerLimitsSettings? limits = null, Func<UaServerSettings, UaServerSettings>? change = null)
    {
        NodeSets.Load(Space);
        AddNodes();
        var settings = SettingsWith(limits ?? new ServerLimitsSettings());
        Server = new UaServer(change?.Invoke(settings) ?? settings, Space);
        Server.Start();
        Address = EndpointAddress.Parse(Server.EndpointUrl);
    }

    public static NodeId Cell { get; } = new(1, "Cell");

    public static NodeId Speed { get; } = new(1, "Cell.Speed");

    public static NodeId Counts { get; } = new(1, "Cell.Counts");

    public static NodeId Hidden { get; } = new(1, "Cell.Hidden");

    public static NodeId Fixed { get; } = new(1, "Cell.Fixed");

    public static NodeId Add { get; } = new(1, "Cell.Add");

    public static NodeId Idle { get; } = new(1, "Cell.Idle");

    public AddressSpace Space { get; } = new(ServerUri);

    public UaServer Server { get; }

    public EndpointAddress Address { get; }

    /// <summary>What the server has told so far; what it counts or answers may come before its sentence (<see cref="WaitUntilTold"/>).</summary>
    public IReadOnlyList<string> Told => [.. _told];

    /// <summary>Who called the method last.</summary>
    public Caller? LastCaller { get; private set; }

    public static void WaitUntil(Func<bool> condition, string what)
    {
        var untilNanos = MonoTime.NowNanos() + (Patience.Ticks * TimeSpan.NanosecondsPerTick);
        using var never = new ManualResetEvent(false);
        while (!condition())
        {
            Assert.True(MonoTime.NowNanos() < untilNanos, $"In vain: {what}.");
            never.WaitOne(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>Waits for a sentence with these words in it.</summary>
    public void WaitUntilTold(string words) =>
        WaitUntil(() => _told.Any(sentence => sentence.Contains(words, StringComparison.Ordinal)), $"it is told: {words}");

    public SessionSettings Client(string policy = "None", MessageSecurityMode mode = MessageSecurityMode.None, UserIdentity? identity = null) => new()
    {
        Endpoint = Address,
        Policy = SecurityPolicies.ByName(policy)!,
        Mode = mode,
        AllowInsecure = mode == MessageSecurityMode.None,
        Identity = identity ?? new UserIdentity.Anonymous(),
        Certificate = new ApplicationCertificate(TestCertificates.Client, ClientUri),
        Channel = new ChannelSettings { RequestTimeout = TimeSpan.FromSeconds(10) },
        CheckServer = (chain, _, _) => Verdict(chain.Span.SequenceEqual(TestCertificates.Server.RawData)),
    };

    /// <summary>A session that is open; without security unless told otherwise.</summary>
    public UaSession Open(SessionSettings? settings = null)
    {
        var session = new UaSession(settings ?? Client());
        session.Connect(TestContext.Current.CancellationToken);
        return session;
    }

    /// <summary>A channel without a session.</summary>
    public ClientChannel OpenChannel(ChannelSettings? settings = null) => ClientChannel.Open(
        Address,
        ChannelSecurity.None,
        settings ?? new ChannelSettings { RequestTimeout = TimeSpan.FromSeconds(10) },
        TestContext.Current.CancellationToken);

    public void Dispose() => Server.Dispose();

    private UaServerSettings SettingsWith(ServerLimitsSettings limits) => new()
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Path = "/cell",
        ApplicationUri = ServerUri,
        Certificate = TestCertificates.Server,
        AllowInsecure = true,
        Endpoints =
        [
            .. from policy in SecurityPolicies.All
               from mode in policy.IsNone ? new[] { MessageSecurityMode.None } : [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
               select new ServerEndpointSecurity(policy, mode),
        ],
        CheckClient = (chain, _, _) => Verdict(!chain.Span.SequenceEqual(TestCertificates.Stranger.RawData)),
        Users = new ServerUsers
        {
            CheckPassword = (user, password) => user is "operator" or "viewer" && CryptographicOperations.FixedTimeEquals(password, "secret"u8),
            CheckCertificate = certificate => certificate.RawData.AsSpan().SequenceEqual(TestCertificates.Stranger.RawData),
        },
        Limits = limits,
        TokenLifetimeMin = TimeSpan.FromSeconds(1),
        SendTimeout = TimeSpan.FromSeconds(1),
        Tell = _told.Enqueue,
    };

    private static CertificateVerdict Verdict(bool isAccepted) => isAccepted
        ? new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "", "", "")
        : new CertificateVerdict(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "Nobody trusts it.", "Trust it.", "");

    private void AddNodes()
    {
        var cell = new UaObject(Cell, new QualifiedName(1, "Cell"));
        Space.Add(cell, Space.Get<UaNode>(new NodeId(0, NodeIds.ObjectsFolder)), Organizes, new NodeId(0, NodeIds.BaseObjectType));
        AddVariable(cell, Speed, NodeIds.DoubleDataType, -1, Variant.Of(1.5), AccessLevels.CurrentRead | AccessLevels.CurrentWrite);
        AddVariable(cell, Counts, NodeIds.Int32DataType, 1, Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5 }), AccessLevels.CurrentRead | AccessLevels.CurrentWrite);
        AddVariable(cell, Hidden, NodeIds.DoubleDataType, -1, Variant.Of(1.0), 0);
        AddVariable(cell, Fixed, NodeIds.StringDataType, -1, Variant.Of("fixed"), AccessLevels.CurrentRead);
        AddMethods(cell);
    }

    private void AddVariable(UaNode cell, NodeId id, uint dataType, int rank, Variant value, int access)
    {
        var variable = new UaVariable(id, new QualifiedName(1, id.Text!.Split('.')[1])) { DataType = new NodeId(0, dataType), ValueRank = rank, AccessLevel = (byte)access };
        variable.Set(value, UaTime.NowUtc(TimeProvider.System));
        Space.Add(variable, cell, HasComponent, DataVariable);
    }

    private void AddMethods(UaNode cell)
    {
        var add = new UaMethod(Add, new QualifiedName(1, "Add"))
        {
            Handler = call =>
            {
                LastCaller = call.Caller;
                return MethodAnswer.Good(Variant.Of((int)call.Arguments[0].Value! + (int)call.Arguments[1].Value!));
            },
        };
        var idle = new UaMethod(Idle, new QualifiedName(1, "Idle"));
        Space.Add(add);
        Space.Add(idle);
        Space.AddReference(cell, HasComponent, add);
        Space.AddReference(cell, HasComponent, idle);
        var arguments = new UaVariable(new NodeId(1, "Cell.Add.InputArguments"), new QualifiedName(0, "InputArguments")) { DataType = new NodeId(0, NodeIds.ArgumentDataType), ValueRank = 1 };
        arguments.Set(new DataValue(Variant.OfArray(BuiltInType.ExtensionObject, new[] { Argument("a"), Argument("b") })));
        Space.Add(arguments, add, HasProperty, new NodeId(0, NodeIds.PropertyType));
    }

    private static ExtensionObject Argument(string name) =>
        ExtensionObject.Of(new Argument { Name = name, DataType = new NodeId(0, NodeIds.Int32DataType), ValueRank = -1 });
}
