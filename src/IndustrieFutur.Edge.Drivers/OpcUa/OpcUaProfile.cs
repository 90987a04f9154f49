namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// The habits of one make of server: what to ask of it at most, where it says nothing itself. What a server publishes as its limits is
/// kept all the same, and what it refuses as too much is halved.
/// </summary>
internal sealed record OpcUaProfile
{
    /// <summary>Also for every name unknown here; the UA-.NETStandard and open62541 defaults lie above all of it.</summary>
    public static readonly OpcUaProfile Generic = new() { Name = "generic" };

    private static readonly OpcUaProfile[] Known =
    [
        Generic,

        // A small CPU shares its cycle with the server: 100 at a time leaves it room, and its settings begin at 100 and 200 ms.
        new OpcUaProfile
        {
            Name = "s7-1200", ItemsPerCallMax = 100, NodesPerReadMax = 100, SamplingMin = TimeSpan.FromMilliseconds(100),
            PublishingMin = TimeSpan.FromMilliseconds(200),
        },

        // 1,000 per call are refused while another call is open (epics-modules/opcua #201); 1,000 items a subscription on medium
        // licences (OPCFoundation/UA-.NETStandard #564). Its function manual shows 200 ms as the publishing minimum.
        new OpcUaProfile
        {
            Name = "s7-1500", ItemsPerCallMax = 500, NodesPerReadMax = 500, ItemsPerSubscriptionMax = 1_000,
            SamplingMin = TimeSpan.FromMilliseconds(100), PublishingMin = TimeSpan.FromMilliseconds(200),
        },

        // A gateway: each item is a tag that it polls itself, at 100 ms by default; 1,000 at once keep its answers under a second.
        new OpcUaProfile { Name = "kepware", SamplingMin = TimeSpan.FromMilliseconds(100) },

        // Built on Eclipse Milo, whose limits are wide; its tags run at the rate of their tag group, so faster sampling brings nothing.
        new OpcUaProfile { Name = "ignition", SamplingMin = TimeSpan.FromMilliseconds(100) },

        // CODESYSControl.cfg: MaxNodesPer... 100 and ItemMinSamplingRate 100 by default (helpme-codesys.com, OPC UA Server Configuration).
        new OpcUaProfile { Name = "codesys", ItemsPerCallMax = 100, NodesPerReadMax = 100, SamplingMin = TimeSpan.FromMilliseconds(100) },

        // TF6100 reads the PLC over ADS, which sums up to 500 variables a request.
        new OpcUaProfile { Name = "beckhoff", ItemsPerCallMax = 500, NodesPerReadMax = 500 },

        // Servers in robot controllers are small ones beside a motion task that must not wait: few, and not often.
        new OpcUaProfile
        {
            Name = "universal-robots", ItemsPerCallMax = 100, NodesPerReadMax = 100, SamplingMin = TimeSpan.FromMilliseconds(50),
            PublishingMin = TimeSpan.FromMilliseconds(100),
        },
    ];

    public required string Name { get; init; }

    /// <summary>Monitored items made, and paths resolved, by one call: 1,000 fill about 100 kB and take a server a blink.</summary>
    public int ItemsPerCallMax { get; init; } = 1_000;

    public int NodesPerReadMax { get; init; } = 1_000;

    /// <summary>A group with more is spread over several subscriptions.</summary>
    public int ItemsPerSubscriptionMax { get; init; } = 10_000;

    /// <summary>A faster wish is not sent: the server would raise it, and the queue would be planned for values that never come.</summary>
    public TimeSpan SamplingMin { get; init; }

    public TimeSpan PublishingMin { get; init; } = TimeSpan.FromMilliseconds(10);

    public static OpcUaProfile Find(string name) => Array.Find(Known, profile => profile.Name == name) ?? Generic;
}
