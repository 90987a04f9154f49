using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using SQLitePCL;

namespace IndustrieFutur.Edge.Historian;

/// <summary>Reads an embedded store, while a historian fills it or after. For one thread.</summary>
public sealed class EmbeddedReader : IDisposable
{
    private readonly SqliteFile _database;

    private EmbeddedReader(SqliteFile database) => _database = database;

    /// <summary>Opens a store for reading only. Throws <see cref="IOException"/> with a sentence when it is none.</summary>
    public static EmbeddedReader Open(string file) =>
        Guard(file, () => new EmbeddedReader(SqliteFile.Open(file, readOnly: true)));

    public IReadOnlyList<StoredSignal> Signals()
    {
        using var read = _database.Prepare("SELECT id, cell, device, signal, type, unit FROM signal ORDER BY cell, device, signal");
        var signals = new List<StoredSignal>();
        while (read.Step())
        {
            signals.Add(new StoredSignal(read.Integer(0), read.Text(1), read.Text(2), read.Text(3), read.Text(4), read.Text(5)));
        }

        return signals;
    }

    /// <summary>How many samples of all signals there are.</summary>
    public long Count() => Number("SELECT COUNT(*) FROM sample");

    public long Count(StoredSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return Number("SELECT COUNT(*) FROM sample WHERE signal_id = ?", signal.Id);
    }

    /// <summary>Samples of a signal from one time to another, both included, the oldest first, at most so many.</summary>
    public IReadOnlyList<StoredSample> Read(StoredSignal signal, long fromUtcNanos, long toUtcNanos, int samplesMax)
    {
        ArgumentNullException.ThrowIfNull(signal);
        using var read = _database.Prepare("SELECT t, v, q FROM sample WHERE signal_id = ? AND t BETWEEN ? AND ? ORDER BY t LIMIT ?");
        read.Bind(1, signal.Id);
        read.Bind(2, fromUtcNanos);
        read.Bind(3, toUtcNanos);
        read.Bind(4, samplesMax);
        var samples = new List<StoredSample>();
        while (read.Step())
        {
            samples.Add(Sample(read, signal.Type));
        }

        return samples;
    }

    public IReadOnlyList<StoredGap> Gaps()
    {
        using var read = _database.Prepare("SELECT cell, device, epoch, first, last, cause, noticed FROM gap ORDER BY cell, device, noticed, first");
        var gaps = new List<StoredGap>();
        while (read.Step())
        {
            gaps.Add(new StoredGap(
                read.Text(0), read.Text(1), read.Text(2), (ulong)read.Integer(3), (ulong)read.Integer(4), (byte)read.Integer(5), read.Integer(6)));
        }

        return gaps;
    }

    public void Dispose() => _database.Dispose();

    /// <summary>The value's own type decides: the signal's may have changed since.</summary>
    private static StoredSample Sample(SqliteStatement read, string type)
    {
        var (time, status) = (read.Integer(0), (uint)read.Integer(2));
        return read.TypeOf(1) switch
        {
            raw.SQLITE_NULL => new StoredSample(time, IntegerKind(type), false, 0, "", status),
            raw.SQLITE_FLOAT => new StoredSample(time, TelemetryKind.Float64, true, BitConverter.DoubleToInt64Bits(read.Double(1)), "", status),
            raw.SQLITE_TEXT => new StoredSample(time, TelemetryKind.Text, true, 0, read.Text(1), status),
            _ => new StoredSample(time, IntegerKind(type), true, read.Integer(1), "", status),
        };
    }

    private static TelemetryKind IntegerKind(string type) => type switch
    {
        "uint64" => TelemetryKind.UInt64,
        "boolean" => TelemetryKind.Boolean,
        _ => TelemetryKind.Int64,
    };

    private long Number(string sql, long? argument = null)
    {
        using var read = _database.Prepare(sql);
        if (argument is { } value)
        {
            read.Bind(1, value);
        }

        read.Step();
        return read.Integer(0);
    }

    private static EmbeddedReader Guard(string file, Func<EmbeddedReader> open)
    {
        try
        {
            var reader = open();
            reader.Number("SELECT COUNT(*) FROM signal");
            return reader;
        }
        catch (SqliteException cause)
        {
            throw new IOException($"{file} cannot be read as a store: {cause.Message.TrimEnd('.')}.", cause);
        }
    }
}
