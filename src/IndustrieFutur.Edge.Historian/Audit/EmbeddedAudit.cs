using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>Counts in an embedded store's file, as of one moment, while a historian writes there or after.</summary>
internal sealed class EmbeddedAudit(string file) : IStoreAudit
{
    public Task<StoreHoldings> ReadAsync(string cell, IReadOnlyList<SignalCut> cuts, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new StoreException($"the file of the embedded store, {file}, is not there: moved, deleted, or never made because no sample came.");
        }

        try
        {
            using var database = SqliteFile.Open(file, readOnly: true);
            database.Execute("BEGIN");
            return Task.FromResult(new StoreHoldings(Signals(database, cell, cuts), Gaps(database, cell), Marks(database, cell), TimeSpan.Zero, Oldest(database, cell)));
        }
        catch (SqliteException cause)
        {
            throw new StoreException($"{file} cannot be read as a store: {cause.Message.TrimEnd('.')}. Ask as the user that the historian runs as.", cause);
        }
    }

    private static List<SignalHoldings> Signals(SqliteFile database, string cell, IReadOnlyList<SignalCut> cuts)
    {
        var before = cuts.ToDictionary(cut => (cut.Device, cut.Signal), cut => cut.BeforeUtcNanos);
        var hasForgotten = Number(database, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'forgotten'") > 0;
        var signals = new List<SignalHoldings>();
        using var read = database.Prepare("SELECT id, device, signal FROM signal WHERE cell = ?");
        using var count = database.Prepare("SELECT COUNT(*) FROM sample WHERE signal_id = ? AND t < ?");
        read.Bind(1, cell);
        while (read.Step())
        {
            var (id, device, signal) = (read.Integer(0), read.Text(1), read.Text(2));
            count.Bind(1, id);
            count.Bind(2, before.GetValueOrDefault((device, signal), long.MaxValue));
            count.Step();
            var samples = count.Integer(0);
            count.Reset();
            var forgotten = hasForgotten ? Number(database, string.Create(CultureInfo.InvariantCulture, $"SELECT TOTAL(samples) FROM forgotten WHERE signal_id = {id}")) : 0;
            signals.Add(new SignalHoldings(device, signal, samples, samples, forgotten));
        }

        return signals;
    }

    private static List<StoredGap> Gaps(SqliteFile database, string cell)
    {
        var gaps = new List<StoredGap>();
        using var read = database.Prepare("SELECT cell, device, epoch, first, last, cause, noticed FROM gap WHERE cell = ? ORDER BY device, first");
        read.Bind(1, cell);
        while (read.Step())
        {
            gaps.Add(new StoredGap(read.Text(0), read.Text(1), read.Text(2), (ulong)read.Integer(3), (ulong)read.Integer(4), (byte)read.Integer(5), read.Integer(6)));
        }

        return gaps;
    }

    private static List<StreamHoldings> Marks(SqliteFile database, string cell)
    {
        var marks = new List<StreamHoldings>();
        using var read = database.Prepare("SELECT device, epoch, stored FROM watermark WHERE cell = ? ORDER BY changed");
        read.Bind(1, cell);
        while (read.Step())
        {
            var stored = JsonSerializer.Deserialize(read.Text(2), TelemetryJson.Default.StoredMessage)!.Streams[0];
            marks.Add(new StreamHoldings(read.Text(0), read.Text(1), Watermark.From(stored).UpTo));
        }

        return marks;
    }

    private static long Oldest(SqliteFile database, string cell)
    {
        var oldest = long.MaxValue;
        using var read = database.Prepare("SELECT (SELECT MIN(t) FROM sample WHERE signal_id = id) FROM signal WHERE cell = ?");
        read.Bind(1, cell);
        while (read.Step())
        {
            oldest = read.Integer(0) is > 0 and var first ? Math.Min(oldest, first) : oldest;
        }

        return oldest == long.MaxValue ? 0 : oldest;
    }

    private static long Number(SqliteFile database, string sql)
    {
        using var read = database.Prepare(sql);
        read.Step();
        return read.Integer(0);
    }
}
