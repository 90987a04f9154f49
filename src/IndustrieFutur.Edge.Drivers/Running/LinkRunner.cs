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
    /// <summary>The longest the thread sleeps without looking whether it is to stop: stopping takes under a second.</summary>
    private const long LookEveryNanos = 50_000_000;

    private readonly string _link;
    private readonly ILinkDriver _driver;
    private readonly SignalPlan[] _signals;
    private readonly SampleWriter _writer;
    private readonly ILogger _logger;
    private readonly LinkPatience _patience;
    private readonly string _devices;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _started;
    private bool _wasTold;
    private bool _wasThere;
    private int _refusals;
    private long _badAtMonoNanos = long.MaxValue;
    private int _badWritten;
    private TimeSpan _pause;
    private bool _disposed;

    /// <param name="link">The port or host, as people know it.</param>
    /// <param name="driver">Speaks over the link; disposed here.</param>
    /// <param name="signals">All signals behind the link: they go Bad when it is lost.</param>
    /// <param name="writer">Writes into the link's own ring.</param>
    /// <param name="logger">Hears of changes of state.</param>
    /// <param name="patience">How a lost link is tried again (null: as usual).</param>
    public LinkRunner(
        string link, ILinkDriver driver, IEnumerable<SignalPlan> signals, SampleWriter writer, ILogger<LinkRunner> logger, LinkPatience? patience = null)
    {
        _link = link;
        _driver = driver;
        _signals = [.. signals];
        _writer = writer;
        _logger = logger;
        _patience = patience ?? LinkPatience.Usual;
        _pause = _patience.PauseFirst;
        _devices = string.Join(", ", _signals.Select(signal => signal.Device).Distinct());
        _thread = new Thread(Run) { Name = $"link {link}", IsBackground = true };
    }

    public string Link => _link;

    public string Devices => _devices;

    /// <summary>Speaks over the link; for its numbers only, its methods belong to the thread.</summary>
    public ILinkDriver Driver => _driver;

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
                Status.State = LinkState.Connecting;
                _driver.Connect();
                Status.IsConnected = true;
                Status.IsRefused = false;
                Status.State = LinkState.Live;
                SayConnectedAtFirst();
                StepUntilStopped();
            }
            catch (OperationCanceledException) when (_stopping)
            {
                // Nothing is lost: our own stop ended the wait.
            }
            catch (LinkLostException cause)
            {
                Lose(cause.Message, cause.IsRefusal);
            }
            catch (Exception cause)
            {
                // A fault of ours: told with its trace; the other links must not suffer, and this one begins anew.
                _logger.Unexpected(cause, _link, _devices);
                Lose(cause.Message, isRefusal: false);
            }

            _driver.Disconnect();
            if (!_stopping)
            {
                var pause = NextPause();
                SleepUntil(MonoClock.NowNanos() + (pause.Ticks * 100));
            }
        }
    }

    private void StepUntilStopped()
    {
        while (!_stopping)
        {
            var next = _driver.Step(MonoClock.NowNanos());
            Status.CountStep();
            Status.State = _driver.IsOverdue ? LinkState.Stale : LinkState.Live;
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

        _wasThere = true;
        _refusals = 0;
        TurnBadAt(long.MaxValue);
        _pause = _patience.PauseFirst;
        if (_wasTold)
        {
            _wasTold = false;
            _logger.Connected(_link, _devices);
        }
    }

    /// <summary>
    /// Once for each loss: the signals are doubted or go Bad, the log says why, the status keeps it. A link that opens and is lost again
    /// without an answer in between is the same loss.
    /// </summary>
    private void Lose(string reason, bool isRefusal)
    {
        NoteAnswer();
        if (Status.IsConnected)
        {
            Status.IsConnected = false;
            Status.CountLoss();
        }

        Status.LastError = reason;
        Status.IsRefused = isRefusal;
        _refusals = isRefusal ? _refusals + 1 : 0;
        if (_refusals == _patience.RefusalsMax)
        {
            _logger.Quarantined(_link, _refusals, _patience.PauseRefused.TotalSeconds, reason);
        }

        var now = MonoClock.NowNanos();
        var isDoubted = _driver.Doubt(now);
        if (_wasTold)
        {
            // The try failed half-way and had called values good by then: they have the grace from now on.
            if (isDoubted)
            {
                TurnBadAt(now + (_patience.Grace.Ticks * 100));
            }

            return;
        }

        _wasTold = true;
        var hasGrace = _wasThere && _patience.Grace > TimeSpan.Zero;
        _wasThere = false;
        var quality = hasGrace ? $"Uncertain, and Bad in {_patience.Grace.TotalSeconds:0.#} s" : "Bad";
        _logger.LinkLost(_link, reason, _devices, quality, _patience.PauseMax.TotalSeconds);
        TurnBadAt(hasGrace ? now + (_patience.Grace.Ticks * 100) : now);
        TurnBadIfDue(now);
    }

    /// <summary>The last values have been kept as long as they may be. What the ring has no room for is written at the next look.</summary>
    private void TurnBadIfDue(long monoNow)
    {
        if (monoNow < _badAtMonoNanos)
        {
            return;
        }

        while (_badWritten < _signals.Length)
        {
            if (!_writer.Write(_signals[_badWritten].Index, StatusCode.BadNoCommunication, 0, monoNow))
            {
                return;
            }

            _badWritten++;
        }

        TurnBadAt(long.MaxValue);
    }

    private void TurnBadAt(long monoNanos)
    {
        _badAtMonoNanos = monoNanos;
        _badWritten = 0;
    }

    /// <summary>Longer after each try, up to a limit; much longer when the device itself says no.</summary>
    private TimeSpan NextPause()
    {
        var isQuarantined = _refusals >= _patience.RefusalsMax;
        Status.State = isQuarantined ? LinkState.Quarantined : LinkState.Backoff;
        var pause = isQuarantined ? _patience.PauseRefused : _pause;
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, _patience.PauseMax.Ticks));
        return pause * (1 + (_patience.Jitter * ((2 * Random.Shared.NextDouble()) - 1)));
    }

    private void SleepUntil(long monoNanos)
    {
        while (!_stopping)
        {
            var now = MonoClock.NowNanos();
            TurnBadIfDue(now);
            if (now >= monoNanos)
            {
                return;
            }

            Pacer.SleepUntil(Math.Min(monoNanos, now + LookEveryNanos));
        }
    }
}
