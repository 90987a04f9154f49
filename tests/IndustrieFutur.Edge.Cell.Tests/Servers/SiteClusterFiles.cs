using IndustrieFutur.Edge.Cell.Tests.Northbound;
using IndustrieFutur.Edge.Cell.Tests.Proofs;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>
/// The files of config/examples/site-cluster as one machine can run all three nodes from them: loopback, ports and folders of a test,
/// certificates and passwords made for it. TLS and access lists stay as they are written.
/// </summary>
internal sealed class SiteClusterFiles : IDisposable
{
    public const string EdgeUser = "edge-cell1";
    public const string HistorianUser = "historian-h1";

    /// <summary>For a test's own traffic beside that of the example: everything below other/.</summary>
    public const string OthersUser = "other-cells";

    /// <summary>For a test that takes something away from a running cluster: may do everything.</summary>
    public const string AdministratorUser = "administrator";

    private static readonly string Example = Path.Combine(Peers.Repository(), "config", "examples", "site-cluster");

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-site-cluster-").FullName;
    private readonly Authority _authority;
    private readonly (string Certificate, string Key) _node;
    private readonly int[] _routePorts;

    public SiteClusterFiles(int nodes)
    {
        _authority = new Authority(_folder);
        _node = _authority.Issue("node");
        _routePorts = [.. Enumerable.Range(0, nodes).Select(_ => FreePort.Next())];
    }

    public string CaFile => _authority.CaFile;

    /// <summary>The password of <see cref="OthersUser"/>.</summary>
    public string OthersPasswordFile
    {
        get
        {
            var file = Path.Combine(_folder, "others.password");
            File.WriteAllText(file, PasswordOf(OthersUser));
            return file;
        }
    }

    public static string NameOf(int node) => $"node{node + 1}";

    /// <summary>The password of a user of the example, which has none in its files.</summary>
    public static string PasswordOf(string user) => $"secret-of-{user}";

    public string Configuration(int node, ServerPlace place, int clientPort, int monitorPort)
    {
        var broker = File.ReadAllText(Path.Combine(Example, "broker.conf"));
        for (var other = 0; other < _routePorts.Length; other++)
        {
            broker = Put(broker, $"nats://{NameOf(other)}.site.local:6222", $"nats://{place.Address}:{_routePorts[other]}");
        }

        broker = Put(broker, "0.0.0.0:6222", $"{place.Address}:{_routePorts[node]}");
        broker = Put(broker, "0.0.0.0:8883", $"{place.Address}:{place.Port}");
        broker = Put(broker, "127.0.0.1:4222", $"{place.Address}:{clientPort}");
        broker = Put(broker, "127.0.0.1:8222", $"{place.Address}:{monitorPort}");
        broker = Put(broker, "/var/lib/nats-server", place.Folder);
        broker = Put(broker, "/etc/nats-server/node.pem", _node.Certificate);
        broker = Put(broker, "/etc/nats-server/node.key", _node.Key);
        broker = Put(broker, "/etc/nats-server/site-ca.pem", _authority.CaFile);
        broker = Put(broker, "$EDGE_CELL1_PASSWORD", $"\"{PasswordOf(EdgeUser)}\"");
        broker = Put(broker, "$HISTORIAN_H1_PASSWORD", $"\"{PasswordOf(HistorianUser)}\"");
        broker = Put(broker, "  users: [", $$"""
              users: [
                { user: {{AdministratorUser}}, password: "{{PasswordOf(AdministratorUser)}}" }
                { user: {{OthersUser}}, password: "{{PasswordOf(OthersUser)}}", permissions { publish: [ "other.>" ], subscribe: [ "other.>", "$MQTT.sub.>" ] } }
            """);
        return Put(File.ReadAllText(Path.Combine(Example, $"{NameOf(node)}.conf")), "include \"broker.conf\"", broker);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Put(string text, string from, string to) => text.Contains(from, StringComparison.Ordinal)
        ? text.Replace(from, to, StringComparison.Ordinal)
        : throw new InvalidOperationException($"config/examples/site-cluster no longer says {from}: the test would run something else.");
}
