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
    private TimeSpan _pause = PauseFirst;
    private bool _disposed;

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

    /// <summary>Tells the thread to end, whatever it waits for; <see cref="TryEnd"/> or <see cref="Dispose"/> waits for it.</summary>
    public void Stop()
    {
        _stopping = true;
        if (!_disposed)
        {
            _driver.Cancel();
        }
    }

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
        while (!_stopping)
        {
            try
            {
                _driver.Connect();
                Status.IsConnected = true;
                SayConnectedAtFirst();
                StepUntilStopped();
            }
            catch (OperationCanceledException) when (_stopping)
            {
                // Nothing is lost: our own stop ended the wait.
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
                SleepUntil(MonoClock.NowNanos() + (_pause.Ticks * 100));
                _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, PauseMax.Ticks));
            }
        }
    }

    private void StepUntilStopped()
    {
        while (!_stopping)
        {
            var next = _driver.Step(MonoClock.NowNanos());
            Status.CountStep();
            NoteAnswer();
            SleepUntil(next);
        }
    }

    /// <summary>At the start the open link is news; after a loss that was told only an answer is.</summary>
    private void SayConnectedAtFirst()
    {
        if (!_wasTold)
        {
            _logger.Connected(_link, _devices);
        }
    }

    /// <summary>An answer ends a loss: the next one is told again, and tried again soon.</summary>
    private void NoteAnswer()
    {
        if (!_driver.HasAnswered)
        {
            return;
        }

        _pause = PauseFirst;
        if (_wasTold)
        {
            _wasTold = false;
            _logger.Connected(_link, _devices);
        }
    }

    /// <summary>
    /// Once for each loss: the signals go Bad, the log says why, the status keeps it. A link that opens and is lost again without an
    /// answer in between is the same loss.
    /// </summary>
    private void Lose(string reason)
    {
        NoteAnswer();
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
