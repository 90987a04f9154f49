using System.Globalization;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>
/// A serial line that leads into this program (a pseudo-terminal, Linux): a simulator speaks at one end, whoever opens
/// <see cref="SlavePath"/> at the other. Disposing it is pulling the plug.
/// </summary>
public sealed unsafe class PtyPair : IDisposable
{
    private readonly PtyMasterLink _master;
    private readonly string? _linkPath;
    private bool _disposed;

    /// <param name="linkPath">A symbolic link to put at the slave, so that the next pair can come back under the same name.</param>
    public PtyPair(string? linkPath = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Pseudo-terminals are there on Linux only; use a real serial port or Modbus TCP here.");
        }

        var handle = PosixHandle.Open("/dev/ptmx", out var error)
            ?? throw new LinkBrokenException($"No pseudo-terminal can be opened: {Marshal.GetPInvokeErrorMessage(error)}.");
        try
        {
            DevicePath = Prepare(handle);
            _linkPath = linkPath;
            _master = new PtyMasterLink(handle, DevicePath);
            if (linkPath is not null)
            {
                PutLink(linkPath, DevicePath);
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>What to open at the other end: the link, or the pseudo-terminal itself.</summary>
    public string SlavePath => _linkPath ?? DevicePath;

    /// <summary>The pseudo-terminal's own name, <c>/dev/pts/N</c>.</summary>
    public string DevicePath { get; }

    /// <summary>The simulator's end. While nobody has the other end open, nothing arrives and what is written is lost.</summary>
    public IByteLink Master => _master;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_linkPath is not null && new FileInfo(_linkPath).LinkTarget == DevicePath)
        {
            File.Delete(_linkPath);
        }

        _master.Dispose();
    }

    /// <summary>Unlocks the slave and makes the line raw: bytes pass as they are, also before anyone opens it.</summary>
    private static string Prepare(PosixHandle handle)
    {
        var unlocked = 0;
        var number = 0;
        Termios2 termios;
        Must(handle.Control(Libc.PtyLock, &unlocked));
        Must(handle.Control(Libc.PtyNumber, &number));
        Must(handle.Control(Libc.GetTermios2, &termios));
        termios.SetRaw();
        Must(handle.Control(Libc.SetTermios2, &termios));
        var path = string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{number}");

        // Opened and closed once, the line reports that nobody is there; before, it would not.
        using var slave = PosixHandle.Open(path, out var error);
        Must(error);
        return path;
    }

    private static void PutLink(string linkPath, string target)
    {
        try
        {
            // What a killed run left behind is replaced; a real file or device is not.
            if (new FileInfo(linkPath).LinkTarget is not null)
            {
                File.Delete(linkPath);
            }

            File.CreateSymbolicLink(linkPath, target);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LinkBrokenException($"The pseudo-terminal cannot be given the name {linkPath}: {cause.Message} Name a path in a folder where you may write.", cause);
        }
    }

    private static void Must(int error)
    {
        if (error != 0)
        {
            throw new LinkBrokenException($"The pseudo-terminal cannot be set: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }
}
