using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Historian.Stores;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The same as a table of SQLite in WAL mode, as many a gateway's buffer is: prepared statements, one transaction a group, each signal's count in it.</summary>
internal sealed class SqliteCommits : IDisposable
{
    private const int Signals = ThroughputPlan.Devices * ThroughputPlan.SignalsPerDevice;

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-commits-").FullName;
    private readonly SqliteFile _file;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _count;
    private long _next = 1;

    public SqliteCommits(string synchronous)
    {
        var file = Path.Combine(_folder, "spool.db");
        SqliteFile.Make(file);
        _file = SqliteFile.Open(file, readOnly: false);
        _file.Execute($"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; CREATE TABLE spool (number INTEGER PRIMARY KEY, signal INTEGER, status INTEGER, bits INTEGER, source INTEGER)");
        _file.Execute($"CREATE TABLE ledger (signal INTEGER PRIMARY KEY, spooled INTEGER); WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {Signals - 1}) INSERT INTO ledger SELECT n, 0 FROM s");
        _count = _file.Prepare("UPDATE ledger SET spooled = spooled + ? WHERE signal = ?");
        _insert = _file.Prepare("INSERT INTO spool VALUES (?, ?, ?, ?, ?)");
        _ = Nanos(1);
    }

    /// <summary>Inserts so many samples and commits them: nanoseconds for all.</summary>
    public double Nanos(int samples)
    {
        var since = MonoClock.NowNanos();
        _file.Execute("BEGIN");
        for (var i = 0; i < samples; i++, _next++)
        {
            _insert.Bind(1, _next);
            _insert.Bind(2, _next % Signals);
            _insert.Bind(3, 0);
            _insert.Bind(4, BitConverter.DoubleToInt64Bits(_next * 0.01));
            _insert.Bind(5, 1_800_000_000_000_000_000 + _next);
            _insert.Run();
        }

        for (var i = 0; i < Math.Min(samples, Signals); i++)
        {
            _count.Bind(1, (samples / Signals) + (i < samples % Signals ? 1 : 0));
            _count.Bind(2, (_next + i) % Signals);
            _count.Run();
        }

        _file.Execute("COMMIT");
        return MonoClock.NowNanos() - since;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _count.Dispose();
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
