using System.Globalization;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Orders;
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

    /// <summary>Longer than any answer takes that still comes; a stop has a second for everything.</summary>
    private const long StopMaxNanos = 400_000_000;

    /// <summary>So long a stop lets an answer come that is on its way: what a device has said is not thrown away. Serial lines take 20 ms.</summary>
    private const long AnswerMaxNanos = 100_000_000;

    /// <summary>Where something can be commanded an order waits no longer: a person sees the effect of a tenth of a second.</summary>
    private const long LookForOrdersNanos = 10_000_000;

    private readonly string _link;
    private readonly ILinkDriver _driver;
    private readonly SignalPlan[] _signals;
    private readonly SampleWriter _writer;
    private readonly ILogger _logger;
    private readonly LinkPatience _patience;
    private readonly string _devices;
    private readonly Thread _thread;
    private readonly Action _lookMeanwhile;
    private readonly OrderDesk? _desk;
    private readonly ICommandTarget? _target;
    private readonly long _lookEveryNanos;
    private volatile bool _stopping;
    private bool _started;
    private bool _wasTold;
    private bool _wasThere;
    private int _refusals;
    private LinkRefusal _refusal;
    private long _badAtMonoNanos = long.MaxValue;
    private int _badWritten;
    private TimeSpan _pause;
    private TimeSpan _pauseLogin;
    private bool _disposed;

    /// <param name="link">The port or host, as people know it.</param>
    /// <param name="driver">Speaks over the link; disposed here.</param>
    /// <param name="signals">All signals behind the link: they go Bad when it is lost.</param>
    /// <param name="writer">Writes into the link's own ring.</param>
    /// <param name="status">How the link fares is written here, and nowhere else.</param>
    /// <param name="logger">Hears of changes of state.</param>
    /// <param name="patience">How a lost link is tried again (null: as usual).</param>
    /// <param name="desk">Where orders come from (null: nothing behind the link can be commanded).</param>
    public LinkRunner(
        string link,
        ILinkDriver driver,
        IEnumerable<SignalPlan> signals,
        SampleWriter writer,
        LinkStatus status,
        ILogger<LinkRunner> logger,
        LinkPatience? patience = null,
        OrderDesk? desk = null)
    {
        ArgumentNullException.ThrowIfNull(status);
        _link = link;
        _driver = driver;
        _signals = [.. signals];
        _writer = writer;
        Status = status;
        _logger = logger;
        _patience = patience ?? LinkPatience.Usual;
        _pause = _patience.PauseFirst;
        _pauseLogin = _patience.PauseRefused;
        _devices = string.Join(", ", _signals.Select(signal => signal.Device).Distinct());
        _desk = desk is { HasTargets: true } ? desk : null;
        _target = driver as ICommandTarget;
        _lookEveryNanos = _desk is null ? LookEveryNanos : LookForOrdersNanos;
        _lookMeanwhile = () =>
        {
            TurnBadIfDue(MonoClock.NowNanos());
            _desk?.Void();
        };
        _thread = new Thread(Run) { Name = $"link {link}", IsBackground = true };
        Status.TakeOver();
    }

    public LinkStatus Status { get; }

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Ends all links at once; one that is held by a write that goes nowhere is left behind after a moment.</summary>
    public static void StopAll(IReadOnlyList<LinkRunner> runners)
    {
        ArgumentNullException.ThrowIfNull(runners);
        foreach (var runner in runners)
        {
            runner._stopping = true;
        }

        var answered = MonoClock.NowNanos() + AnswerMaxNanos;
        foreach (var runner in runners.Where(runner => runner._started))
        {
            runner._thread.Join(TimeSpan.FromTicks(Math.Max(0, answered - MonoClock.NowNanos()) / 100));
        }

        foreach (var runner in runners)
        {
            runner.Stop();
        }

        var until = MonoClock.NowNanos() + StopMaxNanos;
        foreach (var runner in runners)
        {
            var left = Math.Max(0, until - MonoClock.NowNanos());
            if (runner.TryEnd(TimeSpan.FromTicks(left / 100)))
            {
                runner.Dispose();
            }
        }
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
                _driver.Connect(_lookMeanwhile);
                _desk?.Void();
                Status.CountOpening();
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
                Lose(cause.Message, cause.Refusal);
            }
            catch (Exception cause)
            {
                // A fault of ours: told with its trace; the other links must not suffer, and this one begins anew.
                _logger.Unexpected(cause, _link, _devices);
                Lose(cause.Message, LinkRefusal.None);
            }

            if (_stopping)
            {
                // Said before the link is closed: a driver then takes leave of its device, a session of its server.
                _driver.Cancel();
            }

            _driver.Disconnect();
            _desk?.Void();
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
            ServeOrders();
            SleepUntil(next);
        }
    }

    /// <summary>Between two steps, when the link is open; else what waits is given back.</summary>
    private void ServeOrders()
    {
        if (_desk is not { HasPosted: true } desk)
        {
            return;
        }

        if (_target is null || !Status.IsConnected)
        {
            desk.Void();
            return;
        }

        desk.Serve(_target, Status.Generation, MonoClock.NowNanos());
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
        _pauseLogin = _patience.PauseRefused;
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
    private void Lose(string reason, LinkRefusal refusal)
    {
        NoteAnswer();
        if (Status.IsConnected)
        {
            Status.IsConnected = false;
            Status.CountLoss();
        }

        Status.LastError = reason;
        CountRefusal(refusal);
        var now = MonoClock.NowNanos();
        var isDoubted = _driver.Doubt(now);
        if (_wasTold)
        {
            SayRefusal(reason);

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
        _logger.LinkLost(_link, reason, _devices, quality, NextTries());
        TurnBadAt(hasGrace ? now + (_patience.Grace.Ticks * 100) : now);
        TurnBadIfDue(now);
    }

    private void CountRefusal(LinkRefusal refusal)
    {
        Status.IsRefused = refusal != LinkRefusal.None;
        _refusal = refusal;
        _refusals = refusal switch
        {
            LinkRefusal.None => 0,
            LinkRefusal.Login => Math.Max(_refusals + 1, _patience.RefusalsMax),
            _ => _refusals + 1,
        };
    }

    /// <summary>In a loss that was told, the first refusal is news, and so is the one after which it is rarely tried.</summary>
    private void SayRefusal(string reason)
    {
        if (_refusals == _patience.RefusalsMax)
        {
            _logger.Quarantined(_link, _devices, reason, NextTries());
        }
        else if (_refusals == 1)
        {
            _logger.Refused(_link, _devices, reason, NextTries());
        }
    }

    private string NextTries() => _refusal switch
    {
        LinkRefusal.None => string.Create(CultureInfo.InvariantCulture, $"trying again, at most every {_patience.PauseMax.TotalSeconds} s"),
        LinkRefusal.Login => string.Create(
            CultureInfo.InvariantCulture,
            $"trying again in {_pauseLogin.TotalSeconds} s and then ever less often, at most every {_patience.PauseLoginMax.TotalSeconds} s, for each try may lock the account; a restart of the service tries at once"),
        _ when _refusals < _patience.RefusalsMax => string.Create(
            CultureInfo.InvariantCulture, $"trying {_patience.RefusalsMax - _refusals} times more, then every {_patience.PauseRefused.TotalSeconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"only trying every {_patience.PauseRefused.TotalSeconds} s from now on"),
    };

    /// <summary>The last values have been kept as long as they may be. What the ring has no room for is written at the next look.</summary>
    private void TurnBadIfDue(long monoNow)
    {
        if (monoNow < _badAtMonoNanos)
        {
            return;
        }

        Status.MarkedMonoNanos = monoNow;
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
        var pause = isQuarantined ? PauseRefused() : _pause;
        _pause = Longer(_pause, _patience.PauseMax);
        return pause * (1 + (_patience.Jitter * ((2 * Random.Shared.NextDouble()) - 1)));
    }

    private TimeSpan PauseRefused()
    {
        if (_refusal != LinkRefusal.Login)
        {
            return _patience.PauseRefused;
        }

        var pause = _pauseLogin;
        _pauseLogin = Longer(_pauseLogin, _patience.PauseLoginMax);
        return pause;
    }

    private static TimeSpan Longer(TimeSpan pause, TimeSpan limit) => TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, limit.Ticks));

    private void SleepUntil(long monoNanos)
    {
        while (!_stopping)
        {
            var now = MonoClock.NowNanos();
            TurnBadIfDue(now);
            ServeOrders();
            if (now >= monoNanos)
            {
                return;
            }

            Pacer.SleepUntil(Math.Min(monoNanos, now + _lookEveryNanos));
        }
    }
}
