using System.Text;
using SQLitePCL;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>One prepared statement: bound by position from 1, read by column from 0.</summary>
internal sealed class SqliteStatement(SqliteFile file, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int position, long value) => file.Check(raw.sqlite3_bind_int64(handle, position, value));

    public void Bind(int position, double value) => file.Check(raw.sqlite3_bind_double(handle, position, value));

    public void Bind(int position, string value) => file.Check(raw.sqlite3_bind_text(handle, position, value));

    public void BindNull(int position) => file.Check(raw.sqlite3_bind_null(handle, position));

    /// <summary>True when there is a row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        file.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs it to its end; it can be bound again afterwards, also when it failed.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public int TypeOf(int column) => raw.sqlite3_column_type(handle, column);

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public void Dispose() => handle.Dispose();
}
