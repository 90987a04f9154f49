using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Our server as a process of its own, so that what strangers do to it shows in its memory: a thousand values that change, a method, a model.</summary>
internal sealed class OpcUaLimitsServer : IDisposable
{
    private const int Items = 1_000;
    private const string MistakeOfOurs = "mistake of ours";
    private const int MistakesKept = 10;

    /// <summary>So often each value changes; a hundred characters, so that a client that takes none is owed 2 MB a second.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private static readonly string Padding = new('.', 90);

    private readonly X509Certificate2 _certificate = OpcUaBlastIdentity.NewCertificate();
    private readonly AddressSpace _space = new(OpcUaBlastIdentity.ApplicationUri);
    private readonly List<UaVariable> _items = [];
    private readonly List<string> _mistakes = [];
    private readonly ManualResetEvent _stop = new(false);
    private readonly UaServer _server;
    private int _mistakeCount;

    private OpcUaLimitsServer(TimeSpan patience)
    {
        NodeSets.Load(_space, NodeSets.Robotics, NodeSets.PackMl, NodeSets.Machinery);
        AddCell();
        _server = new UaServer(SettingsWith(patience), _space);
        _server.Start();
    }

    /// <summary>Serves until its standard input ends; says its counters for every line.</summary>
    public static int Run(string patienceMillis)
    {
        using var server = new OpcUaLimitsServer(TimeSpan.FromMilliseconds(int.Parse(patienceMillis, System.Globalization.CultureInfo.InvariantCulture)));
        var changing = new Thread(server.ChangeAlways) { Name = "changes" };
        changing.Start();
        Console.WriteLine($"={server._server.EndpointUrl}");
        while (Console.ReadLine() is { } question)
        {
            Console.WriteLine($"={server.Report(isCollected: question == "collect")}");
        }

        server._stop.Set();
        changing.Join();
        return 0;
    }

    public void Dispose()
    {
        _server.Dispose();
        _stop.Dispose();
        _certificate.Dispose();
    }

    /// <param name="patience">How long a client may take no byte, and a channel carry no session.</param>
    private UaServerSettings SettingsWith(TimeSpan patience) => new()
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        ApplicationUri = OpcUaBlastIdentity.ApplicationUri,
        Certificate = _certificate,
        AllowInsecure = true,
        Endpoints =
        [
            new ServerEndpointSecurity(SecurityPolicies.None, MessageSecurityMode.None),
            new ServerEndpointSecurity(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt),
        ],
        CheckClient = (_, _, _) => new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "", "", ""),
        SendTimeout = patience,
        Limits = new ServerLimitsSettings { IdleChannelTimeout = patience },
        Tell = Hear,
    };

    private void Hear(string sentence)
    {
        if (!sentence.Contains(MistakeOfOurs, StringComparison.Ordinal))
        {
            return;
        }

        lock (_mistakes)
        {
            _mistakeCount++;
            if (_mistakes.Count < MistakesKept)
            {
                _mistakes.Add(sentence);
            }
        }
    }

    /// <param name="isCollected">Whether garbage is collected before, so that its memory is what is still in use.</param>
    private string Report(bool isCollected)
    {
        lock (_mistakes)
        {
            var counters = _server.Counters;
            return JsonSerializer.Serialize(new
            {
                sessions = _server.SessionCount,
                connections = _server.ConnectionCount,
                accepted = counters.Connections,
                broken = counters.BrokenConnections,
                requests = counters.Requests,
                refused = counters.RefusedRequests,
                refusedSessions = counters.RefusedSessions,
                managedBytes = GC.GetTotalMemory(isCollected),
                mistakeCount = _mistakeCount,
                mistakes = _mistakes,
            });
        }
    }

    private void ChangeAlways()
    {
        for (var round = 0L; !_stop.WaitOne(Period); round++)
        {
            var now = UaTime.NowUtc(TimeProvider.System);
            foreach (var item in _items)
            {
                item.Set(Variant.Of($"{round}{Padding}"), now);
            }
        }
    }

    private void AddCell()
    {
        var cell = new UaObject(new NodeId(1, "Cell"), new QualifiedName(1, "Cell")) { EventNotifier = 1 };
        _space.Add(cell, _space.Get<UaNode>(new NodeId(0, NodeIds.ObjectsFolder)), new NodeId(0, NodeIds.Organizes), new NodeId(0, NodeIds.BaseObjectType));
        AddVariable(cell, "Speed", NodeIds.DoubleDataType, Variant.Of(1.5), AccessLevels.CurrentRead | AccessLevels.CurrentWrite);
        AddVariable(cell, "Name", NodeIds.StringDataType, Variant.Of("cell"), AccessLevels.CurrentRead | AccessLevels.CurrentWrite);
        for (var number = 0; number < Items; number++)
        {
            _items.Add(AddVariable(cell, $"Item{number}", NodeIds.StringDataType, Variant.Of(Padding), AccessLevels.CurrentRead));
        }

        var add = new UaMethod(new NodeId(1, "Cell.Add"), new QualifiedName(1, "Add")) { Handler = call => MethodAnswer.Good(Sum(call.Arguments)) };
        _space.Add(add);
        _space.AddReference(cell, new NodeId(0, NodeIds.HasComponent), add);
        AddArguments(add);
    }

    private static Variant Sum(IReadOnlyList<Variant> terms) => Variant.Of(unchecked((int)terms[0].Value! + (int)terms[1].Value!));

    private UaVariable AddVariable(UaNode cell, string name, uint dataType, Variant value, int access)
    {
        var variable = new UaVariable(new NodeId(1, "Cell." + name), new QualifiedName(1, name)) { DataType = new NodeId(0, dataType), AccessLevel = (byte)access };
        variable.Set(value, UaTime.NowUtc(TimeProvider.System));
        _space.Add(variable, cell, new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseDataVariableType));
        return variable;
    }

    private void AddArguments(UaMethod method)
    {
        string[] names = ["a", "b"];
        var arguments = names.Select(name => ExtensionObject.Of(new Argument { Name = name, DataType = new NodeId(0, NodeIds.Int32DataType), ValueRank = -1 })).ToArray();
        var variable = new UaVariable(new NodeId(1, "Cell.Add.InputArguments"), new QualifiedName(0, "InputArguments"))
        {
            DataType = new NodeId(0, NodeIds.ArgumentDataType),
            ValueRank = 1,
            ArrayDimensions = [(uint)names.Length],
        };
        variable.Set(new DataValue(Variant.OfArray(BuiltInType.ExtensionObject, arguments)));
        _space.Add(variable, method, new NodeId(0, NodeIds.HasProperty), new NodeId(0, NodeIds.PropertyType));
    }
}
