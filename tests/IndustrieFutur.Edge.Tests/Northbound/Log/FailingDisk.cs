using IndustrieFutur.Edge.Northbound.Spool.Log;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Northbound.Log;

/// <summary>The real disk, until a test lets it fail: no room, no writes, syncs that fail or take their time.</summary>
internal sealed class FailingDisk(FakeTimeProvider clock) : ILogDisk
{
    private readonly LogDisk _real = new();

    /// <summary>Thrown by each write; null: writes work.</summary>
    public IOException? WriteFails { get; set; }

    /// <summary>Thrown by each sync, after which what was written since the last is gone, as a kernel may have it.</summary>
    public IOException? SyncFails { get; set; }

    /// <summary>The process is killed in the midst of the next write, which gets so many bytes to the file; null: it is not.</summary>
    public int? KilledBehind { get; set; }

    public TimeSpan SyncTakes { get; set; }

    /// <summary>What happens while a file is begun, which takes its time; null: nothing.</summary>
    public Action? Beginning { get; set; }

    public long? Free { get; set; }

    public int Syncs { get; private set; }

    public int Writes { get; private set; }

    public ILogFile Create(string path, long bytes)
    {
        Beginning?.Invoke();
        return new FailingFile(this, _real.Create(path, bytes), path);
    }

    /// <summary>What a file that is deleted gives back of <see cref="Free"/>.</summary>
    public long DeleteFrees { get; set; }

    public void Delete(string path)
    {
        _real.Delete(path);
        Free += DeleteFrees;
    }

    public long FreeBytes(string folder) => Free ?? _real.FreeBytes(folder);

    private void Pass() => clock.Advance(SyncTakes);

    /// <summary>One file on that disk.</summary>
    private sealed class FailingFile(FailingDisk disk, ILogFile real, string path) : ILogFile
    {
        private long _written;
        private long _synced;

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (disk.WriteFails is { } cause)
            {
                // A disk that becomes full takes the beginning.
                real.Write(bytes[..(bytes.Length / 2)], offset);
                throw cause;
            }

            if (disk.KilledBehind is { } taken)
            {
                real.Write(bytes[..Math.Min(taken, bytes.Length)], offset);
                throw new OperationCanceledException("killed");
            }

            disk.Writes++;
            real.Write(bytes, offset);
            _written = offset + bytes.Length;
        }

        public void Sync()
        {
            if (disk.SyncFails is { } cause)
            {
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                RandomAccess.Write(file, new byte[_written - _synced], _synced);
                throw cause;
            }

            disk.Pass();
            disk.Syncs++;
            real.Sync();
            _synced = _written;
        }

        public void CutAt(long length) => real.CutAt(length);

        public void Dispose() => real.Dispose();
    }
}
