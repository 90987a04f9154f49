using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>
/// The calls of the Linux kernel that a serial line needs. Only structures of the kernel itself are used (termios2, statx), the
/// same on x64 and arm64 and for every C library.
/// </summary>
internal static unsafe partial class Libc
{
    public const int OpenReadWrite = 2;
    public const int OpenNoControllingTerminal = 0x100;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    public const short PollIn = 0x1;
    public const short PollOut = 0x4;
    public const short PollError = 0x8;
    public const short PollHangUp = 0x10;
    public const short PollInvalid = 0x20;

    public const nuint GetTermios2 = 0x802C_542A;
    public const nuint SetTermios2 = 0x402C_542B;
    public const nuint Flush = 0x540B;
    public const nuint SetExclusive = 0x540C;
    public const nuint SetRs485 = 0x542F;
    public const nuint PtyNumber = 0x8004_5430;
    public const nuint PtyLock = 0x4004_5431;

    public const nint FlushInput = 0;
    public const nint FlushBoth = 2;

    public const int AtCurrentFolder = -100;
    public const int AtEmptyPath = 0x1000;

    public const int ClockMonotonic = 1;

    public const int ErrorNoEntry = 2;
    public const int ErrorInterrupted = 4;
    public const int ErrorInputOutput = 5;
    public const int ErrorNoDeviceOrAddress = 6;
    public const int ErrorAgain = 11;
    public const int ErrorAccess = 13;
    public const int ErrorBusy = 16;
    public const int ErrorNoDevice = 19;
    public const int ErrorInvalid = 22;
    public const int ErrorNotTerminal = 25;
    public const int ErrorNotSupported = 95;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, Timespec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Status(int folder, byte* path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    public static partial int Sleep(int clock, int flags, Timespec* time, Timespec* remaining);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Timespec
    {
        public long Seconds;
        public long Nanos;
    }

    /// <summary>struct serial_rs485.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    internal struct SerialRs485
    {
        public uint Flags;
        public uint DelayBeforeSendMillis;
        public uint DelayAfterSendMillis;
    }

    /// <summary>struct statx, what tells one device from another.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct FileStatus
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(128)]
        public uint DeviceMajor;

        [FieldOffset(132)]
        public uint DeviceMinor;
    }
}
