using System.Collections.Concurrent;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>What the runner says and marks when links come and go, with a driver that the test commands.</summary>
public sealed class LinkRunnerTests : IDisposable
{
    private const int Capacity = 1_024;
    private const int LogConnected = 2001;
    private const int LogLost = 2002;
    private const int LogQuarantined = 2004;
    private const int LogRefused = 2005;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HotMemory _memory = new(SampleRing.BytesNeeded(Capacity, 0, 0) + (2 * (LedgerCounters.BytesNeeded(1) + LinkStatus.BytesNeeded)));
    private readonly SampleRing _ring;
    private readonly CommandedDriver _driver = new();
    private readonly EventLog _log = new();
    private readonly LinkRunner _runner;

    public LinkRunnerTests()
    {
        _ring = new SampleRing(_memory, Capacity, 0, 0);
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));
        var signal = new SignalPlan { Index = 0, Id = "a", Device = "plc", RawKind = ValueKind.Int64 };
        _runner = new LinkRunner("line", _driver, [signal], writer, new LinkStatus(_memory), _log);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void A_link_that_opens_and_is_lost_without_an_answer_is_told_and_marked_once()
    {
        _driver.IsCut = true;

        _runner.Start();
        Until(() => _driver.Connects >= 4);

        Assert.Equal([LogConnected, LogLost], _log.Events);
        Assert.Equal(1, _ring.Peek(Capacity).Length);
        Assert.True(_runner.Status.Losses >= 3);
    }

    [Fact]
    public void A_loss_after_an_answer_is_told_and_marked_again()
    {
        _driver.IsCut = true;
        _runner.Start();
        Until(() => _driver.Connects >= 2);

        _driver.IsCut = false;
        Until(() => _runner.Status.Steps > 0);
        _driver.HasAnswered = true;
        Until(() => _log.Events.Count == 3);
        _driver.IsCut = true;
        Until(() => _log.Events.Count >= 4);
        Until(() => _ring.Peek(Capacity).Length >= 2);

        Assert.Equal([LogConnected, LogLost, LogConnected, LogLost], _log.Events.Take(4));
    }

    [Fact]
    public void A_link_whose_first_step_answers_and_breaks_was_there()
    {
        _driver.HasAnswered = true;
        _driver.IsCut = true;

        _runner.Start();
        Until(() => _log.Events.Count >= 4);

        Assert.Equal([LogConnected, LogLost, LogConnected, LogLost], _log.Events.Take(4));
    }

    [Fact]
    public void A_device_that_refuses_us_again_and_again_is_quarantined_and_one_that_is_away_is_not()
    {
        using var refused = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), RefusalsMax = 3, PauseRefused = TimeSpan.FromHours(1) });
        _driver.Refusal = LinkRefusal.Client;

        refused.Start();
        Until(() => refused.Status.State == LinkState.Quarantined);

        Assert.Equal(3, _driver.Connects);
        Assert.Equal([LogLost, LogQuarantined], _log.Events);
        Assert.Contains("trying 2 times more, then every 3600 s", _log.Sentences.First());
        Assert.True(refused.Status.IsRefused);
    }

    [Fact]
    public void A_refused_login_is_tried_once_and_then_ever_less_often()
    {
        using var refused = Runner(new LinkPatience
        {
            PauseFirst = TimeSpan.FromMilliseconds(1),
            PauseRefused = TimeSpan.FromMilliseconds(20),
            PauseLoginMax = TimeSpan.FromMilliseconds(80),
        });
        _driver.Refusal = LinkRefusal.Login;

        var beganNanos = MonoClock.NowNanos();
        refused.Start();
        Until(() => refused.Status.State == LinkState.Quarantined);
        var first = _driver.Connects;
        Until(() => _driver.Connects == 5);
        var tookMillis = (MonoClock.NowNanos() - beganNanos) / 1_000_000;

        Assert.Equal(1, first);
        Assert.True(tookMillis >= 20 + 40 + 80 + 80, $"{tookMillis} ms");
        Assert.Equal([LogLost], _log.Events);
        Assert.Contains("trying again in 0.02 s and then ever less often, at most every 0.08 s", Assert.Single(_log.Sentences));
    }

    [Fact]
    public void A_device_that_comes_back_and_refuses_us_is_told_at_the_first_refusal()
    {
        using var runner = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), RefusalsMax = 3, PauseRefused = TimeSpan.FromHours(1) });
        _driver.IsCut = true;
        runner.Start();
        Until(() => _driver.Connects >= 2);

        _driver.Refusal = LinkRefusal.Client;
        Until(() => runner.Status.State == LinkState.Quarantined);

        Assert.Equal([LogConnected, LogLost, LogRefused, LogQuarantined], _log.Events);
    }

    [Fact]
    public void A_device_that_is_away_is_tried_on_and_never_quarantined()
    {
        using var away = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), PauseMax = TimeSpan.FromMilliseconds(2), RefusalsMax = 3, PauseRefused = TimeSpan.FromHours(1) });
        _driver.IsCut = true;

        away.Start();
        Until(() => _driver.Connects >= 10);

        Assert.NotEqual(LinkState.Quarantined, away.Status.State);
    }

    [Fact]
    public void Last_values_are_doubted_through_the_grace_and_then_the_signals_are_Bad()
    {
        using var graceful = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), PauseMax = TimeSpan.FromMilliseconds(20), Grace = TimeSpan.FromMilliseconds(200) });
        _driver.HasAnswered = true;
        graceful.Start();
        Until(() => graceful.Status.State == LinkState.Live && graceful.Status.Steps > 0);

        _driver.HasAnswered = false;
        _driver.IsCut = true;
        Until(() => _driver.Doubts == 1);
        var atOnce = _ring.Peek(Capacity).Length;
        Until(() => _ring.Peek(Capacity).Length > 0);

        Assert.Equal(0, atOnce);
        Assert.Equal(StatusCode.BadNoCommunication, _ring.Peek(Capacity)[0].Status);
        Assert.Equal(1, _driver.Doubts);
    }

    [Fact]
    public void Signals_turn_Bad_while_a_connection_hangs()
    {
        using var graceful = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), PauseMax = TimeSpan.FromMilliseconds(20), Grace = TimeSpan.FromMilliseconds(200) });
        _driver.HasAnswered = true;
        graceful.Start();
        Until(() => graceful.Status.State == LinkState.Live && graceful.Status.Steps > 0);

        _driver.HasAnswered = false;
        _driver.Hangs = true;
        _driver.IsCut = true;
        Until(() => _ring.Peek(Capacity).Length > 0);
        var stillHangs = graceful.Status.State == LinkState.Connecting;
        _driver.Hangs = false;

        Assert.True(stillHangs);
        Assert.Equal(StatusCode.BadNoCommunication, _ring.Peek(Capacity)[0].Status);
    }

    [Fact]
    public void Signals_that_a_failing_connection_called_good_are_doubted_again_and_turn_Bad_again()
    {
        using var graceful = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), PauseMax = TimeSpan.FromMilliseconds(5), Grace = TimeSpan.FromMilliseconds(100) });
        _driver.HasAnswered = true;
        graceful.Start();
        Until(() => graceful.Status.Steps > 0);
        _driver.HasAnswered = false;
        _driver.IsCut = true;
        Until(() => _ring.Waiting == 1);

        _driver.SpeaksAndBreaks = true;
        Until(() => _driver.Doubts >= 2);
        _driver.SpeaksAndBreaks = false;

        Until(() => _ring.Waiting == 2);
        Assert.Equal(StatusCode.BadNoCommunication, _ring.Peek(Capacity)[1].Status);
    }

    [Fact]
    public void Without_a_grace_the_driver_still_learns_that_its_values_are_doubted()
    {
        _driver.HasAnswered = true;
        _runner.Start();
        Until(() => _runner.Status.Steps > 0);

        _driver.IsCut = true;

        Until(() => _driver.Doubts == 1);
        Until(() => _ring.Peek(Capacity).Length > 0);
    }

    [Fact]
    public void Signals_turn_Bad_as_soon_as_the_ring_has_room_for_it()
    {
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));
        for (var i = 0; i < Capacity; i++)
        {
            writer.Write(0, StatusCode.Good, i, 0);
        }

        _driver.IsCut = true;
        _runner.Start();
        Until(() => _ring.Refused > 0);
        _ring.Advance(_ring.Peek(Capacity).Length);

        Until(() => _ring.Waiting == 1);
        Assert.Equal(StatusCode.BadNoCommunication, _ring.Peek(Capacity)[0].Status);
    }

    [Fact]
    public void A_link_that_is_back_within_the_grace_never_turns_Bad()
    {
        using var graceful = Runner(new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), PauseMax = TimeSpan.FromMilliseconds(5), Grace = TimeSpan.FromMilliseconds(300) });
        _driver.HasAnswered = true;
        graceful.Start();
        Until(() => graceful.Status.Steps > 0);

        _driver.IsCut = true;
        Until(() => _driver.Doubts == 1);
        _driver.IsCut = false;
        var back = MonoClock.NowNanos();
        Until(() => MonoClock.NowNanos() - back > 600_000_000);

        Assert.Equal(0, _ring.Peek(Capacity).Length);
        Assert.Equal(LinkState.Live, graceful.Status.State);
    }

    [Fact]
    public void A_driver_that_waits_for_what_should_come_is_stale()
    {
        _runner.Start();
        Until(() => _runner.Status.State == LinkState.Live);

        _driver.IsOverdue = true;

        Until(() => _runner.Status.State == LinkState.Stale);
        Assert.True(_runner.Status.IsConnected);
    }

    [Fact]
    public void What_a_killed_runner_had_open_is_lost_when_the_next_one_takes_the_link_over()
    {
        _runner.Start();
        Until(() => _runner.Status.IsConnected && _runner.Status.Steps > 0);
        _runner.Dispose();
        var (status, steps) = (_runner.Status, _runner.Status.Steps);

        using var next = new LinkRunner("line", new CommandedDriver(), [], Writer(), status, _log);

        Assert.Equal((LinkState.Connecting, false, 1, steps), (status.State, status.IsConnected, status.Losses, status.Steps));
    }

    [Fact]
    public void Taking_a_link_over_that_was_never_open_loses_nothing() => Assert.Equal(
        (LinkState.Connecting, false, 0, ""), (_runner.Status.State, _runner.Status.IsConnected, _runner.Status.Losses, _runner.Status.LastError));

    private LinkRunner Runner(LinkPatience patience)
    {
        var signal = new SignalPlan { Index = 0, Id = "a", Device = "plc", RawKind = ValueKind.Int64 };
        return new LinkRunner("line", _driver, [signal], Writer(), new LinkStatus(_memory), _log, patience);
    }

    private SampleWriter Writer() => new(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));

    private static void Until(Func<bool> isReached) => Assert.True(SpinWait.SpinUntil(isReached, Patience));

    /// <summary>A driver that connects whenever it is asked and is lost when the test says so.</summary>
    private sealed class CommandedDriver : ILinkDriver
    {
        private volatile int _connects;
        private volatile int _doubts;
        private volatile bool _isCut;
        private volatile bool _hangs;
        private volatile LinkRefusal _refusal;
        private volatile bool _isMarked = true;
        private volatile bool _speaksAndBreaks;
        private volatile bool _hasAnswered;

        public int Connects => _connects;

        public bool IsCut
        {
            get => _isCut;
            set => _isCut = value;
        }

        public bool HasAnswered
        {
            get => _hasAnswered;
            set => _hasAnswered = value;
        }

        public bool IsOverdue { get; set; }

        /// <summary>Connecting waits until it is false.</summary>
        public bool Hangs
        {
            get => _hangs;
            set => _hangs = value;
        }

        public LinkRefusal Refusal
        {
            get => _refusal;
            set => _refusal = value;
        }

        /// <summary>Connecting brings values and fails then.</summary>
        public bool SpeaksAndBreaks
        {
            get => _speaksAndBreaks;
            set => _speaksAndBreaks = value;
        }

        /// <summary>How often values were doubted that were not before.</summary>
        public int Doubts => _doubts;

        public void Connect()
        {
            _connects++;
            if (Refusal != LinkRefusal.None)
            {
                throw new LinkLostException("Not you.") { Refusal = Refusal };
            }

            if (SpeaksAndBreaks)
            {
                _isMarked = false;
                throw new LinkLostException("It broke half-way.");
            }
        }

        public void Connect(Action whileWaiting)
        {
            while (_hangs)
            {
                whileWaiting();
                Pacer.SleepUntil(MonoClock.NowNanos() + 1_000_000);
            }

            Connect();
        }

        public bool Doubt(long monoNow)
        {
            var isNews = !_isMarked;
            _doubts += isNews ? 1 : 0;
            _isMarked = true;
            return isNews;
        }

        public long Step(long monoNow)
        {
            if (IsCut)
            {
                throw new LinkLostException("Nobody answers.");
            }

            _isMarked = false;
            return monoNow + 10_000_000;
        }

        public void Cancel()
        {
        }

        public void Disconnect()
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>The numbers and sentences of what was logged, in order.</summary>
    private sealed class EventLog : ILogger<LinkRunner>
    {
        private readonly ConcurrentQueue<(int Event, string Sentence)> _said = new();

        public IReadOnlyCollection<int> Events => [.. _said.Select(said => said.Event)];

        public IReadOnlyCollection<string> Sentences => [.. _said.Select(said => said.Sentence)];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _said.Enqueue((eventId.Id, formatter(state, exception)));
    }
}
