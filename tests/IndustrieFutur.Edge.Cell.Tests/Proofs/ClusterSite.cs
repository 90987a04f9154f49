using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A site as config/examples/site-cluster: machines, an edge that reads them, and a historian that hears of it through a cluster of brokers only.</summary>
internal sealed class ClusterSite : IDisposable
{
    /// <summary>One poll of a machine is one message of so many samples.</summary>
    public const int Registers = 100;

    private const string PollEvery = "10ms";

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener[] _machines;

    public ClusterSite(NatsCluster cluster, int machines)
    {
        _machines = [.. Enumerable.Range(0, machines).Select(_ => new ModbusTcpListener(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0)))];
        var httpPort = FreePort.Next();
        string[] urls = [.. cluster.Nodes.Select(node => node.Url)];

        // Each begins with a node of its own.
        var historianFile = Write("historian.json", Configuration([.. urls.Skip(1), urls[0]], 0));
        var edgeFile = Write("site.json", Configuration(urls, httpPort));
        Historian = EdgeProcess.Start(_workplace.Folder, "historian", historianFile);
        Edge = EdgeProcess.Start(_workplace.Folder, "run", edgeFile);
        Numbers = new MetricsPage(httpPort, Edge);
    }

    public EdgeProcess Edge { get; }

    public EdgeProcess Historian { get; }

    public MetricsPage Numbers { get; }

    /// <summary>The signals that count, one up at each poll.</summary>
    public IEnumerable<string> Signals =>
        Enumerable.Range(0, _machines.Length).SelectMany(_ => Enumerable.Range(0, Registers), (machine, register) => $"{Name(machine)}/r{register}");

    /// <summary>No machine says anything any more.</summary>
    public void EndMachines() => Array.ForEach(_machines, machine => machine.Dispose());

    /// <summary>The samples of each signal in the store, for when nobody writes there any more.</summary>
    public Dictionary<string, IReadOnlyList<double>> Rows() => StoredRows.Read(_workplace.PathOf("data"));

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

    private JsonObject Configuration(string[] urls, int httpPort)
    {
        var historians = Configurations.Embedded();
        historians["h1"]!["apart"] = true;
        var cell = Configurations.Cell(Device(0), urls[0], historians, httpPort);
        for (var machine = 1; machine < _machines.Length; machine++)
        {
            cell["devices"]![Name(machine)] = Device(machine);
        }

        var sink = cell["sinks"]!["site"]!;
        sink["urls"] = new JsonArray([.. urls.Skip(1).Select(url => (JsonNode)url)]);
        sink["batchMax"] = 1_000;
        sink["batchEvery"] = PollEvery;
        sink["window"] = 64;
        return cell;
    }

    private JsonObject Device(int machine) => Configurations.Registers(Configurations.Tcp(_machines[machine].EndPoint.Port), Registers, PollEvery);
}
