using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;

namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>Asks the store of a historian what it really has of a cell, beside the historian that fills it.</summary>
public static class StoreAudit
{
    /// <summary>Counts. Throws <see cref="IOException"/> with a sentence when the store cannot be asked.</summary>
    /// <param name="id">The historian's name.</param>
    /// <param name="options">Which store it fills.</param>
    /// <param name="dataDirectory">Where an embedded store keeps its file.</param>
    /// <param name="baseDirectory">What the file of a password is relative to.</param>
    /// <param name="cell">Group and edge, as <c>group/edge</c>.</param>
    /// <param name="cuts">Up to where to count; a signal that is not named counts whole.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StoreHoldings> ReadAsync(
        string id, HistorianOptions options, string dataDirectory, string baseDirectory, string cell, IReadOnlyList<SignalCut> cuts, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            if (options.Store == StoreKind.Embedded)
            {
                return await new EmbeddedAudit(HistorianService.EmbeddedFile(id, options, dataDirectory)).ReadAsync(cell, cuts, cancellationToken);
            }

            using var http = new StoreHttp(options, baseDirectory, clock);
            http.LogIn();
            IStoreAudit audit = options.Store == StoreKind.Influx ? new InfluxAudit(id, http, options.Database) : new VictoriaAudit(id, http, clock);
            return await audit.ReadAsync(cell, cuts, cancellationToken);
        }
        catch (StoreException cause)
        {
            throw new IOException(cause.Message, cause);
        }
    }

    /// <summary>Whether a historian takes a stream at all.</summary>
    public static bool Takes(HistorianOptions options, string group, string edge, string device)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new StreamFilter(options.Of(group, edge).Streams).Takes(new StreamKey(group, edge, device));
    }
}
