using System.CommandLine;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Ledger;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge ledger</c>: where every sample has gone, whether the sums hold, and whether the stores have what they confirmed.</summary>
internal static class LedgerVerb
{
    public static Command Create() => new("ledger", "Show where every sample has gone; verify that the sums hold and that the stores have what they confirmed.")
    {
        Create("show", "Show where the samples of each signal have gone, of the running service or, when none answers, of its data folder.", isVerdict: false),
        Create("verify", "Check the sums; with --store hold them against what the stores really have. Ends with 1 when something does not agree.", isVerdict: true),
    };

    private static Command Create(string name, string description, bool isVerdict)
    {
        var place = ConfigurationFile.Argument();
        place.Description = "The configuration, or a data folder; without it the configuration in the usual places.";
        var store = new Option<bool>("--store") { Description = "Ask the store of each historian how many samples of each signal it has; nothing is changed there." };
        var json = VerbOptions.Json();
        var command = new Command(name, description) { place, store, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (view, checks, findings) = await FindAsync(parsed, parsed.GetValue(place), parsed.GetValue(store), cancellationToken);
            var text = parsed.GetValue(json) ? LedgerJson.Of(view, findings, checks).ToJsonString() + "\n"
                : isVerdict ? LedgerText.Verdict(findings, checks, view)
                : LedgerText.Of(view, checks) + LedgerText.Verdict(findings, checks, view);
            await parsed.InvocationConfiguration.Output.WriteAsync(text);
            return isVerdict ? Code(findings) : ExitCode.Done;
        });
        return command;
    }

    /// <summary>A store that cannot be asked proves nothing; what was found elsewhere weighs more.</summary>
    private static int Code(IReadOnlyList<LedgerFinding> findings) =>
        findings.Any(finding => finding.Kind is not (FindingKind.Note or FindingKind.Unreachable)) ? ExitCode.FoundProblems
        : findings.Any(finding => finding.Kind == FindingKind.Unreachable) ? ExitCode.CannotConnect
        : ExitCode.Done;

    private static async Task<(LedgerView View, IReadOnlyList<StoreCheck> Checks, IReadOnlyList<LedgerFinding> Findings)> FindAsync(
        ParseResult parsed, string? named, bool isStoreAsked, CancellationToken cancellationToken)
    {
        try
        {
            return Directory.Exists(named)
                ? OfFolder(named, isStoreAsked)
                : await FindAsync(ConfigurationFile.Load(named, parsed.InvocationConfiguration.Error), isStoreAsked, cancellationToken);
        }
        catch (IOException cause)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, cause.Message);
        }
    }

    private static (LedgerView View, IReadOnlyList<StoreCheck> Checks, IReadOnlyList<LedgerFinding> Findings) OfFolder(string folder, bool isStoreAsked)
    {
        if (isStoreAsked)
        {
            throw new VerbFailedException(ExitCode.Usage, $"{folder} is a data folder and does not say which stores there are; name the configuration instead, or leave --store out");
        }

        var view = LedgerReader.Read(folder);
        return (view, [], SumCheck.Find(view));
    }

    private static async Task<(LedgerView View, IReadOnlyList<StoreCheck> Checks, IReadOnlyList<LedgerFinding> Findings)> FindAsync(
        EdgeConfiguration configuration, bool isStoreAsked, CancellationToken cancellationToken)
    {
        var view = await LedgerReader.ReadAsync(configuration, cancellationToken);
        var findings = SumCheck.Find(view);
        if (!isStoreAsked)
        {
            return (view, [], findings);
        }

        var asking = new StoreAsking(configuration, view, TimeProvider.System);
        var checks = await asking.CheckAsync(cancellationToken);
        findings.AddRange(checks.SelectMany(check => check.Findings));
        findings.AddRange(asking.Elsewhere.Select(name => new LedgerFinding(
            FindingKind.Note, name, "", "", 0, "son magasin n'est pas décrit ici ; vérifiez-le là où il l'est / its store is not described in this configuration; verify it where it is")));
        return (view, checks, findings);
    }
}
