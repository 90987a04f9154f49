using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>One run of a cell from a verb: until it is asked to stop, or for a time and then until every sample is confirmed.</summary>
/// <param name="For">Stop by itself after so long; null: run until asked.</param>
/// <param name="Json">Print the ledger as one JSON object on stdout at the end.</param>
/// <param name="Live">Show the values while it runs.</param>
internal sealed record CellRun(TimeSpan? For, bool Json, bool Live)
{
    /// <summary>How long a run of limited time waits for the watermark: two of VictoriaMetrics' slowest confirmations.</summary>
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    /// <summary>A store that is there confirms sooner, and then there is nothing to say.</summary>
    private static readonly TimeSpan DrainUnsaid = TimeSpan.FromSeconds(2);

    /// <summary>What the clock of a simulated cell has lost so far; null when the machines are real.</summary>
    public Func<TimeSpan>? Slipped { get; init; }

    public CommandTerms Commands { get; init; } = CommandTerms.Usual;

    public async Task<int> ExecuteAsync(EdgeConfiguration configuration, CancellationToken cancellationToken)
    {
        IHost? started = null;
        try
        {
            started = CellHost.Build(configuration, Live && !Console.IsOutputRedirected ? LogLevel.Warning : LogLevel.Information, Commands);
            await started.StartAsync(cancellationToken);
        }
        catch (Exception cause) when (cause is InvalidOperationException or IOException)
        {
            started?.Dispose();
            await Console.Error.WriteLineAsync(Explain(cause, configuration));
            return ExitCode.CannotConnect;
        }

        using var app = started;
        var (cell, clock) = (app.Services.GetRequiredService<Cell>(), app.Services.GetRequiredService<TimeProvider>());
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, cancellationToken);
        if (For is { } limit)
        {
            await cell.UntilSamplingAsync(ending.Token);
            ending.CancelAfter(limit);
        }

