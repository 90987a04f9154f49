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
        var lanes = await Task.WhenAll(Lanes.Take(count).Select((combination, i) => OpcUaKillLane.StartAsync(seed + i, combination, cancellation)));
        try
        {
            await RunAsync(lanes, rounds, cancellation);
        }
        finally
        {
            Array.ForEach(lanes, lane => lane.Dispose());
        }

        Assert.Equal(rounds, lanes.Sum(lane => lane.Rounds));
        Proof.Say(
            $"{rounds} kills and {lanes.Sum(lane => lane.EarlyKills)} more while connecting (seed {seed}): data back within {lanes.Max(lane => lane.SlowestBack).TotalSeconds:0.00} s, "
            + $"{lanes.Sum(lane => lane.Judge.Values)} values without a silent loss, {lanes.Sum(lane => lane.Judge.Gaps)} gaps told, {lanes.Sum(lane => lane.Creates)} sessions created, never two at once");
    }

    /// <summary>Deals the rounds out (5 to two lanes are 3 and 2). The first lane that fails ends the others.</summary>
    private static async Task RunAsync(OpcUaKillLane[] lanes, int rounds, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = lanes.Select((lane, i) => lane.RunAsync((rounds + lanes.Length - 1 - i) / lanes.Length, stop.Token)).ToArray();
        try
        {
            await foreach (var ended in Task.WhenEach(running).WithCancellation(stop.Token))
            {
                await ended;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
