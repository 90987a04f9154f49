using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>The simulator's end of a pseudo-terminal. A closed other end is an unplugged cable, not a broken link: it waits for the next one.</summary>
internal sealed unsafe class PtyMasterLink(PosixHandle handle, string path) : IByteLink
{
    /// <summary>How often to look whether somebody opened the other end: soon enough for a person, too seldom to be seen in the load.</summary>
    private const long NobodyThereNanos = 5_000_000;

    /// <summary>Disposed by another thread, a waiting reader ends within this time.</summary>
    private const long LookEveryNanos = 50_000_000;

    private const long WriteStuckNanos = 1_000_000_000;

    private volatile bool _disposed;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        try
        {
            return ReadUntil(buffer, untilMonoNanos);
        }
        catch (ObjectDisposedException)
        {
            throw Pulled();
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            WriteAll(bytes);
        }
        catch (ObjectDisposedException)
        {
            throw Pulled();
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        try
        {
            handle.Control(Libc.Flush, (void*)Libc.FlushInput);
        }
        catch (ObjectDisposedException)
        {
            throw Pulled();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        handle.Dispose();
    }

    private int ReadUntil(Span<byte> buffer, long untilMonoNanos)
    {
        while (true)
        {
            ThrowIfPulled();
            var happened = handle.Wait(Libc.PollIn, Math.Min(untilMonoNanos, LinkClock.NowNanos() + LookEveryNanos));
            if ((happened & Libc.PollIn) != 0)
            {
                var count = handle.Read(buffer);
                if (count > 0)
                {
                    return count;
                }
            }

            if (LinkClock.NowNanos() >= untilMonoNanos)
            {
                return 0;
            }

            if (happened != 0)
            {
                SleepAtMost(untilMonoNanos);
            }
        }
    }

    private void WriteAll(ReadOnlySpan<byte> bytes)
    {
        var stuckMonoNanos = LinkClock.NowNanos() + WriteStuckNanos;
        while (!bytes.IsEmpty)
        {
            ThrowIfPulled();
            var happened = handle.Wait(Libc.PollOut, stuckMonoNanos);
            if ((happened & Libc.PollHangUp) != 0)
            {
                return;
            }

            if (happened == 0)
            {
                throw new LinkBrokenException($"The other end of {path} has read nothing for a second.");
            }

            var count = handle.Write(bytes);
            if (count > 0)
            {
                bytes = bytes[count..];
                stuckMonoNanos = LinkClock.NowNanos() + WriteStuckNanos;
            }
        }
    }

    private static void SleepAtMost(long untilMonoNanos)
    {
        var nanos = Math.Clamp(untilMonoNanos - LinkClock.NowNanos(), 0, NobodyThereNanos);
        var time = new Libc.Timespec { Nanos = nanos };
        _ = Libc.Sleep(Libc.ClockMonotonic, 0, &time, null);
    }

    private void ThrowIfPulled()
    {
        if (_disposed)
        {
            throw Pulled();
        }
    }

    private LinkBrokenException Pulled() => new($"The pseudo-terminal {path} was pulled away.");
}
