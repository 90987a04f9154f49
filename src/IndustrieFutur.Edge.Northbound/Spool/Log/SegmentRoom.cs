namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Keeps the log within its bounds: all together no more than so many bytes, nothing older than so long, so much of the disk left to
/// others. What nobody needs goes first, then the oldest.
/// </summary>
internal sealed class SegmentRoom(string folder, LogTerms terms, ILogDisk disk, SegmentShelf shelf, TimeProvider clock)
{
    /// <summary>Age is counted in days, and a segment lasts seconds at best.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>2020 in UTC nanoseconds: a clock that says less had not been set when the segment was written, and nobody knows its age.</summary>
    private const long ClockBegan = 1_577_836_800_000_000_000;

    /// <summary>From this segment on everything that the notes say is on the disk: older ones may go.</summary>
    public long NotesSafeFrom { get; set; }

    /// <summary>Deletes what nobody needs. Returns the oldest segment that can make room when it has to, although somebody needs it.</summary>
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

        if (IsTooOld(oldest))
        {
            return oldest;
        }

        return isShort || shelf.BytesOnDisk + bytes > terms.BytesMax ? shelf.FindGiving(NotesSafeFrom) : null;
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

    /// <summary>A disk that refuses keeps the segment, and it is tried again: what is on the disk is counted.</summary>
    public void Delete(Segment segment)
    {
        disk.Delete(segment.Path);
        shelf.Remove(segment);
    }

    /// <summary>What this run wrote is as old as time has passed: a clock that is set right after a start in 1970 makes nothing old.</summary>
    public bool IsTooOld(Segment segment)
    {
        if (segment.WrittenAt != 0)
        {
            return clock.GetElapsedTime(segment.WrittenAt) > terms.AgeMax;
        }

        if (segment.NewestUtcNanos < ClockBegan)
        {
            return false;
        }

        var utcNanos = (clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
        return (utcNanos - segment.NewestUtcNanos) / TimeSpan.NanosecondsPerTick > terms.AgeMax.Ticks;
    }
}
