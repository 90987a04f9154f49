namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// The habits of one make of server: what to ask of it at most, where it says nothing itself. What a server publishes as its limits is
/// kept all the same, and what it refuses as too much is halved.
/// </summary>
internal sealed record OpcUaProfile
{
    /// <summary>Also for every name unknown here: what a server on a PC takes; it halves what it does not.</summary>
    public static readonly OpcUaProfile Generic = new() { Name = "generic" };

    /// <summary>With a source where there is one. The others are cautious choices of ours that no device was asked about.</summary>
    private static readonly OpcUaProfile[] Known =
    [
        Generic,

        // A choice: a smaller CPU than the S7-1500, whose minimums it is given, so a fifth of the items at once.
        new OpcUaProfile
        {
            Name = "s7-1200", ItemsPerCallMax = 100, NodesPerReadMax = 100, SamplingMin = TimeSpan.FromMilliseconds(100),
            PublishingMin = TimeSpan.FromMilliseconds(200),
        },

        // 1,000 per call are refused while another call is open (epics-modules/opcua #201); 1,000 items a subscription
        // (OPCFoundation/UA-.NETStandard #564). 200 ms of publishing is the example in Siemens' communication manual, 100 ms of sampling a choice.
        new OpcUaProfile
        {
            Name = "s7-1500", ItemsPerCallMax = 500, NodesPerReadMax = 500, ItemsPerSubscriptionMax = 1_000,
            SamplingMin = TimeSpan.FromMilliseconds(100), PublishingMin = TimeSpan.FromMilliseconds(200),
        },

        // A choice: gateways and SCADA servers poll their own devices first, and what is faster than that repeats itself.
        new OpcUaProfile { Name = "kepware", SamplingMin = TimeSpan.FromMilliseconds(100) },
        new OpcUaProfile { Name = "ignition", SamplingMin = TimeSpan.FromMilliseconds(100) },

        // CODESYSControl.cfg: MaxNodesPer... 100 and ItemMinSamplingRate 100 by default (helpme-codesys.com, OPC UA Server Configuration Settings).
        new OpcUaProfile { Name = "codesys", ItemsPerCallMax = 100, NodesPerReadMax = 100, SamplingMin = TimeSpan.FromMilliseconds(100) },

        // A choice: a PC, but one that runs the PLC beside the server.
        new OpcUaProfile { Name = "beckhoff", ItemsPerCallMax = 500, NodesPerReadMax = 500 },

        // A choice: a robot controller has a motion task that must not wait: few, and not often.
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
