using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>A serial line by the Linux kernel's own calls: two calls for a read, no thread and no allocation.</summary>
internal sealed class PosixSerialLink : IByteLink
{
    /// <summary>A line that takes no byte for so long is stuck: flow control that never lets go, or a dead adapter.</summary>
    private const long WriteStuckNanos = 1_000_000_000;

    private const int Failed = Libc.PollError | Libc.PollHangUp | Libc.PollInvalid;

    private readonly PosixPort _port;

    public PosixSerialLink(SerialSettings settings, Rs485Settings? rs485)
    {
        _port = new PosixPort(settings.Port);
        try
        {
            _port.SetExclusive();
            _port.SetLine(settings);
            if (rs485 is not null)
            {
                _port.SetRs485(rs485);
            }

            _port.DiscardAll();
        }
        catch
        {
            _port.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        while (true)
        {
            var happened = _port.Handle.Wait(Libc.PollIn, Math.Min(untilMonoNanos, _port.NextLookMonoNanos));
            if (happened < 0)
            {
                throw _port.Gone(-happened);
            }

            if (happened == 0)
            {
                _port.Look();
                if (LinkClock.NowNanos() >= untilMonoNanos)
                {
                    return 0;
                }

                continue;
            }

            // What came before a hang-up is read first.
            if ((happened & Libc.PollIn) == 0)
            {
                throw _port.Gone("the line was hung up");
            }

            var count = _port.Handle.Read(buffer);
            if (count > 0)
            {
                _port.Seen();
                return count;
            }

            if (count == 0)
            {
                throw _port.Gone("the line was hung up");
            }

            if (count is not (-Libc.ErrorAgain or -Libc.ErrorInterrupted))
            {
                throw _port.Gone(-count);
            }
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = _port.Handle.Write(bytes);
            if (count > 0)
            {
                bytes = bytes[count..];
                continue;
            }

            if (count == -Libc.ErrorInterrupted)
            {
                continue;
            }

            if (count is not (0 or -Libc.ErrorAgain))
            {
                throw _port.Gone(-count);
            }

            WaitForRoom();
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => _port.DiscardInput();

    public void Dispose() => _port.Dispose();

    private void WaitForRoom()
    {
        var happened = _port.Handle.Wait(Libc.PollOut, LinkClock.NowNanos() + WriteStuckNanos);
        if (happened == 0)
        {
            throw _port.Gone("it has taken no byte for a second; with flow control, check that the device lets us send");
        }

        if (happened < 0 || (happened & Failed) != 0)
        {
            throw _port.Gone(happened < 0 ? -happened : Libc.ErrorInputOutput);
        }
    }
}
