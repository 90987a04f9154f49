using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Server;

/// <summary>A server of ours with every model that we carry and a small cell of its own, for foreign clients to visit.</summary>
internal sealed class VisitedServer : IDisposable
{
    private const string Namespace = "urn:industriefutur:test:visited";

    private readonly OwnCertificate _own = OwnCertificate.Make();
    private readonly AddressSpace _space;
    private readonly ushort _index;

    public VisitedServer(ServerLimitsSettings? limits = null)
    {
        _space = new AddressSpace(_own.Application.ApplicationUri);
        NodeSets.Load(_space, NodeSets.Robotics, NodeSets.PackMl, NodeSets.Machinery);
        _index = _space.Namespaces.Add(Namespace);
        AddCell();
        Server = new UaServer(SettingsWith(limits ?? new ServerLimitsSettings()), _space);
        Server.Start();
    }

    public UaServer Server { get; }

    /// <summary>Nodes that references lead to from Root: some ninety of OPC UA's own model stand alone in its NodeSet.</summary>
    public int ReachableCount()
    {
        var found = new HashSet<UaNode> { _space.Get<UaNode>(new NodeId(0, NodeIds.RootFolder)) };
        var open = new Queue<UaNode>(found);
        while (open.TryDequeue(out var node))
        {
            foreach (var reference in node.References)
            {
                if (found.Add(reference.Target))
                {
                    open.Enqueue(reference.Target);
                }
            }
        }

        return found.Count;
    }

    /// <summary>A robot that says it is one, and has none of the values and hardly any of the parts that it must have.</summary>
    public void AddHollowRobot()
    {
        var (di, robotics) = (_space.Namespaces.IndexOf(NodeSets.Di), _space.Namespaces.IndexOf(NodeSets.Robotics));
        var system = Instantiate(new NodeId(robotics, 1002), _space.Get<UaNode>(new NodeId(di, 5001)), "Hollow");
        Instantiate(new NodeId(robotics, 1004), _space.FindPath(system, new QualifiedName(robotics, "MotionDevices"))!, "Arm");
    }

    /// <summary>PEM files of the certificate user and of its key.</summary>
    public static (string Certificate, string Key) UserFiles(string folder)
    {
        var user = Credentials.UserCertificate;
        var (certificate, key) = (Path.Combine(folder, "user.pem"), Path.Combine(folder, "user.key"));
        File.WriteAllText(certificate, user.ExportCertificatePem());
        using var rsa = user.GetRSAPrivateKey()!;
        File.WriteAllText(key, rsa.ExportRSAPrivateKeyPem());
        return (certificate, key);
    }

    public void Dispose()
    {
        Server.Dispose();
        _own.Dispose();
    }

    private UaServerSettings SettingsWith(ServerLimitsSettings limits) => new()
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Path = "/cell",
        ApplicationUri = _own.Application.ApplicationUri,
        Certificate = _own.Application.Certificate,
        AllowInsecure = true,
        Endpoints =
        [
            .. from policy in SecurityPolicies.All
               from mode in policy.IsNone ? new[] { MessageSecurityMode.None } : [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
               select new ServerEndpointSecurity(policy, mode),
        ],
        CheckClient = (_, _, uri) => uri.Length > 0
            ? new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "", "", "")
            : new CertificateVerdict(CertificateProblem.WrongUri, StatusCodes.BadCertificateUriInvalid, "It names no application.", "", ""),
        Users = new ServerUsers
        {
            CheckPassword = (user, password) => user == Credentials.User && CryptographicOperations.FixedTimeEquals(password, Encoding.UTF8.GetBytes(Credentials.Password)),
            CheckCertificate = certificate => certificate.RawData.AsSpan().SequenceEqual(Credentials.UserCertificate.RawData),
        },
        Limits = limits,
        TokenLifetimeMin = TimeSpan.FromSeconds(1),
    };

    private UaNode Instantiate(NodeId type, UaNode parent, string name) =>
        _space.Instantiate(type, parent, new NodeId(0, NodeIds.HasComponent), new QualifiedName(_index, name), new InstanceOptions { NamespaceIndex = _index });

    private NodeId Id(string name) => new(_index, name);

    private void AddCell()
    {
        var cell = new UaObject(Id("Cell"), new QualifiedName(_index, "Cell"));
        _space.Add(cell, _space.Get<UaNode>(new NodeId(0, NodeIds.ObjectsFolder)), new NodeId(0, NodeIds.Organizes), new NodeId(0, NodeIds.BaseObjectType));
        AddVariable(cell, "Speed", NodeIds.DoubleDataType, -1, Variant.Of(1.5), AccessLevels.CurrentRead | AccessLevels.CurrentWrite);
        AddVariable(cell, "Counts", NodeIds.Int32DataType, 1, Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5 }), AccessLevels.CurrentRead);
        AddVariable(cell, "Fixed", NodeIds.StringDataType, -1, Variant.Of("fixed"), AccessLevels.CurrentRead);
        var add = new UaMethod(Id("Cell.Add"), new QualifiedName(_index, "Add"))
        {
            Handler = call => MethodAnswer.Good(Variant.Of((int)call.Arguments[0].Value! + (int)call.Arguments[1].Value!)),
        };
        _space.Add(add);
        _space.AddReference(cell, new NodeId(0, NodeIds.HasComponent), add);
        AddArguments(add, "InputArguments", "a", "b");
        AddArguments(add, "OutputArguments", "sum");
    }

    private void AddVariable(UaNode cell, string name, uint dataType, int rank, Variant value, int access)
    {
        var variable = new UaVariable(Id("Cell." + name), new QualifiedName(_index, name))
        {
            DataType = new NodeId(0, dataType), ValueRank = rank, ArrayDimensions = rank > 0 ? [0] : null, AccessLevel = (byte)access,
        };
        variable.Set(value, UaTime.NowUtc(TimeProvider.System));
        _space.Add(variable, cell, new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseDataVariableType));
    }

    private void AddArguments(UaMethod method, string property, params string[] names)
    {
        var arguments = names.Select(name => ExtensionObject.Of(new Argument { Name = name, DataType = new NodeId(0, NodeIds.Int32DataType), ValueRank = -1 })).ToArray();
        var variable = new UaVariable(Id($"{method.Id.Text}.{property}"), new QualifiedName(0, property))
        {
            DataType = new NodeId(0, NodeIds.ArgumentDataType), ValueRank = 1, ArrayDimensions = [(uint)names.Length],
        };
        variable.Set(new DataValue(Variant.OfArray(BuiltInType.ExtensionObject, arguments)));
        _space.Add(variable, method, new NodeId(0, NodeIds.HasProperty), new NodeId(0, NodeIds.PropertyType));
    }
}
