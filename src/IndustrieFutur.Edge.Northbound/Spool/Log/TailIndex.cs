namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Which records the tail holds: for the index of the segment they go to, and for readers, who have from here what a failing disk keeps from
/// the files. One thread writes, any reads.
/// </summary>
internal sealed class TailIndex(LogTail tail)
{
    private readonly Lock _gate = new();
    private readonly List<TailRecord> _records = [];

    /// <summary>For the writing thread.</summary>
    public List<TailRecord> All => _records;

    /// <summary>A record that stands in the tail, whole.</summary>
    public void Add(in TailRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
        }
    }

    /// <summary>All of it is where it belongs, and the segments know: its room is used anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            tail.Clear();
            _records.Clear();
        }
    }

    /// <summary>The batch that holds this number. False: it is not here; the first that begins behind it is told, 0 for none.</summary>
    public bool TryRead(LogStream stream, ulong number, LogBatch batch, out ulong behind)
    {
        behind = 0;
        lock (_gate)
        {
            foreach (var record in _records)
            {
                if (record.Stream != stream || record.Range.Cause != 0 || record.Range.To < number)
                {
                    continue;
                }

                if (record.Range.From <= number)
                {
                    tail.Read(record.At, batch);
                    return true;
                }

                behind = behind == 0 ? record.Range.From : Math.Min(behind, record.Range.From);
            }
        }

        return false;
    }
}
