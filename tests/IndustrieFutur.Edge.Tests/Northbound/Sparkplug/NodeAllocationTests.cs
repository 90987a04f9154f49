using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>From the spool's tap to the encoded payload, a metric costs no memory that a collector would have to come for.</summary>
[Trait("Proof", "sparkplug-rules")]
public sealed class NodeAllocationTests
{
    private const int Metrics = 1_000_000;

    [Fact]
    public void A_million_metrics_allocate_nothing()
    {
        using var scene = new NodeScene(samplesPerDevice: 4_096);
        scene.Begin();
        var sent = 0L;

        var allocated = AllocationGuard.BytesOf(() => sent = Send(scene, Metrics));

        Assert.True(sent > Metrics * 10L, $"{sent} bytes are no million metrics");
        Assert.True(allocated == 0, $"{allocated} bytes allocated for {Metrics} metrics");
    }

    /// <summary>Live values of all kinds but texts, which a test has to make; returns how many bytes were encoded.</summary>
    private static long Send(NodeScene scene, int metrics)
    {
        var bytes = 0L;
        for (var i = 0; i < metrics; i++)
        {
            scene.Append(i % 4, i);
            if (i % 1_000 == 999)
            {
                scene.Pass(TimeSpan.FromMilliseconds(250));
                for (var length = scene.Next(); length > 0; length = scene.Next())
                {
                    bytes += length;
                }
            }
        }

        return bytes;
    }
}
