using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>
/// An open file descriptor of a terminal. It stays open while a call on it runs, even when another thread disposes it, so that the
/// number is never somebody else's. No method allocates.
/// </summary>
internal sealed unsafe class PosixHandle : SafeHandle
{
    private PosixHandle(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle == -1;

    /// <summary>Opens for reading and writing without waiting; null with the error number when it cannot be opened.</summary>
    public static PosixHandle? Open(string path, out int error)
    {
        const int Flags = Libc.OpenReadWrite | Libc.OpenNoControllingTerminal | Libc.OpenNonBlocking | Libc.OpenCloseOnExec;
        int descriptor;
        do
        {
            descriptor = Libc.Open(path, Flags);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Libc.ErrorInterrupted);

        return descriptor < 0 ? null : new PosixHandle(descriptor);
    }

    /// <summary>Waits for the events, at most until the monotonic time; what happened, 0: the time passed, negative: the error number.</summary>
    public int Wait(short events, long untilMonoNanos)
    {
        using var inUse = new Use(this);
        while (true)
        {
            var left = Math.Max(0, untilMonoNanos - LinkClock.NowNanos());
            var entry = new Libc.PollEntry { Descriptor = (int)handle, Events = events };
            var timeout = new Libc.Timespec { Seconds = left / 1_000_000_000, Nanos = left % 1_000_000_000 };
            var ready = Libc.Poll(&entry, 1, &timeout, null);
            if (ready >= 0)
            {
                return ready == 0 ? 0 : entry.Returned;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error != Libc.ErrorInterrupted)
            {
                return -error;
            }
        }
    }

    /// <summary>Bytes read, 0: hung up, negative: the error number.</summary>
    public int Read(Span<byte> buffer)
    {
        using var inUse = new Use(this);
        fixed (byte* bytes = buffer)
        {
            var count = Libc.Read((int)handle, bytes, (nuint)buffer.Length);
            return count < 0 ? -Marshal.GetLastPInvokeError() : (int)count;
        }
    }

    /// <summary>Bytes taken, negative: the error number.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        using var inUse = new Use(this);
        fixed (byte* first = bytes)
        {
            var count = Libc.Write((int)handle, first, (nuint)bytes.Length);
            return count < 0 ? -Marshal.GetLastPInvokeError() : (int)count;
        }
    }

    /// <summary>ioctl; 0 or the error number.</summary>
    public int Control(nuint request, void* argument)
    {
        using var inUse = new Use(this);
        return Libc.Control((int)handle, request, argument) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>flock without waiting; 0 or the error number.</summary>
    public int Lock()
    {
        using var inUse = new Use(this);
        return Libc.Lock((int)handle, Libc.LockExclusive | Libc.LockNonBlocking) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Which device is open; 0 or the error number.</summary>
    public int Status(out Libc.FileStatus status)
    {
        status = default;
        using var inUse = new Use(this);
        byte empty = 0;
        fixed (Libc.FileStatus* filled = &status)
        {
            return Libc.Status((int)handle, &empty, Libc.AtEmptyPath, 0, filled) < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;

    /// <summary>Holds the descriptor open for the length of one call.</summary>
    private readonly ref struct Use
    {
        private readonly PosixHandle _handle;

        public Use(PosixHandle handle)
        {
            var entered = false;
            handle.DangerousAddRef(ref entered);
            _handle = handle;
        }

        public void Dispose() => _handle.DangerousRelease();
    }
}
