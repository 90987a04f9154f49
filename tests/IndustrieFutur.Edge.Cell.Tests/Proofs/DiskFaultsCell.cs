using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The service over a machine that counts, its spool on a small disk of its own, its store elsewhere, with a real broker between them.</summary>
internal sealed class DiskFaultsCell : IDisposable
{
    public const int Registers = 100;

    private const long DiskBytes = 64 << 20;
    private const int SamplesInMemory = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener _machine = new(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0));
    private readonly int _httpPort = FreePort.Next();
    private readonly string _file;
    private readonly CancellationToken _cancellation;
    private EdgeProcess _edge;
    private MetricsPage _numbers;
    private string _said = "";

    public DiskFaultsCell(int brokerPort, bool beginsFull, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        Disk = LoopDisk.Mount(_workplace.PathOf("disk.img"), Path.Combine(_workplace.PathOf("data"), "spool"), DiskBytes);
        _file = _workplace.Write(Configuration(brokerPort));
        if (beginsFull)
        {
            Disk.FillUp();
        }

        (_edge, _numbers) = Start();
    }

    public LoopDisk Disk { get; }

    /// <summary>All that the service has said, in all its runs.</summary>
    public string Said => _said + _edge.Errors;

    public int Starts { get; private set; }

    public string[] Segments => [.. Directory.GetFiles(Disk.Folder, "*.seg").Order(StringComparer.Ordinal)];

    public Task FlowsAsync() => _numbers.GrowsAsync("ifedge_samples_stored", Patience, _cancellation);

    /// <summary>Waits until so many samples more have been read.</summary>
    public async Task ReadAsync(long samples)
    {
        var from = await _numbers.SumAsync("ifedge_samples_produced", _cancellation);
        await Until.TrueAsync("samples to be read", Patience, async token => await _numbers.SumAsync("ifedge_samples_produced", token) >= from + samples, _cancellation);
    }

    public async Task DropsAsync() => await _numbers.GrowsAsync("ifedge_samples_dropped", Patience, _cancellation);

    /// <summary>Waits until the newest samples are on the disk as before: more is there than the disk had a moment ago.</summary>
    public async Task IsOnDiskAsync()
    {
        var before = Newest();
        await Until.TrueAsync("new samples to come to the disk", Patience, () => Newest() != before, _cancellation);
    }

    /// <summary>What an operator reads on the page of status speaks of the disk in these words; or no longer.</summary>
    public Task TellsAsync(string words, bool isTold = true) => Until.TrueAsync(
        $"the status {(isTold ? "to say" : "to say no longer")} \"{words}\"",
        Patience,
        async token =>
        {
            Assert.False(_edge.HasExited, $"ifedge has ended: {Said}");
            var status = JsonNode.Parse(await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/status"), token))!;
            return status["problems"]!.AsArray().Any(problem => problem!.GetValue<string>().Contains(words, StringComparison.Ordinal)) == isTold;
        },
        _cancellation);

    /// <summary>An orderly stop, something done to the disk of the dead, and a start.</summary>
    public async Task RestartAsync(Action meanwhile)
    {
        Stop();
        _said += _edge.Errors;
        _edge.Dispose();
        meanwhile();
        (_edge, _numbers) = Start();
        await _numbers.GrowsAsync("ifedge_samples_produced", Patience, _cancellation);
    }

    /// <summary>The machine ends; waits until every sample has its fate, stops the service, and judges.</summary>
    public async Task<DiskFaultsVerdict> JudgeAsync()
    {
        _machine.Dispose();
        var ledger = await _numbers.SettlesAsync(2 * Patience, _cancellation);
        Stop();
        return DiskFaultsVerdict.Judge(ledger, _workplace.PathOf("data"), Starts);
    }

    public void Dispose()
    {
        _edge.Dispose();
        _machine.Dispose();
        Disk.Dispose();
        _workplace.Dispose();
    }

    /// <summary>Which file is the newest, and how much of it is written.</summary>
    private (string Path, int Used) Newest()
    {
        var path = Segments.LastOrDefault() ?? "";
        return (path, path.Length == 0 ? 0 : File.ReadAllBytes(path).AsSpan().LastIndexOfAnyExcept((byte)0));
    }

    private (EdgeProcess, MetricsPage) Start()
    {
        Starts++;
        var edge = EdgeProcess.Start(_workplace.Folder, "run", _file);
        return (edge, new MetricsPage(_httpPort, edge));
    }

    private void Stop()
    {
        _edge.Terminate();
        var exitCode = _edge.WaitForExit(Patience);
        Assert.True(exitCode == 0, string.Create(CultureInfo.InvariantCulture, $"exit {exitCode}: {_edge.Errors}"));
    }

    private JsonObject Configuration(int brokerPort)
    {
        var device = Configurations.Registers(Configurations.Tcp(_machine.EndPoint.Port), Registers, "4ms");
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded(), _httpPort);
        cell["sampling"] = new JsonObject { ["sampler"] = "inProcess" };
        cell["spool"] = new JsonObject { ["samplesPerDevice"] = SamplesInMemory, ["diskMegabytes"] = 128, ["freeMegabytes"] = 0, ["replayPerSecond"] = 1_000_000 };
        return cell;
    }
}
