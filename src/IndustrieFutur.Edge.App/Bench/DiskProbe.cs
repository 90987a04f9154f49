using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using Microsoft.Win32.SafeHandles;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>How long the disk of a folder takes until 4 KiB are truly on it (fdatasync(2); FlushFileBuffers on Windows).</summary>
internal static partial class DiskProbe
{
    private const int BlockBytes = 4_096;

    /// <summary>As many blocks in a file that is there before, so that only data is synced, and no wear to speak of.</summary>
    private const int BlocksMax = 200;

    private const long NanosMax = 4_000_000_000;

    /// <summary>Empty when the folder cannot be written.</summary>
    public static HistogramSnapshot Measure(string folder, CancellationToken cancellationToken)
    {
        using var memory = new HotMemory(LatencyHistogram.BytesNeeded);
        var histogram = new LatencyHistogram(memory);
        try
        {
            using var file = new FileStream(Path.Combine(folder, ".ifedge-bench"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            var block = new byte[BlockBytes];
            for (var i = 0; i < BlocksMax; i++)
            {
                RandomAccess.Write(file.SafeFileHandle, block, (long)i * BlockBytes);
            }

            file.Flush(flushToDisk: true);
            var until = MonoClock.NowNanos() + NanosMax;
            for (var i = 0; i < BlocksMax && MonoClock.NowNanos() < until && !cancellationToken.IsCancellationRequested; i++)
            {
                block[0] = (byte)(i + 1);
                var began = MonoClock.NowNanos();
                RandomAccess.Write(file.SafeFileHandle, block, (long)i * BlockBytes);
                Sync(file.SafeFileHandle);
                histogram.Record(MonoClock.NowNanos() - began);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return HistogramSnapshot.Empty;
        }

        return HistogramSnapshot.Of(histogram);
    }

    private static void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (DataSync(file) != 0)
        {
            throw new IOException($"fdatasync fails with errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);
}
