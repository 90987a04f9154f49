using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>The device's end of a line on which a scenario's faults happen. One write is one message.</summary>
/// <param name="inner">The line itself.</param>
/// <param name="faults">What is wrong with it, now.</param>
/// <param name="isConnection">A connection that does not outlive a cable that was out; a serial line does.</param>
/// <param name="isStopping">The server stops: a late message need not wait any longer.</param>
internal sealed class FaultyLink(IByteLink inner, LineFaults faults, bool isConnection, Func<bool> isStopping) : IByteLink
{
    /// <summary>How soon a switched fault is noticed.</summary>
    private const long LookEveryNanos = 20_000_000;

    private readonly byte[] _message = new byte[8_192];
    private long _messages;
    private bool _wasOut;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        while (true)
        {
            ThrowIfDead();
            var count = inner.Read(buffer, Math.Min(untilMonoNanos, LinkClock.NowNanos() + LookEveryNanos));
            if (count > 0 && !IsOut())
            {
                return count;
            }

            if (LinkClock.NowNanos() >= untilMonoNanos)
            {
                return 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        ThrowIfDead();
        _messages++;
        WaitDelay();
        if (!IsOut())
        {
            inner.Write(Spoil(bytes));
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => inner.DiscardInput();

    public void Dispose() => inner.Dispose();

    private static bool IsTurn(long count, int oneIn) => oneIn > 0 && count % oneIn == 0;

    private bool IsOut()
    {
        _wasOut |= faults.IsCableOut;
        return faults.IsCableOut;
    }

    private void ThrowIfDead()
    {
        if (!IsOut() && _wasOut && isConnection)
        {
            throw new LinkBrokenException("The cable was out for so long that the connection is dead.");
        }
    }

    private void WaitDelay()
    {
        var startMonoNanos = LinkClock.NowNanos();
        while (!isStopping())
        {
            var left = startMonoNanos + (faults.Delay.Ticks * TimeSpan.NanosecondsPerTick) - LinkClock.NowNanos();
            if (left <= 0)
            {
                return;
            }

            Pacer.SleepUntil(MonoClock.NowNanos() + Math.Min(left, LookEveryNanos));
        }
    }

    /// <summary>The message as it arrives. One too long for the buffer passes as it is: no protocol here has such.</summary>
    private ReadOnlySpan<byte> Spoil(ReadOnlySpan<byte> bytes)
    {
        var noise = faults.NoiseBytes;
        if (bytes.IsEmpty || noise + bytes.Length > _message.Length)
        {
            return bytes;
        }

        for (var i = 0; i < noise; i++)
        {
            // Odd numbers of many bits, each another one: no protocol's beginning for long.
            _message[i] = (byte)((_messages * 31) + (i * 57) + 0x83);
        }

        var message = _message.AsSpan(noise, bytes.Length);
        bytes.CopyTo(message);
        if (IsTurn(_messages, faults.CorruptOneIn))
        {
            message[(int)(_messages * 7 % message.Length)] ^= 0x04;
        }

        var length = IsTurn(_messages, faults.CutOneIn) ? (message.Length + 1) / 2 : message.Length;
        return _message.AsSpan(0, noise + length);
    }
}
