using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>Asks the kernel for privileges, one call each, and gives back on dispose what is held open.</summary>
internal sealed unsafe partial class KernelRights : IDisposable
{
    /// <summary>ENOSYS: this system does not have it.</summary>
    public const int NotHere = 38;

    private const int SchedOther = 0;
    private const int SchedFifo = 1;
    private const int LockCurrentAndFuture = 3;
    private const int OpenWriteOnlyCloseOnExec = 0x80001;
    private const int SetTimerSlack = 29;
    private const int InvalidArgument = 22;

    /// <summary>The kernel's own bound of a cpu_set_t of the usual size.</summary>
    private const int CpusMax = 1_024;

    private int _latencyDevice = -1;

    /// <summary>Asks for one privilege, for the calling thread or its process: 0, or the error number.</summary>
    public int Attempt(Privilege privilege, int argument) => !OperatingSystem.IsLinux()
        ? NotHere
        : privilege switch
        {
            Privilege.Scheduling => Schedule(argument),
            Privilege.Affinity => Pin(argument),
            Privilege.MemoryLock => MemoryLockAll(LockCurrentAndFuture) == 0 ? 0 : Marshal.GetLastPInvokeError(),
            _ => HoldAwake(),
        };

    public void Dispose()
    {
        if (_latencyDevice >= 0)
        {
            _ = Close(_latencyDevice);
            _latencyDevice = -1;
        }
    }

    /// <summary>0 is normal scheduling again.</summary>
    private static int Schedule(int priority)
    {
        if (priority == 0)
        {
            // Timers of normal threads are put together within 50 us unless told otherwise (prctl(2), PR_SET_TIMERSLACK).
            _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }

        return SetScheduling(CallingThread(), priority == 0 ? SchedOther : SchedFifo, &priority);
    }

    private static int Pin(int cpu)
    {
        if (cpu is < 0 or >= CpusMax)
        {
            return InvalidArgument;
        }

        var mask = stackalloc ulong[CpusMax / 64];
        mask[cpu / 64] = 1UL << (cpu % 64);
        return SetAffinity(0, CpusMax / 8, mask) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>The kernel honours the wish as long as the file stays open (Documentation/power/pm_qos_interface).</summary>
    private int HoldAwake()
    {
        if (_latencyDevice >= 0)
        {
            return 0;
        }

        var device = Open("/dev/cpu_dma_latency", OpenWriteOnlyCloseOnExec);
        if (device < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        var microseconds = 0;
        if (Write(device, &microseconds, sizeof(int)) != sizeof(int))
        {
            var error = Marshal.GetLastPInvokeError();
            _ = Close(device);
            return error;
        }

        _latencyDevice = device;
        return 0;
    }

    // POSIX threads: musl's sched_setscheduler is not implemented, this is, with every C library.
    [LibraryImport("libc", EntryPoint = "pthread_setschedparam")]
    private static partial int SetScheduling(nint thread, int policy, int* parameters);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint CallingThread();

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "mlockall", SetLastError = true)]
    private static partial int MemoryLockAll(int flags);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
