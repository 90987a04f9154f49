using System.Text;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>
/// The conversation with one dashboard: a line out, a line back, never two under way. What comes unasked or too late would pass for the
/// next one's answer, so either ends the conversation (<see cref="LinkBrokenException"/>). Reading allocates nothing.
/// </summary>
internal sealed class DashboardLine(IByteLink link, string address, long timeoutNanos, CancellationToken stop)
{
    /// <summary>The longest answer is a path; who sends more without a line end is no dashboard.</summary>
    private const int LineBytesMax = 512;

    /// <summary>No wait is longer, so that a stop is seen soon.</summary>
    private const long WaitNanos = 50_000_000;

    private readonly byte[] _received = new byte[LineBytesMax];
    private int _filled;
    private int _taken;

    /// <summary>When the last answer was in hand.</summary>
    public long ArrivalMonoNanos { get; private set; }

    /// <summary>A line as it is sent. The one place where a text becomes bytes for the robot: printable ASCII, and one line end, which is ours.</summary>
    public static byte[] Of(string text)
    {
        if (text.Length is 0 or >= LineBytesMax || text.Any(static one => one is < ' ' or > '~'))
        {
            throw new ArgumentException("A line for a dashboard is printable ASCII.", nameof(text));
        }

        return Encoding.ASCII.GetBytes(text + "\n");
    }

    /// <summary>Sends a line and waits for its answer, valid until the next call.</summary>
    public ReadOnlySpan<byte> Ask(byte[] line)
    {
        Look();
        link.Write(line);
        return Read(null);
    }

    /// <summary>Notices a connection that is gone, and what came unasked.</summary>
    public void Look()
    {
        stop.ThrowIfCancellationRequested();
        DropTaken();
        if (_filled == 0)
        {
            _filled = link.Read(_received, 0);
        }

        if (_filled > 0)
        {
            throw new LinkBrokenException(
                $"The dashboard of {address} has said something that it was not asked. The connection is opened anew, so that no answer is taken for another's; see which other program uses this dashboard.");
        }
    }

    /// <summary>Waits for one line; calls back while it waits.</summary>
    public ReadOnlySpan<byte> Read(Action? whileWaiting)
    {
        DropTaken();
        var until = MonoClock.NowNanos() + timeoutNanos;
        while (true)
        {
            var end = _received.AsSpan(0, _filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _taken = end + 1;
                ArrivalMonoNanos = MonoClock.NowNanos();
                return _received.AsSpan(0, end).TrimEnd("\r "u8);
            }

            if (_filled == LineBytesMax)
            {
                throw new LinkBrokenException(
                    $"What answers at {address} has sent {LineBytesMax} characters without a line end, as no dashboard does. The connection is opened anew; correct \"tcp\".");
            }

            stop.ThrowIfCancellationRequested();
            var now = MonoClock.NowNanos();
            if (now >= until)
            {
                throw new LinkBrokenException(
                    $"The dashboard of {address} has not answered within {timeoutNanos / 1_000_000} ms. The connection is opened anew, so that a late answer is not taken for another's; check the controller, or write a longer \"timeout\".");
            }

            _filled += link.Read(_received.AsSpan(_filled), Math.Min(until, now + WaitNanos));
            whileWaiting?.Invoke();
        }
    }

    private void DropTaken()
    {
        _received.AsSpan(_taken, _filled - _taken).CopyTo(_received);
        _filled -= _taken;
        _taken = 0;
    }
}