        await UntilEndAsync(cell, clock, ending.Token);
        var interrupted = lifetime.ApplicationStopping.IsCancellationRequested || cancellationToken.IsCancellationRequested;
        cell.StopInputs();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, cancellationToken);
        var drained = For is null || interrupted || await DrainAsync(cell, stopping.Token);
        interrupted |= stopping.IsCancellationRequested;
        var (fate, refused) = (Fate(cell), cell.IsEverySinkRefused);
        await app.StopAsync(CancellationToken.None);
        return Report(cell, drained, refused, fate, interrupted);
    }

    /// <summary>Who waits before the screen is told what for, and how long at most: at once when a broker is away.</summary>
    private static async Task<bool> DrainAsync(Cell cell, CancellationToken stop)
    {
        var unsaid = cell.Sinks.Any(sink => sink.Outlet.Pending > 0 && !sink.Status.IsConnected) ? TimeSpan.Zero : DrainUnsaid;
        if (await cell.DrainAsync(unsaid, stop))
        {
            return true;
        }

        if (!stop.IsCancellationRequested && !cell.IsEverySinkRefused)
        {
            await Console.Error.WriteLineAsync(
                $"The time is over. {cell.Spool.Pending} samples are not confirmed yet; this is awaited now, for {DrainMax.TotalSeconds:0} s at most (Ctrl+C: no longer). Broker: {Fate(cell)}.");
        }

        return await cell.DrainAsync(DrainMax - unsaid, stop);
    }

    private async Task UntilEndAsync(Cell cell, TimeProvider clock, CancellationToken end)
    {
        if (Live && !Json)
        {
            await LiveTable.ShowAsync(
                _ => Task.FromResult<IReadOnlyList<SignalView>>([.. SignalView.All(cell.Plan, cell.Links)]), () => LiveTable.Footer(cell) + Slip(), clock, end);
            return;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private int Report(Cell cell, bool drained, bool refused, string fate, bool interrupted)
    {
        var total = LedgerReport.Total(cell.Plan, cell.Links.Ledger);
        if (Json)
        {
            Console.Out.WriteLine(Ledger(cell).ToJsonString());
        }
        else if (Live || For is not null)
        {
            Console.Out.WriteLine(
                $"produits/produced {total.Produced} = filtrés/filtered {total.Filtered} + refusés/refused {total.Refused} + enregistrés/stored {total.Stored} + perdus/dropped {total.Dropped} + en attente/pending {total.Pending}{Slip()}");
        }

        if (cell.SamplesLost > 0)
        {
            Console.Error.WriteLine($"{cell.SamplesLost} samples were not stored yet and could not be saved: they are lost.");
            return ExitCode.FoundProblems;
        }

        if (interrupted && For is not null)
        {
            Console.Error.WriteLine($"Interrupted; {total.Pending} samples are not confirmed yet: they are saved and will be sent at the next start.");
            return ExitCode.Interrupted;
        }

        if (!drained && refused)
        {
            Console.Error.WriteLine($"There is no session with the broker and a person must act, so {total.Pending} samples are not confirmed; they are saved. Broker: {fate}.");
            return ExitCode.Refused;
        }

        if (!drained)
        {
            Console.Error.WriteLine(
                $"{total.Pending} samples are not confirmed after {DrainMax.TotalSeconds:0} s; they are saved and will be sent at the next start. Broker: {fate}.");
            return ExitCode.TimedOut;
        }

        return For is null ? ExitCode.Done : Judge(cell);
    }

    private JsonObject Ledger(Cell cell)
    {
        var ledger = LedgerReport.ToJson(cell);
        if (Slipped is { } slipped)
        {
            ledger["simulated"] = new JsonObject { ["slippedMillis"] = (long)slipped().TotalMilliseconds };
        }

        return ledger;
    }

    /// <summary>Nothing to say of a clock that lost nothing.</summary>
    internal string Slip() => Slipped?.Invoke() is { } lost && lost > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"  horloge simulée en retard/simulated clock behind {lost.TotalMilliseconds:0} ms (machine trop chargée/too busy)")
        : "";

    /// <summary>A run of limited time is a test: a script must see a device that was not there, and a sample that has no fate.</summary>
    private static int Judge(Cell cell)
    {
        var problems = LinkReport.Problems(cell.Links).ToArray();
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        if (problems.Length == 0)
        {
            return LedgerReport.IsBalanced(cell) && LedgerReport.IsSettled(cell.Plan, cell.Links.Ledger) ? ExitCode.Done : ExitCode.FoundProblems;
        }

        return LinkReport.IsOnlyRefused(cell.Links) ? ExitCode.Refused : ExitCode.FoundProblems;
    }

    /// <summary>Of several brokers, each by name that still has something to confirm; of one, just what it is.</summary>
    private static string Fate(Cell cell)
    {
        var awaited = cell.Sinks.Where(sink => cell.Sinks.Count == 1 || sink.Outlet.Pending > 0).ToArray();
        var away = awaited.Where(sink => !sink.Status.IsConnected).Select(sink => $"{Named(cell, sink.Id)}not connected: {sink.Status.LastError}").ToArray();
        return away.Length > 0
            ? string.Join("; ", away)
            : "connected; " + string.Join("; ", cell.SilentHistorians().Concat(cell.Historians.Select(historian => $"historian {historian.Id}: {(historian.Status.LastError.Length > 0 ? historian.Status.LastError : "no error")}")));
    }

    private static string Named(Cell cell, string sink) => cell.Sinks.Count == 1 ? "" : sink + " ";

    private static string Explain(Exception cause, EdgeConfiguration configuration) =>
        cause is IOException && cause.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
            ? $"The port 127.0.0.1:{configuration.Options.Http.Port} for /healthz and /metrics is taken by another program, another ifedge perhaps. Stop it, or change \"http\": {{ \"port\": ... }} (0: none)."
            : cause.Message;
}
