using System.Runtime.InteropServices;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>
/// A serial port that is ours alone, and the watch over whether it is still there: a device that was pulled out can leave its
/// descriptor open and silent (dotnet/runtime issue 121627), but its name then leads nowhere, or to another device.
/// </summary>
internal sealed unsafe class PosixPort : IDisposable
{
    /// <summary>Two lookups a second cost nothing beside the poll they interrupt, and find a vanished device well within two seconds.</summary>
    private const long LookEveryNanos = 500_000_000;

    private readonly string _name;
    private readonly byte[] _path;
    private readonly Libc.FileStatus _device;
    private long _nextLookMonoNanos;

    /// <summary>Opens and locks the port. Throws <see cref="LinkBrokenException"/> in plain words.</summary>
    public PosixPort(string name)
    {
        _name = name;
        _path = [.. Encoding.UTF8.GetBytes(name), 0];
        Handle = PosixHandle.Open(name, out var error) ?? throw CannotOpen(name, error);
        try
        {
            // Root passes TIOCEXCL, and it does not stop whoever opened before us: the lock is what counts among our own kind.
            Must(Handle.Lock());
            Must(Handle.Status(out _device));
        }
        catch
        {
            Handle.Dispose();
            throw;
        }

        Seen();
    }

    public PosixHandle Handle { get; }

    /// <summary>The kernel's pseudo-terminals (majors 136 to 143): a line without bits, so without parity and speed.</summary>
    public bool IsPseudoTerminal => _device.DeviceMajor is >= 136 and <= 143;

    /// <summary>When to look next whether the device is still there.</summary>
    public long NextLookMonoNanos => _nextLookMonoNanos;

    /// <summary>Bytes came: the device is there, no need to look for a while.</summary>
    public void Seen() => _nextLookMonoNanos = LinkClock.NowNanos() + LookEveryNanos;

    /// <summary>Looks, when it is time, whether the name still leads to the device that we hold open; throws when it does not.</summary>
    public void Look()
    {
        if (LinkClock.NowNanos() < _nextLookMonoNanos)
        {
            return;
        }

        Libc.FileStatus status;
        fixed (byte* path = _path)
        {
            if (Libc.Status(Libc.AtCurrentFolder, path, 0, 0, &status) < 0)
            {
                throw Gone(_name, "its device file is no longer there");
            }
        }

        if (status.Inode != _device.Inode || status.DeviceMajor != _device.DeviceMajor || status.DeviceMinor != _device.DeviceMinor)
        {
            throw Gone(_name, "its name leads to another device now");
        }

        Seen();
    }

    /// <summary>Shuts out whoever opens the port after us.</summary>
    public void SetExclusive() => Must(Handle.Control(Libc.SetExclusive, null));

    /// <summary>Sets speed and format, and reads back whether the port took them. Throws <see cref="LinkBrokenException"/> in plain words.</summary>
    public void SetLine(SerialSettings settings)
    {
        Termios2 termios;
        Must(Handle.Control(Libc.GetTermios2, &termios));
        termios.SetRaw();
        termios.SetLine(settings);
        Must(Handle.Control(Libc.SetTermios2, &termios));
        Must(Handle.Control(Libc.GetTermios2, &termios));

        // A receiver bears 3 % of another speed, its own error included.
        var speedIsRight = Math.Abs(termios.Speed - (double)settings.Baud) <= 0.03 * settings.Baud;
        if (!IsPseudoTerminal && !(speedIsRight && termios.HasFormat(settings)))
        {
            throw new LinkBrokenException(
                $"The port {_name} cannot be set to {settings}; it took another speed or format. "
                + "Choose settings that the adapter and the device both have, or another adapter.");
        }
    }

    /// <summary>Lets the kernel switch the transceiver's direction. Throws <see cref="LinkBrokenException"/> when the port cannot.</summary>
    public void SetRs485(Rs485Settings settings)
    {
        var packed = Rs485Flags.Pack(settings);
        var error = Handle.Control(Libc.SetRs485, &packed);
        if (error is Libc.ErrorNotTerminal or Libc.ErrorInvalid or Libc.ErrorNotSupported)
        {
            // What a port does not have needs no switching off.
            if (!settings.Enabled)
            {
                return;
            }

            throw new LinkBrokenException(
                $"RS-485 mode is not supported by this port ({_name}). Most USB adapters switch their direction by themselves: remove \"rs485\".");
        }

        Must(error);
    }

    public void DiscardInput() => Handle.Control(Libc.Flush, (void*)Libc.FlushInput);

    public void DiscardAll() => Handle.Control(Libc.Flush, (void*)Libc.FlushBoth);

    public LinkBrokenException Gone(int error) => Gone(_name, $"the system says \"{Marshal.GetPInvokeErrorMessage(error)}\"");

    public LinkBrokenException Gone(string reason) => Gone(_name, reason);

    public void Dispose() => Handle.Dispose();

    private static LinkBrokenException Gone(string name, string reason) => new(
        $"The port {name} is gone: {reason}. It is opened again when it comes back; check cable, adapter and power.");

    private void Must(int error)
    {
        if (error != 0)
        {
            throw CannotOpen(_name, error);
        }
    }

    private static LinkBrokenException CannotOpen(string name, int error) => new(error switch
    {
        Libc.ErrorNoEntry =>
            $"There is no port {name}. {SerialPorts.Sentence()} It is opened as soon as it appears; plug the adapter in, or correct \"port\".",
        Libc.ErrorAccess =>
            $"This user may not open the port {name}. Add it to the group that owns serial ports, mostly dialout "
            + "(sudo usermod -aG dialout USER), and log in again; it is tried again.",
        Libc.ErrorAgain or Libc.ErrorBusy =>
            $"The port {name} is in use by another program. Stop that program (\"fuser -v {name}\" shows it); it is tried again.",
        Libc.ErrorNotTerminal =>
            $"{name} is no serial port. {SerialPorts.Sentence()} Correct \"port\".",
        Libc.ErrorInputOutput or Libc.ErrorNoDeviceOrAddress or Libc.ErrorNoDevice =>
            $"The port {name} has no device behind it. Check the adapter and its cable; it is tried again.",
        _ => $"The port {name} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}. It is tried again.",
    });
}
