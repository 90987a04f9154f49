using System.IO.Ports;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>
/// A serial line by <see cref="SerialPort"/>: for machines without Linux, and to compare. It looks for bytes once a millisecond and
/// allocates.
/// </summary>
internal sealed class PortableSerialLink : IByteLink
{
    /// <summary>A vanished port is noticed within two seconds; <see cref="SerialPort"/> itself may stay silent for ever (dotnet/runtime issue 121627).</summary>
    private const long LookEveryNanos = 500_000_000;

    private const int WriteTimeoutMillis = 1_000;

    /// <summary>The longest serial messages (Modbus, 256 bytes) in one piece.</summary>
    private const int ChunkBytes = 256;

    private static readonly TimeSpan BetweenLooksForBytes = TimeSpan.FromMilliseconds(1);

    private readonly SerialPort _port;
    private readonly PosixPort? _lock;
    private readonly ManualResetEventSlim _never = new(false);
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private long _nextLookMonoNanos;

    public PortableSerialLink(SerialSettings settings, Rs485Settings? rs485)
    {
        if (rs485 is { Enabled: true } && !OperatingSystem.IsLinux())
        {
            throw new LinkBrokenException($"RS-485 mode is not supported on this system ({settings.Port}); remove \"rs485\".");
        }

        _port = new SerialPort(settings.Port, settings.Baud, ParityOf(settings.Parity), settings.DataBits, StopBitsOf(settings.StopBits))
        {
            Handshake = HandshakeOf(settings.Flow),
            WriteTimeout = WriteTimeoutMillis,
        };
        try
        {
            // SerialPort keeps others out only by TIOCEXCL, which root passes.
            _lock = OperatingSystem.IsLinux() ? new PosixPort(settings.Port) : null;
            _port.Open();
            if (rs485 is not null)
            {
                _lock?.SetRs485(rs485);
            }
        }
        catch (LinkBrokenException)
        {
            Dispose();
            throw;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            Dispose();
            throw new LinkBrokenException(
                $"The port {settings.Port} cannot be opened: {cause.Message} {SerialPorts.Sentence()} It is tried again.", cause);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        try
        {
            while (true)
            {
                Look();
                var ready = Math.Min(_port.BytesToRead, Math.Min(buffer.Length, ChunkBytes));
                if (ready > 0)
                {
                    var count = _port.Read(_chunk, 0, ready);
                    _chunk.AsSpan(0, count).CopyTo(buffer);
                    return count;
                }

                if (LinkClock.NowNanos() >= untilMonoNanos)
                {
                    return 0;
                }

                _never.Wait(BetweenLooksForBytes);
            }
        }
        catch (Exception cause) when (IsLoss(cause))
        {
            throw Gone(cause.Message, cause);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var count = Math.Min(bytes.Length, ChunkBytes);
                bytes[..count].CopyTo(_chunk);
                _port.Write(_chunk, 0, count);
                bytes = bytes[count..];
            }
        }
        catch (Exception cause) when (IsLoss(cause))
        {
            throw Gone(cause.Message, cause);
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        try
        {
            _port.DiscardInBuffer();
        }
        catch (Exception cause) when (IsLoss(cause))
        {
            throw Gone(cause.Message, cause);
        }
    }

    public void Dispose()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception cause) when (IsLoss(cause))
        {
            // A port that is gone cannot be closed in order; its descriptor is given back all the same.
        }

        _lock?.Dispose();
        _never.Dispose();
    }

    private static bool IsLoss(Exception cause) =>
        cause is (IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException) and not LinkBrokenException;

    private static Parity ParityOf(SerialParity parity) => parity switch
    {
        SerialParity.Odd => Parity.Odd,
        SerialParity.Even => Parity.Even,
        SerialParity.Mark => Parity.Mark,
        SerialParity.Space => Parity.Space,
        _ => Parity.None,
    };

    private static StopBits StopBitsOf(int stopBits) => stopBits == 2 ? StopBits.Two : StopBits.One;

    private static Handshake HandshakeOf(SerialFlow flow) => flow switch
    {
        SerialFlow.XonXoff => Handshake.XOnXOff,
        SerialFlow.RtsCts => Handshake.RequestToSend,
        _ => Handshake.None,
    };

    private void Look()
    {
        if (_lock is not null)
        {
            _lock.Look();
            return;
        }

        var now = LinkClock.NowNanos();
        if (now < _nextLookMonoNanos)
        {
            return;
        }

        _nextLookMonoNanos = now + LookEveryNanos;
        if (!File.Exists(_port.PortName) && !SerialPort.GetPortNames().Contains(_port.PortName, StringComparer.OrdinalIgnoreCase))
        {
            throw Gone("it is no longer there");
        }
    }

    private LinkBrokenException Gone(string reason, Exception? cause = null) => new(
        $"The port {_port.PortName} is gone: {reason.TrimEnd('.')}. It is opened again when it comes back; check cable, adapter and power.", cause);
}
