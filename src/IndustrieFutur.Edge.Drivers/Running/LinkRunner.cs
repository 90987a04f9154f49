using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>
/// Keeps one link open and its driver at work, on one thread of its own, whatever the devices do: pace, retry, quality of a lost
/// link, log and status are here and nowhere else.
/// </summary>
public sealed class LinkRunner : IDisposable
{
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);

    /// <summary>A device that comes back is read again within two seconds of its return, so a try is due at least every second.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    /// <summary>The longest the thread sleeps without looking whether it is to stop: stopping takes under a second.</summary>
    private const long LookEveryNanos = 50_000_000;

    /// <summary>A connection that was opened again counts as good when it has held for so long: three timeouts end a silent one sooner.</summary>
    private const long HoldsAfterNanos = 4_000_000_000;

    private readonly string _link;
    private readonly ILinkDriver _driver;
    private readonly SignalPlan[] _signals;
    private readonly SampleWriter _writer;
    private readonly ILogger _logger;
    private readonly string _devices;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _started;
    private bool _wasTold;
    private bool _disposed;
    private long _connectedMonoNanos;

    /// <param name="link">The port or host, as people know it.</param>
    /// <param name="driver">Speaks over the link; disposed here.</param>
    /// <param name="signals">All signals behind the link: they go Bad when it is lost.</param>
    /// <param name="writer">Writes into the link's own ring.</param>
    /// <param name="logger">Hears of changes of state.</param>
    public LinkRunner(string link, ILinkDriver driver, IEnumerable<SignalPlan> signals, SampleWriter writer, ILogger<LinkRunner> logger)
    {
        _link = link;
        _driver = driver;
        _signals = [.. signals];
        _writer = writer;
        _logger = logger;
        _devices = string.Join(", ", _signals.Select(signal => signal.Device).Distinct());
        _thread = new Thread(Run) { Name = $"link {link}", IsBackground = true };
    }

    public string Link => _link;

    public string Devices => _devices;

    public LinkStatus Status { get; } = new();

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Tells the thread to end; <see cref="TryEnd"/> or <see cref="Dispose"/> waits for it.</summary>
    public void Stop() => _stopping = true;

    /// <summary>
    /// Waits for the thread's end, at most so long: it may be waiting for the answer of a dead device. False: it still runs, and what
    /// it writes into must live on.
    /// </summary>
    public bool TryEnd(TimeSpan limit)
    {
        Stop();
        return !_started || _thread.Join(limit);
    }

    public void Dispose()
    {
        TryEnd(Timeout.InfiniteTimeSpan);
        if (!_disposed)
        {
            _disposed = true;
            _driver.Dispose();
        }
    }

    private void Run()
    {
        var pause = PauseFirst;
        while (!_stopping)
        {
            try
            {
                _driver.Connect();
                _connectedMonoNanos = MonoClock.NowNanos();
                Status.IsConnected = true;
                if (!_wasTold || Status.Losses == 0)
                {
                    _logger.Connected(_link, _devices);
                }

                StepUntilStopped(ref pause);
            }
            catch (LinkLostException cause)
            {
                Lose(cause.Message);
            }
            catch (Exception cause)
            {
                // A fault of ours: told with its trace; the other links must not suffer, and this one begins anew.
                _logger.Unexpected(cause, _link, _devices);
                Lose(cause.Message);
            }

            _driver.Disconnect();
            if (!_stopping)
            {
                SleepUntil(MonoClock.NowNanos() + (pause.Ticks * 100));
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, PauseMax.Ticks));
            }
        }
    }

    private void StepUntilStopped(ref TimeSpan pause)
    {
        while (!_stopping)
        {
            var now = MonoClock.NowNanos();
            var next = _driver.Step(now);
            Status.CountStep();
            if (_wasTold && now - _connectedMonoNanos > HoldsAfterNanos)
            {
                // Only now it counts as back: a host that takes connections and never answers would be told of for ever.
                _wasTold = false;
                pause = PauseFirst;
                _logger.Connected(_link, _devices);
            }

            SleepUntil(next);
        }
    }

    /// <summary>Once for each loss: the signals go Bad, the log says why, the status keeps it.</summary>
    private void Lose(string reason)
    {
        if (Status.IsConnected)
        {
            Status.IsConnected = false;
            Status.CountLoss();
        }

        Status.LastError = reason;
        if (_wasTold)
        {
            return;
        }

        _wasTold = true;
        _logger.LinkLost(_link, reason, _devices, PauseMax.TotalSeconds);
        var now = MonoClock.NowNanos();
        for (var i = 0; i < _signals.Length; i++)
        {
            _writer.Write(_signals[i].Index, StatusCode.BadNoCommunication, 0, now);
        }
    }

    private void SleepUntil(long monoNanos)
    {
        while (!_stopping)
        {
            var now = MonoClock.NowNanos();
            if (now >= monoNanos)
            {
                return;
            }

            Pacer.SleepUntil(Math.Min(monoNanos, now + LookEveryNanos));
        }
    }
}
