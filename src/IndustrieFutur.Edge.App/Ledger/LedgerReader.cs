using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>Asks the service that runs, and reads the folder that outlives it.</summary>
internal static class LedgerReader
{
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(3);

    /// <summary>A signal takes some 600 bytes; a hundred thousand fit.</summary>
    private const long BytesMax = 100_000_000;

    /// <summary>Of the service when it answers, else of the folder alone. Throws <see cref="IOException"/> with a sentence when neither can be had.</summary>
    public static async Task<LedgerView> ReadAsync(EdgeConfiguration configuration, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(configuration, cancellationToken);
        var folder = TryInspect(configuration.DataDirectory, answer is not null);
        return answer is null ? Of(configuration.DataDirectory, folder!) : new LedgerView
        {
            Lines = [.. answer["signals"]!.AsObject().Select(Line)],
            Folder = folder,
            DataFolder = configuration.DataDirectory,
            IsLive = true,
            Sent = answer["streams"] is JsonObject streams ? streams.ToDictionary(stream => stream.Key, stream => stream.Value!["sent"]!.GetValue<long>()) : new Dictionary<string, long>(),
        };
    }

    /// <summary>Of a data folder alone.</summary>
    public static LedgerView Read(string dataFolder) => Of(dataFolder, Inspect(dataFolder));

    public static LedgerInspection Inspect(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "spool");
        try
        {
            return LedgerInspection.Read(folder);
        }
        catch (DirectoryNotFoundException cause)
        {
            throw new IOException($"there is no spool in {dataFolder}, so there is no ledger; it is made by the first \"ifedge run\". Is this the data folder (\"data\" in the configuration)?", cause);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new IOException($"the spool {folder} cannot be read ({cause.Message}); ask as the user that the service runs as", cause);
        }
    }

    /// <summary>What a running service says; null: none answers, or another cell's does.</summary>
    public static async Task<JsonObject?> AskAsync(EdgeConfiguration configuration, CancellationToken cancellationToken)
    {
        var port = configuration.Options.Http.Port;
        if (port == 0)
        {
            return null;
        }

        using var client = new HttpClient { Timeout = AnswerWait, MaxResponseContentBufferSize = BytesMax };
        try
        {
            var answer = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/ledger"), cancellationToken)) as JsonObject;
            var isOurs = answer?["cell"]?.ToString() == $"{configuration.Options.Group}/{configuration.Options.Edge}" && answer["signals"] is JsonObject;
            return isOurs ? answer : null;
        }
        catch (Exception cause) when (cause is JsonException or HttpRequestException || (cause is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public static LedgerLine Line(KeyValuePair<string, JsonNode?> signal)
    {
        var slash = signal.Key.IndexOf('/', StringComparison.Ordinal);
        return new LedgerLine(signal.Key[..slash], signal.Key[(slash + 1)..], Entry(signal.Value!));
    }

    private static LedgerInspection? TryInspect(string dataFolder, bool isLive)
    {
        try
        {
            return Inspect(dataFolder);
        }
        catch (IOException) when (isLive)
        {
            return null;
        }
    }

    private static LedgerView Of(string dataFolder, LedgerInspection folder) => new()
    {
        Lines = [.. folder.Signals.Select(signal => new LedgerLine(signal.Device, signal.Signal, signal.Entry))],
        Folder = folder,
        DataFolder = dataFolder,
        IsLive = false,
        IsInUse = DataDirectory.IsInUse(dataFolder),
    };

    private static LedgerEntry Entry(JsonNode fate)
    {
        var (filtered, dropped, refused) = (fate["filteredBy"]!, fate["droppedBy"]!, fate["refusedBy"]!);
        return new LedgerEntry
        {
            Produced = Number(fate, "produced"),
            FilteredDuplicate = Number(filtered, "duplicate"),
            FilteredRange = Number(filtered, "range"),
            FilteredDeadband = Number(filtered, "deadband"),
            FilteredUnsent = Number(filtered, "unsent"),
            RefusedAtInput = Number(refused, "input"),
            RefusedAtOutput = Number(refused, "output"),
            Spooled = Number(fate, "spooled"),
            Stored = Number(fate, "stored"),
            DroppedSpoolFull = Number(dropped, "spoolFull"),
            DroppedByStore = Number(dropped, "store"),
            DroppedOther = Number(dropped, "other"),
        };
    }

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();
}
