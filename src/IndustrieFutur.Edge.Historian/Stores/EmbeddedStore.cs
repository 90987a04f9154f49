using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.Telemetry;
using SQLitePCL;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// A file of this machine, for a cell without a store of its own. Samples and the watermark they lead to are one transaction, on the
/// disk before it is confirmed.
/// </summary>
internal sealed class EmbeddedStore(string file, TimeSpan keepFor, TimeProvider clock) : IStore
{
    /// <summary>Rows too old that are deleted after a write: twice a full batch, so that deleting keeps up and never holds writing up.</summary>
    private const int DeletePerWrite = 10_000;

    /// <summary>Signals looked at for old rows after a write; the next write goes on from there.</summary>
    private const int SignalsPerWrite = 64;

    private readonly Dictionary<Series, long> _signals = [];
    private readonly List<SqliteStatement> _statements = [];
    private readonly Dictionary<(string Cell, string Device, string Epoch), string> _marks = [];
    private ((string Cell, string Device, string Epoch) Key, string Stored)[] _attempted = [];
    private SqliteFile? _database;
    private SqliteStatement? _insertSample;
    private SqliteStatement? _insertGap;
    private SqliteStatement? _insertSignal;
    private SqliteStatement? _insertMark;
    private SqliteStatement? _deleteOld;
    private SqliteStatement? _countForgotten;
    private bool _hasLog;
    private bool _inTransaction;
    private long _written;
    private long _oldest;

    /// <summary>Lies beside the file and holds what was written last. On a network drive there may be none.</summary>
    private string Log => file + "-wal";

    public ValueTask<IReadOnlyList<StreamMark>> OpenAsync(CancellationToken cancellationToken)
    {
        _marks.Clear();
        return new(Guard(Open));
    }

    /// <summary>A file that is moved, deleted or replaced under us takes everything as before, and nobody would find it there.</summary>
    public void Check()
    {
        if (_database is not null && (_database.IsMoved || (_hasLog && !File.Exists(Log))))
        {
            Close();
            throw SetBack();
        }
    }

    public ValueTask<long> WriteAsync(StoreBatch batch, CancellationToken cancellationToken) => new(Guard(() => Write(batch)));

    public ValueTask<long> ConfirmAsync(
        Func<long, IReadOnlyList<StreamMark>> marksAfter, bool flush, CancellationToken cancellationToken) =>
        new(Guard(() => Confirm(marksAfter)));

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets the file grow to so many pages and then answers as a full disk does, for tests; until it is opened anew.</summary>
    internal void LimitPages(int pages) => _database!.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={pages}"));

    private List<StreamMark> Open()
    {
        Close();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        SqliteFile.Make(file);
        _database = SqliteFile.Open(file, readOnly: false);

        // A write-ahead log lets readers read meanwhile; FULL puts every commit on the disk before it counts.
        _database.Execute("PRAGMA journal_mode=WAL");
        _database.Execute("PRAGMA synchronous=FULL");
        CheckVersion(_database);
        _database.Execute(EmbeddedSchema.Create);
        _insertSample = Prepare("INSERT OR REPLACE INTO sample (signal_id, t, v, q) VALUES (?, ?, ?, ?)");
        _insertGap = Prepare("INSERT OR REPLACE INTO gap (cell, device, epoch, first, last, cause, noticed) VALUES (?, ?, ?, ?, ?, ?, ?)");
        _insertSignal = Prepare(
            "INSERT INTO signal (cell, device, signal, type, unit) VALUES (?, ?, ?, ?, ?) "
            + "ON CONFLICT DO UPDATE SET type = excluded.type, unit = excluded.unit RETURNING id");
        _insertMark = Prepare("INSERT OR REPLACE INTO watermark (cell, device, epoch, changed, stored) VALUES (?, ?, ?, ?, ?)");
        _deleteOld = Prepare(
            "DELETE FROM sample WHERE signal_id = ?1 AND t < MIN(?2, IFNULL("
            + "(SELECT t FROM sample WHERE signal_id = ?1 ORDER BY t LIMIT 1 OFFSET ?3), ?2))");
        _countForgotten = Prepare("INSERT INTO forgotten (signal_id, samples) VALUES (?, ?) ON CONFLICT DO UPDATE SET samples = samples + excluded.samples");
        _hasLog = File.Exists(Log);
        return LoadMarks();
    }

