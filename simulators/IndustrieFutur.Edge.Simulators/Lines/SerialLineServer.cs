using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>Lets a simulated device speak on a serial line, on a thread of its own; a line that is lost is opened again.</summary>
internal sealed class SerialLineServer : IDisposable
{
    /// <summary>How often a waiting thread looks whether it is to stop.</summary>
    private const long LookEveryNanos = 100_000_000;

    /// <summary>Between two tries to open a line that was unplugged.</summary>
    private const long ReopenEveryNanos = 500_000_000;

    private readonly Func<IByteLink>? _reopen;
    private readonly Func<IByteLink, Action<long>> _begin;
    private readonly LineFaults _faults;
    private readonly Thread _thread;
    private IByteLink _link;
    private volatile bool _stopping;

    /// <param name="link">Open already, so that a mistake in its name showed where it was made.</param>
    /// <param name="reopen">Opens it again; null: it is a pseudo-terminal, which only its owner can pull.</param>
    /// <param name="begin">Begins a conversation on it.</param>
    /// <param name="faults">What happens on the line.</param>
    public SerialLineServer(IByteLink link, Func<IByteLink>? reopen, Func<IByteLink, Action<long>> begin, LineFaults faults)
    {
        _link = link;
        _reopen = reopen;
        _begin = begin;
        _faults = faults;
        _thread = new Thread(Run) { Name = "simulated serial line", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _link.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            try
            {
                Converse(_begin(new FaultyLink(_link, _faults, isConnection: false, () => _stopping)));
            }
            catch (LinkBrokenException)
            {
                // Unplugged, or nobody at the other end reads.
                Reopen();
            }
        }
    }

    private void Converse(Action<long> conversation)
    {
        while (!_stopping)
        {
            conversation(LinkClock.NowNanos() + LookEveryNanos);
        }
    }

    private void Reopen()
    {
        if (_reopen is not null)
        {
            _link.Dispose();
        }

        while (!_stopping)
        {
            Pacer.SleepUntil(MonoClock.NowNanos() + ReopenEveryNanos);
            try
            {
                _link = _reopen?.Invoke() ?? _link;
                return;
            }
            catch (LinkBrokenException)
            {
                // Not back yet.
            }
        }
    }
}
