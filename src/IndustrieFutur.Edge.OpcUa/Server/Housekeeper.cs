using IndustrieFutur.Edge.OpcUa.Server.Sessions;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>One thread for what no connection carries: sessions whose channel is gone go on sampling until they are resumed or their time is over.</summary>
internal sealed class Housekeeper : IDisposable
{
    private const long LookNanos = 100_000_000;

    /// <summary>Between two rounds, whatever is due.</summary>
    private const long RestNanos = 5_000_000;

    private readonly ServerParts _parts;
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;

    public Housekeeper(ServerParts parts)
    {
        _parts = parts;
        _thread = new Thread(Run) { IsBackground = true, Name = "opcua housekeeper" };
    }

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stop.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _stop.Dispose();
    }

    private void Run()
    {
        var waitNanos = LookNanos;
        while (!_stop.WaitOne(TimeSpan.FromMilliseconds(waitNanos / 1e6)))
        {
            waitNanos = LookNanos;
            try
            {
                waitNanos = Round(MonoTime.NowNanos());
            }
            catch (Exception mistake)
            {
                _parts.Teller.Tell("housekeeping", StatusCodes.BadInternalError, $"The OPC UA server's housekeeping failed by a mistake of ours ({mistake.GetType().Name}: {mistake.Message}) and goes on; please report this.");
            }
        }
    }

    /// <summary>How long until the next one.</summary>
    private long Round(long monoNow)
    {
        var nextNanos = monoNow + LookNanos;
        foreach (var session in _parts.Sessions.All)
        {
            lock (session.Gate)
            {
                if (session.Connection is null && !session.IsOver)
                {
                    nextNanos = Math.Min(nextNanos, Keep(session, monoNow));
                }
            }
        }

        _parts.Subscriptions.TickReleased(monoNow);
        _parts.Teller.TellDue();
        return Math.Max(nextNanos - MonoTime.NowNanos(), RestNanos);
    }

    private long Keep(ServerSession session, long monoNow)
    {
        if (!session.IsTimedOut(monoNow, _parts.Settings.Limits.ActivationTimeout))
        {
            return session.Tick(monoNow, Nobody.Instance);
        }

        _parts.TimeOut(session, null);
        return long.MaxValue;
    }

    /// <summary>Requests that came by the lost channel were dropped with it, so nothing can be answered.</summary>
    private sealed class Nobody : IAnswerSender
    {
        public static readonly Nobody Instance = new();

        public void Send(uint requestId, IUaResponse response)
        {
            // There is no channel to send by.
        }
    }
}