    /// <summary>After a failure the path may lead to another file: it has to have what was confirmed, or what was committed when it failed.</summary>
    private void OpenAgain()
    {
        var confirmed = _marks.ToArray();
        _marks.Clear();
        Open();
        if (confirmed.Any(mark => _marks.GetValueOrDefault(mark.Key) is var stored && stored != mark.Value && !_attempted.Contains((mark.Key, stored!))))
        {
            Close();
            throw SetBack();
        }
    }

    private StoreException SetBack() => new(
        $"{file}: this is not the file any more that was opened; it, or its \"-wal\", was moved, deleted or replaced. Nothing more is confirmed into it; the path is opened "
        + "anew, and what is lacking there is asked of the edges as far as they still have it. To get back what was stored before: stop the service, put both files "
        + "back, and start it.")
    {
        WritesLost = true,
        IsSetBack = true,
    };

    private static void CheckVersion(SqliteFile database)
    {
        using var read = database.Prepare("PRAGMA user_version");
        read.Step();
        var version = read.Integer(0);
        read.Reset();
        if (version > EmbeddedSchema.Version)
        {
            throw new SqliteException(raw.SQLITE_ERROR, $"it was made by a newer program (version {version}, this one knows {EmbeddedSchema.Version})");
        }

        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={EmbeddedSchema.Version}"));
    }

