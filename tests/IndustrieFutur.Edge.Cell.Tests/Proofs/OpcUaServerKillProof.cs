using IndustrieFutur.Edge.Cell.Tests.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A foreign OPC UA server killed and started again at random moments, under the real driver.</summary>
public sealed class OpcUaServerKillProof
{
    /// <summary>As many servers at a time as two processors start without keeping each other from it; a short run takes the first two.</summary>
    private static readonly Combination[] Lanes =
    [
        new("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, Combination.Password),
        new("None", MessageSecurityMode.None, Combination.Anonymous),
        new("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign, Combination.Anonymous),
        new("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, Combination.Password),
    ];

    [Fact]
    [Trait("Proof", "opcua-server-kill")]
    public async Task Data_is_back_within_five_seconds_of_each_restart_and_no_value_is_lost_in_silence()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (rounds, count) = (Proof.Length(300, 5), Proof.Length(Lanes.Length, 2));
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var lanes = new List<OpcUaKillLane>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                lanes.Add(await OpcUaKillLane.StartAsync(seed + i, Lanes[i], cancellation));
            }

            // The rounds are dealt out: 5 to two lanes are 3 and 2.
            await Task.WhenAll(lanes.Select((lane, i) => lane.RunAsync((rounds + count - 1 - i) / count, cancellation)));
        }
        finally
        {
            lanes.ForEach(lane => lane.Dispose());
        }

        Assert.All(lanes, lane => Assert.Equal("", lane.Judge.Fault));
        Assert.Equal(rounds, lanes.Sum(lane => lane.Rounds));
        Proof.Say(
            $"{rounds} kills and {lanes.Sum(lane => lane.EarlyKills)} more while connecting (seed {seed}): data back within {lanes.Max(lane => lane.SlowestBack).TotalSeconds:0.00} s, "
            + $"{lanes.Sum(lane => lane.Judge.Values)} values without a silent loss, {lanes.Sum(lane => lane.Judge.Gaps)} gaps told, {lanes.Sum(lane => lane.Creates)} sessions created, never two at once");
    }
}
