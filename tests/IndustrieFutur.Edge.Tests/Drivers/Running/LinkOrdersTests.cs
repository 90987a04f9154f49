using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Tests.Core.Orders;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>When a link's thread comes to an order, and what becomes of it while the link is not there.</summary>
public sealed class LinkOrdersTests : IDisposable
{
    private const int Capacity = 64;
    private const int Stop = 1;
    private const long LongNanos = 60_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HotMemory _memory = new(SampleRing.BytesNeeded(Capacity, 0, 0) + LedgerCounters.BytesNeeded(1) + LinkStatus.BytesNeeded);
    private readonly OrderScene _scene = new();
    private readonly ObeyingDriver _driver = new();
    private readonly SampleRing _ring;
    private LinkRunner? _runner;

    public LinkOrdersTests() => _ring = new SampleRing(_memory, Capacity, 0, 0);

    public void Dispose()
    {
        (_driver.Holds, _driver.Hangs) = (false, false);
        _runner?.Dispose();
        _scene.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void An_order_is_served_within_some_milliseconds_though_the_next_step_is_a_minute_away()
    {
        _driver.StepNanos = LongNanos;
        Begin(_driver);
        var waits = new List<long>();

        for (var i = 0; i < 15; i++)
        {
            var posted = MonoClock.NowNanos();
            var report = Give();
            Assert.Equal(OrderVerdict.Taken, report.Verdict);
            waits.Add(report.TakenMonoNanos - posted);
        }

        // Half of them: on a machine that does other things some wait longer.
        waits.Sort();
        Assert.True(waits[waits.Count / 2] <= 20_000_000, $"waited {string.Join(", ", waits.Select(wait => wait / 1_000_000))} ms");
        Assert.Equal((15, 1), (_driver.Told, _driver.Steps));
    }

    [Fact]
    public void Orders_come_between_steps_and_never_into_one()
    {
        _driver.StepNanos = 0;
        Begin(_driver);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(OrderVerdict.Taken, Give().Verdict);
        }

        Assert.False(_driver.WasToldInAStep);
    }

    [Fact]
    public void An_order_that_waits_when_the_link_is_lost_is_given_back_and_never_sent()
    {
        Begin(_driver);
        _driver.Holds = true;
        Until(() => _driver.IsHeld);

        Assert.True(_scene.Box.TryPost(0, NewOrder()));
        _driver.IsCut = true;
        _driver.Holds = false;

        Assert.Equal((OrderVerdict.NotSent, OrderCause.LinkLost), Outcome(Collect()));
        Assert.Equal(0, _driver.Told);
    }

    [Fact]
    public void An_order_that_comes_while_the_link_is_being_opened_is_given_back()
    {
        _driver.Hangs = true;
        Begin(_driver, isOpen: false);
        Until(() => _driver.Connects > 0);

        Assert.True(_scene.Box.TryPost(0, NewOrder()));
        var report = Collect();
        var stillHangs = _runner!.Status.State == LinkState.Connecting;
        _driver.Hangs = false;
        Until(() => _runner.Status.IsConnected);

        Assert.True(stillHangs);
        Assert.Equal((OrderVerdict.NotSent, OrderCause.LinkLost), Outcome(report));
        Assert.Equal(0, _driver.Told);
    }

    [Fact]
    public void An_order_that_comes_while_the_link_rests_after_a_loss_is_given_back()
    {
        _driver.IsCut = true;
        Begin(_driver, isOpen: false, new LinkPatience { PauseFirst = TimeSpan.FromMinutes(1), PauseMax = TimeSpan.FromMinutes(1) });
        Until(() => _runner!.Status.State == LinkState.Backoff);

        Assert.True(_scene.Box.TryPost(0, NewOrder()));

        Assert.Equal((OrderVerdict.NotSent, OrderCause.LinkLost), Outcome(Collect()));
    }

    [Fact]
    public void An_order_of_the_opening_before_is_not_sent_over_the_next_one()
    {
        Begin(_driver);
        var old = NewOrder();
        _driver.IsCut = true;
        Until(() => _runner!.Status.Losses > 0);
        _driver.IsCut = false;
        Until(() => _runner!.Status.IsConnected);

        Assert.True(_scene.Box.TryPost(0, old));

        Assert.Equal((OrderVerdict.NotSent, OrderCause.LinkLost), Outcome(Collect()));
        Assert.Equal(OrderVerdict.Taken, Give().Verdict);
        Assert.Equal(1, _driver.Told);
    }

