using System.Net;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Dashboard;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Tests.Drivers.Framed;
using IndustrieFutur.Edge.Tests.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Drivers.Dashboard;

/// <summary>A simulated arm, its dashboard, and a driver that speaks to it, told by the test what its gate would have let through.</summary>
internal sealed class DashboardBench : IDisposable
{
    public const string Program = "pick-and-place.urp";

    private readonly FramedBench _bench;

    public DashboardBench(TimeSpan? timeout = null)
    {
        Dashboard = new CobotDashboard(Arm.Arm, new IPEndPoint(IPAddress.Loopback, 0));
        Arm.StepSeconds(2);
        _bench = new FramedBench(
            Options(new TcpOptions { Host = "127.0.0.1", Port = Dashboard.EndPoint.Port }, timeout),
            static (device, writer, _) => new DashboardDriver(device, writer));
    }

    public CobotBench Arm { get; } = new();

    public CobotDashboard Dashboard { get; }

    public DashboardDriver Driver => (DashboardDriver)_bench.Driver;

    public FramedBench Samples => _bench;

    /// <summary>Every question there is, each a signal by its name, and every verb, each a target in the order of the verbs.</summary>
    public static DashboardOptions Options(TcpOptions? tcp = null, TimeSpan? timeout = null) => new()
    {
        Driver = "dashboard",
        Tcp = tcp ?? new TcpOptions { Host = "robot" },
        Timeout = timeout ?? TimeSpan.FromSeconds(2),
        Groups = new Dictionary<string, GroupOptions<DashboardSignalOptions>>
        {
            ["all"] = new()
            {
                Interval = TimeSpan.FromMilliseconds(100),
                Signals = Enum.GetValues<DashboardQuery>().ToDictionary(query => query.ToString(), query => new DashboardSignalOptions { Query = query }),
            },
        },
        Targets = new Dictionary<string, DashboardTargetOptions>
        {
            ["load"] = new() { Verb = DashboardVerb.Load, Programs = ["missing.urp", Program] },
            ["play"] = new() { Verb = DashboardVerb.Play },
            ["pause"] = new() { Verb = DashboardVerb.Pause },
            ["stop"] = new() { Verb = DashboardVerb.Stop },
        },
    };

    /// <summary>A driver of the same options over a link of the test's own.</summary>
    public static FramedBench Over(IByteLink link, TimeSpan? timeout = null) =>
        new(Options(timeout: timeout), (device, writer, _) => new DashboardDriver(device, writer, _ => link));

    public static OrderAnswer Tell(DashboardDriver driver, DashboardVerb verb, params double[] values) => Tell(driver, (int)verb, long.MaxValue, values);

    public static OrderAnswer Tell(DashboardDriver driver, int target, long expiresMonoNanos, params double[] values)
    {
        var order = new Order { Id = 1, Count = values.Length, ExpiresMonoNanos = expiresMonoNanos };
        values.CopyTo(order.Values, 0);
        return driver.Execute(order, new CommandPlan { Index = 0, Id = "c", Device = 0, Target = target, TargetWords = "", Level = 1, EffectNanos = 1 });
    }

    public OrderAnswer Tell(DashboardVerb verb, params double[] values) => Tell(Driver, verb, values);

    /// <summary>A person gives the arm into remote control and the driver is connected.</summary>
    public void ConnectUnderRemoteControl()
    {
        Arm.Arm.Pendant.SetRemoteControl(true);
        Arm.Step();
        Driver.Connect();
    }

    public static long InAMoment => MonoClock.NowNanos() + 100_000_000;

    public void Dispose()
    {
        _bench.Dispose();
        Dashboard.Dispose();
        Arm.Dispose();
    }
}