    private List<StreamMark> LoadMarks()
    {
        using var read = _database!.Prepare("SELECT cell, device, epoch, stored FROM watermark ORDER BY changed");
        var marks = new List<StreamMark>();
        while (read.Step())
        {
            _marks[(read.Text(0), read.Text(1), read.Text(2))] = read.Text(3);
            var cell = read.Text(0).Split('/', 2);
            var stored = JsonSerializer.Deserialize(read.Text(3), TelemetryJson.Default.StoredMessage)!.Streams[0];
            var epoch = ulong.Parse(read.Text(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            marks.Add(new StreamMark(new StreamKey(cell[0], cell[1], read.Text(1)), epoch, Watermark.From(stored)));
        }

        return marks;
    }

    /// <summary>Begins the transaction that <see cref="Confirm"/> commits; a failure undoes this batch and leaves nothing behind.</summary>
    private long Write(StoreBatch batch)
    {
        Begin();
        for (var i = 0; i < batch.Samples.Length; i++)
        {
            if (!batch.IsRefused(i))
            {
                Insert(batch.Samples[i]);
            }
        }

        foreach (var gap in batch.Gaps)
        {
            Insert(gap);
        }

        return ++_written;
    }

    private long Confirm(Func<long, IReadOnlyList<StreamMark>> marksAfter)
    {
        Begin();
        var now = UtcNanos();
        var marks = marksAfter(_written).Select(Text).ToArray();
        foreach (var (key, stored) in marks)
        {
            _insertMark!.Bind(1, key.Cell);
            _insertMark.Bind(2, key.Device);
            _insertMark.Bind(3, key.Epoch);
            _insertMark.Bind(4, now);
            _insertMark.Bind(5, stored);
            _insertMark.Run();
        }

        _attempted = marks;
        Commit();

        // Behind the commit: what is ours still is where it was committed to.
        Check();
        foreach (var (key, stored) in marks)
        {
            _marks[key] = stored;
        }

        DeleteOld(now);
        return _written;
    }

    private static ((string Cell, string Device, string Epoch) Key, string Stored) Text(StreamMark mark)
    {
        var stored = new StoredMessage([mark.Stored.ToStored(mark.Stream.Device, mark.Epoch)]);
        return ((mark.Stream.Cell, mark.Stream.Device, Watermark.Hex(mark.Epoch)), JsonSerializer.Serialize(stored, TelemetryJson.Default.StoredMessage));
    }

    private void Insert(in StoreSample sample)
    {
        _insertSample!.Bind(1, SignalId(sample.Series!));
        _insertSample.Bind(2, sample.SourceUtcNanos);
        _insertSample.Bind(4, sample.Status);
        if (sample.IsBad)
        {
            _insertSample.BindNull(3);
        }
        else if (sample.Text is not null)
        {
            _insertSample.Bind(3, System.Text.Encoding.UTF8.GetString(sample.Text));
        }
        else if (sample.Series!.Kind == TelemetryKind.Float64)
        {
            _insertSample.Bind(3, BitConverter.Int64BitsToDouble(sample.Bits));
        }
        else
        {
            _insertSample.Bind(3, sample.Bits);
        }

        _insertSample.Run();
    }

    private void Insert(in StoreGap gap)
    {
        _insertGap!.Bind(1, gap.Stream.Key.Cell);
        _insertGap.Bind(2, gap.Stream.Key.Device);
        _insertGap.Bind(3, Watermark.Hex(gap.Stream.Epoch));
        _insertGap.Bind(4, (long)gap.Range.First);
        _insertGap.Bind(5, (long)gap.Range.Last);
        _insertGap.Bind(6, gap.Cause);
        _insertGap.Bind(7, gap.NoticedUtcNanos);
        _insertGap.Run();
    }

    private long SignalId(Series series)
    {
        if (_signals.TryGetValue(series, out var id))
        {
            return id;
        }

        _insertSignal!.Bind(1, series.Stream.Cell);
        _insertSignal.Bind(2, series.Stream.Device);
        _insertSignal.Bind(3, series.Signal);
        _insertSignal.Bind(4, series.Kind.ToString().ToLowerInvariant());
        _insertSignal.Bind(5, series.Unit);
        _insertSignal.Step();
        id = _insertSignal.Integer(0);
        _insertSignal.Run();
        return _signals[series] = id;
    }

    /// <summary>Deletes a bounded number of rows that are older than is kept, signal by signal, in a transaction of its own.</summary>
    private void DeleteOld(long nowUtcNanos)
    {
        var before = nowUtcNanos - keepFor.Ticks * TimeSpan.NanosecondsPerTick;
        using var next = _database!.Prepare("SELECT id FROM signal WHERE id > ? ORDER BY id LIMIT ?");
        next.Bind(1, _oldest);
        next.Bind(2, SignalsPerWrite);
        var ids = new List<long>();
        while (next.Step())
        {
            ids.Add(next.Integer(0));
        }

        next.Reset();
        _oldest = ids.Count == SignalsPerWrite ? ids[^1] : 0;
        Begin();
        foreach (var id in ids)
        {
            _deleteOld!.Bind(1, id);
            _deleteOld.Bind(2, before);
            _deleteOld.Bind(3, DeletePerWrite / ids.Count);
            _deleteOld.Run();
            CountForgotten(id, _database.Changes);
        }

        Commit();
    }

    private void CountForgotten(long signal, int samples)
    {
        if (samples > 0)
        {
            _countForgotten!.Bind(1, signal);
            _countForgotten.Bind(2, samples);
            _countForgotten.Run();
        }
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = _database!.Prepare(sql);
        _statements.Add(statement);
        return statement;
    }

    private void Begin()
    {
        if (_inTransaction)
        {
            return;
        }

        if (_database is null)
        {
            OpenAgain();
        }

        _database!.Execute("BEGIN IMMEDIATE");
        _inTransaction = true;
    }

    private void Commit()
    {
        _database!.Execute("COMMIT");
        _inTransaction = false;
    }

    /// <summary>Whatever fails undoes the open transaction: what it held is written again. The file is opened anew the next time.</summary>
    private T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception cause) when (cause is SqliteException or IOException or UnauthorizedAccessException)
        {
            Close();
            throw new StoreException($"{file}: {cause.Message.TrimEnd('.')}. {Remedy(cause)}", cause) { WritesLost = true };
        }
    }

    private static string Remedy(Exception cause) => (cause as SqliteException)?.Code switch
    {
        raw.SQLITE_FULL => "The disk is full: make room, or keep less (\"keepFor\").",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another program holds the file: close it, or name another \"file\".",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "The file is harmed or no store of this program: move it away; a new one is made.",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => "The file cannot be opened for writing: check the folder and its permissions.",
        raw.SQLITE_IOERR => "The disk does not obey: check it.",
        null => "Check the folder and its permissions.",
        _ => "",
    };

    private void Close()
    {
        _signals.Clear();
        _inTransaction = false;
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _statements.Clear();

        // Closing rolls an open transaction back.
        _database?.Dispose();
        _database = null;
    }

    private long UtcNanos() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
