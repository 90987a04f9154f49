using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.App.Doctor;

/// <summary>Looks at everything a cell needs, from the serial port to the store, and says of each whether it is there.</summary>
internal sealed class Examination(EdgeConfiguration configuration, TimeProvider clock)
{
    /// <summary>A device that answers does so within three of its timeouts; five seconds cover slow scanners too.</summary>
    private static readonly TimeSpan LinkWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectWait = TimeSpan.FromSeconds(3);

    /// <summary>Below this the embedded store and the spool's file have no room for a day's work.</summary>
    private const long FreeBytesMin = 500_000_000;

    public async IAsyncEnumerable<Finding> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Data();
        yield return Clock();
        foreach (var warning in OwnCertificates.Warnings(configuration, clock))
        {
            yield return new Finding("certificate", Verdict.Warning, warning);
        }

        var port = configuration.Options.Http.Port;
        var serviceRuns = port > 0 && await CanConnectAsync("127.0.0.1", port, cancellationToken);
        foreach (var finding in serviceRuns ? await AskPrivilegesAsync(port, cancellationToken) : RealTimeFindings.Try(configuration))
        {
            yield return finding;
        }

        if (serviceRuns)
        {
            yield return new Finding("service", Verdict.Ok, $"runs on this machine (127.0.0.1:{port}); it holds the devices, so they are asked through it");
            foreach (var finding in await AskServiceAsync(port, cancellationToken))
            {
                yield return finding;
            }
        }
        else
        {
            foreach (var finding in await TryLinksAsync(cancellationToken))
            {
                yield return finding;
            }
        }

        foreach (var finding in await EmbeddedBrokerAsync(port, serviceRuns, cancellationToken))
        {
            yield return finding;
        }

        foreach (var (id, sink) in configuration.Options.Sinks)
        {
            foreach (var address in new BrokerAddresses(sink).All)
            {
                yield return await BrokerAsync(id, sink, address, serviceRuns, cancellationToken);
            }
        }

