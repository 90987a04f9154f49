using System.Text;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>
/// Asks the dashboard of a robot of Universal Robots how it is, one question at a time, and tells it to load, play, pause or stop where
/// the configuration declares that and the command gate has let it through.
/// </summary>
public sealed class DashboardDriver : ILinkDriver, ICommandTarget
{
    public static readonly DriverKind Kind = new(
        "dashboard",
        typeof(DashboardOptions),
        device => ((DashboardOptions)device).Address,
        (_, _) => "a robot's dashboard is one device, so that one order at a time is under way; put the signals and targets of both into one",
        (devices, writer, _, _) => new DashboardDriver(devices[0], writer));

    /// <summary>A connection nothing is asked on is looked at so often: one that is gone shows within a second.</summary>
    private const long LookEveryNanos = 500_000_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, IByteLink> _open;
    private readonly DashboardOptions _options;
    private readonly int _device;
    private readonly DashboardGroup[] _groups;
    private readonly DashboardOrders _orders;
    private readonly SampleWriter _writer;
    private IByteLink? _link;
    private DashboardLine? _line;
    private LinkBrokenException? _broken;

    internal DashboardDriver(DeviceBinding device, SampleWriter writer, Func<CancellationToken, IByteLink>? open = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(writer);
        _options = (DashboardOptions)device.Options;
        _open = open ?? _options.OpenLink;
        _device = device.Plan.Index;
        _groups = [.. _options.Groups.Values.Select(group => new DashboardGroup(Bind(device, group), group.Interval.Ticks * TimeSpan.NanosecondsPerTick))];
        _orders = new DashboardOrders(_options.Targets.Values);
        _writer = writer;
    }

    /// <inheritdoc/>
    public bool HasAnswered { get; private set; }

    /// <inheritdoc/>
    public void Connect() => Connect(static () => { });

    /// <inheritdoc/>
    public void Connect(Action whileWaiting)
    {
        Disconnect();
        try
        {
            _link = _open(_stop.Token);
            var line = new DashboardLine(_link, _options.Address, _options.Timeout.Ticks * TimeSpan.NanosecondsPerTick, _stop.Token);
            CheckGreeting(line.Read(whileWaiting));
            _line = line;
        }
        catch (LinkBrokenException broken)
        {
            throw new LinkLostException(broken.Message, broken);
        }

        var now = MonoClock.NowNanos();
        foreach (var group in _groups)
        {
            group.Restart(now);
        }
    }

    /// <inheritdoc/>
    public long Step(long monoNow)
    {
        if (_broken is { } told)
        {
            throw new LinkLostException(told.Message, told);
        }

        var line = _line ?? throw new InvalidOperationException("The driver steps before it is connected.");
        try
        {
            var next = NextGroup();
            if (next.DueMonoNanos > monoNow)
            {
                line.Look();
                return Math.Min(next.DueMonoNanos, monoNow + LookEveryNanos);
            }

            var answer = line.Ask(next.Current.Question.Line);
            next.Current.Write(answer, _writer, line.ArrivalMonoNanos);
            next.Advance(line.ArrivalMonoNanos);
            HasAnswered = true;
            return Math.Min(NextGroup().DueMonoNanos, line.ArrivalMonoNanos + LookEveryNanos);
        }
        catch (LinkBrokenException broken)
        {
            throw new LinkLostException(broken.Message, broken);
        }
    }

    /// <inheritdoc/>
    public OrderAnswer Execute(Order order, CommandPlan command)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(command);
        if (_line is not { } line || command.Device != _device)
        {
            return new OrderAnswer(OrderVerdict.NotSent, 0, "the robot's dashboard is not connected, or another device is meant");
        }

        var answer = _orders.Execute(line, order, command.Target, out var broken);
        if (broken is not null)
        {
            // Closed now: what is still on its way must find nobody. The next step says that the link is lost.
            Disconnect();
            _broken = broken;
        }

        return answer;
    }

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Disconnect()
    {
        HasAnswered = false;
        _broken = null;
        _line = null;
        _link?.Dispose();
        _link = null;
    }

    public void Dispose()
    {
        Disconnect();
        _stop.Dispose();
    }

    private static DashboardSignal[] Bind(DeviceBinding device, GroupOptions<DashboardSignalOptions> group) =>
        [.. group.Signals.Select(pair => new DashboardSignal(device.Plan.Signals.First(signal => signal.Id == pair.Key).Index, pair.Value))];

    private DashboardGroup NextGroup()
    {
        var next = _groups[0];
        foreach (var group in _groups)
        {
            next = group.DueMonoNanos < next.DueMonoNanos ? group : next;
        }

        return next;
    }

    /// <summary>Nothing is sent to a server that has not said that it is a dashboard: on another port the same words could move the arm.</summary>
    private void CheckGreeting(ReadOnlySpan<byte> greeting)
    {
        if (greeting.StartsWith("Connected: Universal Robots Dashboard Server"u8))
        {
            return;
        }

        var said = string.Concat(Encoding.ASCII.GetString(greeting[..Math.Min(greeting.Length, 80)]).Select(static one => char.IsControl(one) ? '?' : one));
        throw new LinkLostException(
            $"What answers at {_options.Address} is no dashboard of Universal Robots: it said \"{said}\". Nothing was sent to it; correct \"tcp\".")
        { Refusal = LinkRefusal.Client };
    }
}
