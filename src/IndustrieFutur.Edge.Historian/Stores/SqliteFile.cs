using System.Runtime.InteropServices;
using SQLitePCL;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>One connection to a SQLite file, by its own interface: no layer between, and every refusal an exception.</summary>
internal sealed partial class SqliteFile : IDisposable
{
    /// <summary>How long SQLite itself waits for somebody else's lock; beyond, the caller decides. It cannot be woken, and a stop takes less than a second.</summary>
    private const int BusyMillis = 300;

    /// <summary>SQLITE_FCNTL_HAS_MOVED: by the file's number on its disk, not by its name.</summary>
    private const int HasMoved = 20;

    private readonly sqlite3 _handle;

    static SqliteFile() => Batteries_V2.Init();

    private SqliteFile(sqlite3 handle) => _handle = handle;

    /// <summary>Makes the file when it is not there, readable by its user alone; SQLite gives its log and index the same mode.</summary>
    public static void Make(string file)
    {
        // Only when it is not there: closing a second handle would take away the locks that this process has on it (POSIX fcntl).
        if (File.Exists(file))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var made = new FileStream(file, options);
    }

    public static SqliteFile Open(string file, bool readOnly)
    {
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(file, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var opened = new SqliteFile(handle);
        if (code == raw.SQLITE_OK)
        {
            raw.sqlite3_busy_timeout(handle, BusyMillis);
            return opened;
        }

        using (opened)
        {
            throw new SqliteException(code, raw.sqlite3_errmsg(handle).utf8_to_string());
        }
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>
    /// The path does not lead to the open file any more: it was moved, deleted or replaced. SQLite goes on with it all the same. No where
    /// the system itself holds an open file in its place (Windows).
    /// </summary>
    public bool IsMoved => Control(_handle, 0, HasMoved, out var moved) == raw.SQLITE_OK && moved != 0;

    public void Dispose() => _handle.Dispose();

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(code, raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    /// <summary>The package does not pass it on. Without a name it is the main file.</summary>
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    private static partial int Control(sqlite3 handle, nint name, int operation, out int answer);
}
