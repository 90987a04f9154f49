using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Our client as the service has it: the driver of an OPC UA link, stepped on the link's own thread, writing into the ring.</summary>
/// <param name="url">Where the server is.</param>
/// <param name="policy">None, or a policy, which is then used with SignAndEncrypt.</param>
/// <param name="items">How many of the server's signals it can watch.</param>
internal sealed class OpcUaReceiver(string url, string policy, int items) : IDisposable
{
    /// <summary>Server_ServerStatus_State: to watch something that never changes is the idle baseline.</summary>
    private const string QuietNode = "i=2259";

    private const int FirstSignal = 1000;

    private readonly OpcUaRing _ring = new(items);
    private OpcUaDriver? _driver;

    /// <summary>Values that came out of the ring.</summary>
    public long Values => _ring.Drained;

    /// <summary>Values that found the ring full.</summary>
    public long Refused => _ring.Refused;

    /// <summary>All signals, published after so long.</summary>
    public void WatchAll(TimeSpan publishing) => Watch(Enumerable.Range(0, items), Signal, publishing);

    /// <summary>A session and a subscription with nothing to say.</summary>
    public void WatchNothing(TimeSpan publishing) => Watch([0], _ => new() { Node = QuietNode, Type = OpcUaType.I64 }, publishing);

    /// <summary>One step of the link: waits for messages and takes them.</summary>
    public void Step() => _driver!.Step(MonoClock.NowNanos());

    public void Dispose()
    {
        _driver?.Dispose();
        _ring.Dispose();
    }

    /// <summary>Even ones are Int32, odd ones Double, on our server as on the foreign one.</summary>
    private static OpcUaSignalOptions Signal(int index) => new()
    {
        Node = $"nsu={OpcUaBlastIdentity.Namespace};i={FirstSignal + index}",
        Type = index % 2 == 0 ? OpcUaType.I64 : OpcUaType.F64,
    };

    private void Watch(IEnumerable<int> indices, Func<int, OpcUaSignalOptions> signal, TimeSpan publishing)
    {
        _driver?.Dispose();
        var options = new OpcUaOptions
        {
            Driver = "opcua",
            Endpoint = url,
            Groups = new Dictionary<string, OpcUaGroupOptions>
            {
                ["all"] = new()
                {
                    Sampling = TimeSpan.Zero,
                    Publishing = publishing,
                    Queue = 1,
                    Signals = indices.ToDictionary(index => $"s{index}", signal),
                },
            },
        };
        _driver = new OpcUaDriver([new DeviceBinding(Plan(options), options)], _ring.Writer, new OpcUaStatistics(), Settings);
        _driver.Connect();
    }

    private static DevicePlan Plan(OpcUaOptions options) => new()
    {
        Id = "plc",
        Driver = "opcua",
        Index = 0,
        Signals = [.. options.Entries().Select((entry, index) => new SignalPlan { Index = index, Id = entry.Id, Device = "plc", RawKind = entry.Options.RawKind })],
    };

    private SessionSettings Settings()
    {
        var chosen = SecurityPolicies.ByName(policy) ?? throw new ArgumentException($"There is no policy {policy}.");
        return new SessionSettings
        {
            Endpoint = EndpointAddress.Parse(url),
            Policy = chosen,
            Mode = chosen.IsNone ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt,
            AllowInsecure = chosen.IsNone,

            // One for each session: the driver disposes it with the session, as it does with what it reads from the store.
            Certificate = new ApplicationCertificate(OpcUaBlastIdentity.NewCertificate(), OpcUaBlastIdentity.ApplicationUri),

            // Whom a client trusts is no matter of cost: both ends are of this benchmark, on a loopback.
            CheckServer = (_, _, _) => new CertificateVerdict(CertificateProblem.None, 0, "", "", ""),
        };
    }
}
