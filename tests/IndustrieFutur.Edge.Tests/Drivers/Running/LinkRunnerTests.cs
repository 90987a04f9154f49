using System.Collections.Concurrent;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>What the runner says and marks when links come and go, with a driver that the test commands.</summary>
public sealed class LinkRunnerTests : IDisposable
{
    private const int Capacity = 1_024;
    private const int LogConnected = 2001;
    private const int LogLost = 2002;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HotMemory _memory = new(SampleRing.BytesNeeded(Capacity, 0, 0) + LedgerCounters.BytesNeeded(1));
    private readonly SampleRing _ring;
    private readonly CommandedDriver _driver = new();
    private readonly EventLog _log = new();
    private readonly LinkRunner _runner;

    public LinkRunnerTests()
    {
        _ring = new SampleRing(_memory, Capacity, 0, 0);
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));
        var signal = new SignalPlan { Index = 0, Id = "a", Device = "plc", RawKind = ValueKind.Int64 };
        _runner = new LinkRunner("line", _driver, [signal], writer, _log);
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

    private static void Until(Func<bool> isReached) => Assert.True(SpinWait.SpinUntil(isReached, Patience));

    /// <summary>A driver that connects whenever it is asked and is lost when the test says so.</summary>
    private sealed class CommandedDriver : ILinkDriver
    {
        private volatile int _connects;
        private volatile bool _isCut;
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

        public void Connect() => _connects++;

        public long Step(long monoNow) => IsCut ? throw new LinkLostException("Nobody answers.") : monoNow + 10_000_000;

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

    /// <summary>The numbers of what was logged, in order.</summary>
    private sealed class EventLog : ILogger<LinkRunner>
    {
        private readonly ConcurrentQueue<int> _events = new();

        public IReadOnlyCollection<int> Events => [.. _events];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _events.Enqueue(eventId.Id);
    }
}