    [Fact]
    public void A_driver_that_can_do_no_order_gives_it_back()
    {
        Begin(new DeafDriver(_driver));

        Assert.True(_scene.Box.TryPost(0, NewOrder()));

        Assert.Equal((OrderVerdict.NotSent, OrderCause.LinkLost), Outcome(Collect()));
        Assert.Equal(0, _driver.Told);
    }

    private static (OrderVerdict Verdict, OrderCause Cause) Outcome(in OrderReport report) => (report.Verdict, report.Cause);

    private static void Until(Func<bool> isReached) => Assert.True(SpinWait.SpinUntil(isReached, Patience));

    private void Begin(ILinkDriver driver, bool isOpen = true, LinkPatience? patience = null)
    {
        var signal = new SignalPlan { Index = 0, Id = "a", Device = "d", RawKind = ValueKind.Int64 };
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));
        _runner = new LinkRunner(
            "line",
            driver,
            [signal],
            writer,
            new LinkStatus(_memory),
            NullLogger<LinkRunner>.Instance,
            patience ?? new LinkPatience { PauseFirst = TimeSpan.FromMilliseconds(1), PauseMax = TimeSpan.FromMilliseconds(2) },
            _scene.NewDesk());
        _runner.Start();
        if (isOpen)
        {
            Until(() => _runner.Status.IsConnected && _driver.Steps > 0);
        }
    }

    /// <summary>A stop, which asks for no values: what they say is the desk's tests.</summary>
    private Order NewOrder() => _scene.Order(command: Stop, generation: _runner!.Status.Generation, lifeNanos: LongNanos);

    private OrderReport Give()
    {
        Assert.True(_scene.Box.TryPost(0, NewOrder()));
        return Collect();
    }

    private OrderReport Collect()
    {
        var report = default(OrderReport);
        Until(() => _scene.Box.TryCollect(0, out report));
        return report;
    }

    /// <summary>A driver that does what it is told, and steps, hangs and breaks as the test says.</summary>
    private sealed class ObeyingDriver : ILinkDriver, ICommandTarget
    {
        private volatile bool _isCut;
        private volatile bool _holds;
        private volatile bool _isHeld;
        private volatile bool _hangs;
        private volatile bool _isInStep;
        private volatile bool _wasToldInAStep;
        private volatile int _connects;
        private volatile int _steps;
        private volatile int _told;
        private long _stepNanos = 1_000_000;

        public bool HasAnswered => true;

        public int Connects => _connects;

        public int Steps => _steps;

        public int Told => _told;

        public bool WasToldInAStep => _wasToldInAStep;

        /// <summary>A step waits until it is false.</summary>
        public bool Holds
        {
            get => _holds;
            set => _holds = value;
        }

        public bool IsHeld => _isHeld;

        public bool IsCut
        {
            get => _isCut;
            set => _isCut = value;
        }

        /// <summary>Connecting waits until it is false.</summary>
        public bool Hangs
        {
            get => _hangs;
            set => _hangs = value;
        }

        /// <summary>From the end of one step to the next.</summary>
        public long StepNanos
        {
            get => Volatile.Read(ref _stepNanos);
            set => Volatile.Write(ref _stepNanos, value);
        }

        public void Connect() => _connects++;

        public void Connect(Action whileWaiting)
        {
            Connect();
            while (_hangs)
            {
                whileWaiting();
                Pacer.SleepUntil(MonoClock.NowNanos() + 1_000_000);
            }
        }

        public long Step(long monoNow)
        {
            _isInStep = true;
            while (_holds)
            {
                _isHeld = true;
                Pacer.SleepUntil(MonoClock.NowNanos() + 1_000_000);
            }

            _isInStep = false;
            _steps++;
            return _isCut ? throw new LinkLostException("Nobody answers.") : monoNow + StepNanos;
        }

        public OrderAnswer Execute(Order order, CommandPlan command)
        {
            _wasToldInAStep |= _isInStep;
            _told++;
            return OrderAnswer.Taken();
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

    /// <summary>The same as one that only reads.</summary>
    private sealed class DeafDriver(ObeyingDriver driver) : ILinkDriver
    {
        public bool HasAnswered => driver.HasAnswered;

        public void Connect() => driver.Connect();

        public long Step(long monoNow) => driver.Step(monoNow);

        public void Cancel() => driver.Cancel();

        public void Disconnect() => driver.Disconnect();

        public void Dispose() => driver.Dispose();
    }
}
