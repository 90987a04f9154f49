using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A site as config/examples/site-cluster: machines, an edge that reads them, and a historian that hears of it through a cluster of brokers only.</summary>
internal sealed class ClusterSite : IDisposable
{
    /// <summary>With a poll each 10 ms, a machine says 10,000 samples a second.</summary>
    public const int Registers = 100;

    private const string PollEvery = "10ms";

    /// <summary>The smallest batch that the issue names: a hundred messages a second of each machine.</summary>
    private const int BatchMax = 100;

    /// <summary>As in the example: what waited while the nodes chose a leader comes at the pace of what is new, not all at once.</summary>
    private const int ReplayPerSecond = 20_000;

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener[] _machines;

    public ClusterSite(NatsCluster cluster, int machines)
    {
        _machines = [.. Enumerable.Range(0, machines).Select(_ => new ModbusTcpListener(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0)))];
        var httpPort = FreePort.Next();
        string[] urls = [.. cluster.Nodes.Select(node => node.Url)];

        // Each begins with a node of its own, and has a name of its own.
        var historianFile = Write("historian.json", Configuration([.. urls.Skip(1), urls[0]], cluster.CaFile, SiteClusterFiles.HistorianUser, 0));
        var edgeFile = Write("site.json", Configuration(urls, cluster.CaFile, SiteClusterFiles.EdgeUser, httpPort));
        Historian = EdgeProcess.Start(_workplace.Folder, "historian", historianFile);
        Edge = EdgeProcess.Start(_workplace.Folder, "run", edgeFile);
        Numbers = new MetricsPage(httpPort, Edge);
    }

    public EdgeProcess Edge { get; }

    public EdgeProcess Historian { get; }

    public MetricsPage Numbers { get; }

    /// <summary>No machine says anything any more.</summary>
    public void EndMachines() => Array.ForEach(_machines, machine => machine.Dispose());

    /// <summary>Shows the samples of each signal in the store, for when nobody writes there any more.</summary>
    public void EachStored(Action<string, IReadOnlyList<StoredSample>> show) => StoredRows.Each(_workplace.PathOf("data"), show);

    public void Dispose()
    {
        Edge.Dispose();
        Historian.Dispose();
        EndMachines();
        _workplace.Dispose();
    }

    private static string Name(int machine) => machine == 0 ? "plc" : $"plc{machine}";

    private string Write(string name, JsonObject configuration)
    {
        var file = _workplace.PathOf(name);
        File.Move(_workplace.Write(configuration), file);
        return file;
    }

    private JsonObject Configuration(string[] urls, string caFile, string user, int httpPort)
    {
        File.WriteAllText(_workplace.PathOf($"{user}.password"), SiteClusterFiles.PasswordOf(user));
        var historians = Configurations.Embedded();
        historians["h1"]!["apart"] = true;
        var cell = Configurations.Cell(Device(0), urls[0], historians, httpPort);
        cell["group"] = "la-roche";
        for (var machine = 1; machine < _machines.Length; machine++)
        {
            cell["devices"]![Name(machine)] = Device(machine);
        }

        var sink = cell["sinks"]!["site"]!;
        sink["urls"] = new JsonArray([.. urls.Skip(1).Select(url => (JsonNode)url)]);
        sink["user"] = user;
        sink["password"] = $"file:{user}.password";
        sink["caFile"] = caFile;
        sink["batchMax"] = BatchMax;
        sink["window"] = 64;
        cell["spool"] = new JsonObject { ["replayPerSecond"] = ReplayPerSecond };
        return cell;
    }

    private JsonObject Device(int machine) => Configurations.Registers(Configurations.Tcp(_machines[machine].EndPoint.Port), Registers, PollEvery);
}