        foreach (var (id, historian) in configuration.Options.Historians)
        {
            yield return await StoreAsync(id, historian, cancellationToken);
        }
    }

    private Finding Data()
    {
        var data = configuration.DataDirectory;
        try
        {
            Directory.CreateDirectory(data);
            using (new FileStream(Path.Combine(data, ".doctor"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }

            var free = new DriveInfo(data).AvailableFreeSpace;
            return free < FreeBytesMin
                ? new Finding("data", Verdict.Warning, $"{data} has {free / 1_000_000} MB left; make room, or point \"data\" elsewhere")
                : new Finding("data", Verdict.Ok, $"{data} can be written, {free / 1_000_000_000} GB free");
        }
        catch (UnauthorizedAccessException cause)
        {
            return new Finding("data", Verdict.Fail, $"{data} cannot be written: {cause.Message} Give this user the right, or point \"data\" elsewhere.");
        }
        catch (IOException cause)
        {
            return new Finding("data", Verdict.Fail, $"{data} cannot be used: {cause.Message} Make room, or point \"data\" elsewhere.");
        }
    }

    private Finding Clock()
    {
        var now = clock.GetUtcNow();
        return now.Year < 2026
            ? new Finding("clock", Verdict.Fail, $"the clock says {now:u}: samples would be stamped in the past. Set it, or let it follow a time server.")
            : new Finding("clock", Verdict.Ok, $"{now:u}");
    }

    /// <summary>The service's own: it may run as another user. What does not answer as this ifedge is told of by <see cref="AskServiceAsync"/>.</summary>
    private static async Task<IReadOnlyList<Finding>> AskPrivilegesAsync(int port, CancellationToken cancellationToken)
    {
        using var status = await AskStatusAsync(port, cancellationToken);
        try
        {
            return status is null ? [] : RealTimeFindings.Read(status.RootElement);
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>A broker that is apart is only connected to, as any other.</summary>
    private async Task<IEnumerable<Finding>> EmbeddedBrokerAsync(int port, bool serviceRuns, CancellationToken cancellationToken)
    {
        if (configuration.Options.Broker is not { Apart: false } broker)
        {
            return [];
        }

        if (!serviceRuns)
        {
            return BrokerFindings.Try(broker, configuration.BaseDirectory, clock);
        }

        using var status = await AskStatusAsync(port, cancellationToken);
        return status is not null && status.RootElement.ValueKind == JsonValueKind.Object && status.RootElement.TryGetProperty("broker", out var running) && running.ValueKind == JsonValueKind.Object
            ? BrokerFindings.Read(JsonNode.Parse(running.GetRawText())!)
            : [];
    }

    /// <summary>Null when nobody answers, or not in JSON.</summary>
    private static async Task<JsonDocument?> AskStatusAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = ConnectWait };
        try
        {
            return JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/status"), cancellationToken));
        }
        catch (Exception cause) when (cause is HttpRequestException or JsonException || (cause is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<IEnumerable<Finding>> AskServiceAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = ConnectWait };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/ready"), cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!text.StartsWith("{\"ready\"", StringComparison.Ordinal))
            {
                return [new Finding("ready", Verdict.Fail, $"another program, not ifedge, listens on 127.0.0.1:{port}; stop it, or change \"http\": {{ \"port\": ... }}")];
            }

            return answer.IsSuccessStatusCode
                ? [new Finding("ready", Verdict.Ok, "every device, the broker and every store are reached")]
                : [.. Problems(text).Select(problem => new Finding("ready", Verdict.Fail, problem))];
        }
        catch (JsonException cause)
        {
            return [new Finding("ready", Verdict.Fail, $"what listens on 127.0.0.1:{port} does not answer as this ifedge: {cause.Message}")];
        }
        catch (HttpRequestException cause)
        {
            return [new Finding("ready", Verdict.Fail, $"something listens on 127.0.0.1:{port} but does not answer as ifedge: {cause.Message}")];
        }
    }

    /// <summary>As CellEndpoints writes them; a service that is not ready and says no reason is told of all the same.</summary>
    private static string[] Problems(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        var problems = json.RootElement.TryGetProperty("problems", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(problem => problem.ToString()).ToArray()
            : [];
        return problems.Length > 0 ? problems : ["the service is not ready and does not say why; its log says more"];
    }

    private async Task<IEnumerable<Finding>> TryLinksAsync(CancellationToken cancellationToken)
    {
        using var links = new LinkSet(configuration, clock, NullLoggerFactory.Instance);
        links.Start();
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < LinkWait && !cancellationToken.IsCancellationRequested
            && (links.Views.Any(LinkReport.IsBeingOpened) || SignalView.All(configuration.Plan, links).Any(view => view.AgeMillis < 0)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            links.Loop.Tick(MonoClock.NowNanos());
            links.Output.Advance(links.Output.Peek(int.MaxValue).Length);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. links.Views.Select(Link), .. configuration.Plan.Devices.SelectMany(device => Device(device, links))];
    }

    /// <summary>A link that nobody has refused yet is not open for that: a frozen server takes the connection and says nothing.</summary>
    private static Finding Link(LinkView view)
    {
        var name = $"link {view.Link}";
        if (view.Status.LastError.Length > 0)
        {
            return new Finding(name, Verdict.Fail, $"({view.Devices}) {view.Status.LastError}");
        }

        return view.Status.IsConnected
            ? new Finding(name, Verdict.Ok, $"({view.Devices}) open")
            : new Finding(
                name,
                Verdict.Fail,
                $"({view.Devices}) {LinkReport.StillBeingOpened(LinkWait)}");
    }

    private static Finding[] Device(DevicePlan device, LinkSet links)
    {
        var problems = DeviceProblems.Of(device, links).Select(problem => new Finding($"device {device.Id}", Verdict.Fail, problem)).ToArray();
        if (problems.Length > 0 || links.ViewOf(device.Id) is { Status.IsConnected: false })
        {
            return problems;
        }

        var answering = device.Signals.Count(signal => links.Latest.Read(signal.Index, out _));
        return answering == 0
            ? [new Finding($"device {device.Id}", Verdict.Warning, "says nothing (a device that only speaks now and then is silent for good reason)")]
            : [new Finding($"device {device.Id}", Verdict.Ok, $"{answering} of {device.Signals.Count} signals answer")];
    }

    private async Task<Finding> BrokerAsync(string id, SinkOptions sink, string address, bool serviceRuns, CancellationToken cancellationToken)
    {
        if (configuration.Options.Broker is { Apart: false } && !serviceRuns)
        {
            return new Finding($"broker {address}", Verdict.Ok, "is the embedded one; it starts with the service");
        }

        return await SinkFindings.LookAsync(id, sink, address, configuration.BaseDirectory, clock, cancellationToken);
    }

    private static async Task<Finding> StoreAsync(string id, HistorianOptions historian, CancellationToken cancellationToken)
    {
        if (historian.Url is null)
        {
            return new Finding($"store of {id}", Verdict.Ok, "is the embedded one, a file in the data directory");
        }

        // InfluxDB answers /ping with 204, VictoriaMetrics too: anything else there is another program.
        using var client = new HttpClient { Timeout = ConnectWait };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(historian.Url), "ping"), cancellationToken);
            return answer.IsSuccessStatusCode
                ? new Finding($"store of {id}", Verdict.Ok, $"{historian.Url} answers")
                : new Finding($"store of {id}", Verdict.Fail, $"{historian.Url} answers /ping with {(int)answer.StatusCode}; is it the store, and is historians.{id}.url right?");
        }
        catch (Exception cause) when (cause is HttpRequestException or TaskCanceledException)
        {
            return new Finding($"store of {id}", Verdict.Fail, $"{historian.Url} does not answer as a store: {cause.Message} Start it, or correct historians.{id}.url.");
        }
    }

    private static async Task<bool> CanConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectWait);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, timeout.Token);
            return true;
        }
        catch (Exception cause) when (cause is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
