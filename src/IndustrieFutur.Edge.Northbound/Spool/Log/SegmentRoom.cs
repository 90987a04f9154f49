namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Keeps the log within its bounds: all together no more than so many bytes, nothing older than so long, so much of the disk left to
/// others. What nobody needs goes first, then the oldest.
/// </summary>
internal sealed class SegmentRoom(string folder, LogTerms terms, ILogDisk disk, SegmentShelf shelf, TimeProvider clock)
{
    /// <summary>Age is counted in days, and a segment lasts seconds at best.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>From this segment on everything that the notes say is on the disk: older ones may go.</summary>
    public long NotesSafeFrom { get; set; }

    /// <summary>Deletes what nobody needs. Returns the oldest segment when it has to go although somebody does.</summary>
    /// <param name="bytes">Room wanted for a new segment; 0: none.</param>
    /// <param name="isShort">The disk had too little left for that.</param>
    public Segment? FindDrop(long bytes, bool isShort)
    {
        while (shelf.FindReleased(NotesSafeFrom) is { } released)
        {
            Delete(released);
        }

        var oldest = shelf.Oldest;
        if (oldest is null || oldest.Index >= NotesSafeFrom)
        {
            return null;
        }

        return isShort || shelf.BytesOnDisk + bytes > terms.BytesMax || IsTooOld(oldest) ? oldest : null;
    }

    /// <summary>With a new segment of this size, less than what is asked would be left.</summary>
    public bool IsShort(long bytes) => bytes > 0 && disk.FreeBytes(folder) - bytes < terms.FreeBytesMin;

    /// <summary>Throws when there is not even the room that was made; a log whose every segment is needed by the notes waits, too.</summary>
    public void Demand(long bytes, bool madeRoom)
    {
        if (bytes == 0)
        {
            return;
        }

        var free = disk.FreeBytes(folder);
        if (free < bytes || (!madeRoom && free - bytes < terms.FreeBytesMin))
        {
            throw new LogFullException(LogTrouble.TooLittleFree(folder, free, terms.FreeBytesMin));
        }
    }

    public bool HasRoom(long bytes)
    {
        try
        {
            return disk.FreeBytes(folder) >= bytes;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Delete(Segment segment)
    {
        shelf.Remove(segment);
        disk.Delete(segment.Path);
    }

    private bool IsTooOld(Segment segment)
    {
        var utcNanos = (clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
        return (utcNanos - segment.NewestUtcNanos) / TimeSpan.NanosecondsPerTick > terms.AgeMax.Ticks;
    }
}
