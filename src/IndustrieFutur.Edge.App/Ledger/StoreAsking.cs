using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Historian.Audit;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>Asks the store of each historian of a configuration, and compares.</summary>
internal sealed class StoreAsking(EdgeConfiguration configuration, LedgerView view, TimeProvider clock)
{
    private readonly EdgeOptions _options = configuration.Options;

    /// <summary>Historians that a sink awaits and whose store this configuration does not describe.</summary>
    public IEnumerable<string> Elsewhere => Awaited.SelectMany(sink => sink.Historians).Distinct().Where(name => !_options.Historians.ContainsKey(name));

    private IEnumerable<MqttSinkOptions> Awaited => _options.Sinks.Values.OfType<MqttSinkOptions>().Where(sink => sink.Confirm == Confirm.Stored);

    /// <summary>One check for each historian whose word is awaited.</summary>
    public async Task<List<StoreCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        var ledger = view.Folder ?? throw new VerbFailedException(
            ExitCode.FoundProblems, $"the service keeps its spool in memory only, for the disk fails, so no moment of it can be held against a store; see \"ifedge doctor\", mend the disk below {view.DataFolder}, then ask again");
        var names = Awaited.SelectMany(sink => sink.Historians).Distinct().ToArray();
        if (names.Length == 0)
        {
            throw new VerbFailedException(
                ExitCode.RefusedByRule, "no sink of this configuration waits for a store (\"confirm\": \"stored\" with \"historians\"), so \"stored\" in its ledger is the broker's word and no store can be held against it");
        }

        // What another sink has not confirmed is dropped for all, and this store may have it.
        var isAlone = names.Length == 1 && _options.Sinks.Values.OfType<MqttSinkOptions>().Count() == 1;
        var checks = new List<StoreCheck>();
        foreach (var name in names.Where(_options.Historians.ContainsKey))
        {
            checks.Add(await CheckAsync(name, ledger, isAlone, cancellationToken));
        }

        return checks;
    }

    private async Task<StoreCheck> CheckAsync(string name, LedgerInspection ledger, bool isAlone, CancellationToken cancellationToken)
    {
        var options = _options.Historians[name];
        var (group, edge) = (_options.Group, _options.Edge);
        try
        {
            var holdings = await StoreAudit.ReadAsync(
                name, options, configuration.DataDirectory, configuration.BaseDirectory, $"{group}/{edge}", StoreComparison.Cuts(ledger), clock, cancellationToken);
            var spooled = await SpooledNowAsync(cancellationToken);
            long Later(SpooledSignal signal) => Math.Max(0, spooled.GetValueOrDefault($"{signal.Device}/{signal.Signal}", signal.Entry.Spooled) - signal.Entry.Spooled);
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
            return new StoreComparison(ledger, name, isAlone, Later, now).Check(holdings, device => StoreAudit.Takes(options, group, edge, device));
        }
        catch (IOException cause)
        {
            var sentence = $"le magasin ne peut être interrogé / the store cannot be asked: {cause.Message}";
            return new StoreCheck(name, null, [new LedgerFinding(FindingKind.Unreachable, name, "", "", 0, sentence)], 0);
        }
    }

    /// <summary>What may have come since the commit: by the service's own word, else by the folder's last one.</summary>
    private async Task<Dictionary<string, long>> SpooledNowAsync(CancellationToken cancellationToken)
    {
        var answer = view.IsLive ? await LedgerReader.AskAsync(configuration, cancellationToken) : null;
        return answer?["signals"] is JsonObject signals
            ? signals.Select(LedgerReader.Line).ToDictionary(line => line.Name, line => line.Entry.Spooled)
            : LedgerReader.Inspect(view.DataFolder).Signals.ToDictionary(signal => $"{signal.Device}/{signal.Signal}", signal => signal.Entry.Spooled);
    }
}
