using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.OpcUa;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Every combination of security policy, mode and user against a foreign server, and one of them for long: every change, once, in order.</summary>
public sealed class OpcUaMatrixProof
{
    private static readonly TimeSpan CountPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>How long subscribing to a thousand signals may take on a busy machine.</summary>
    private static readonly TimeSpan SubscribeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Three at a time and the long one beside them end within eleven minutes on two processors; each lane starts a server.</summary>
    private static readonly int Lanes = Proof.Length(3, 2);

    private const int Axes = 6;

    private static readonly Combination Long = new("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, Combination.Password);

    /// <summary>A handful for every change of the code: each policy, mode and kind of user at least once.</summary>
    private static readonly Combination[] Handful =
    [
        new("None", MessageSecurityMode.None, Combination.Password),
        new("Basic256Sha256", MessageSecurityMode.Sign, Combination.Certificate),
        new("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, Combination.Anonymous),
        new("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, Combination.Password),
    ];

    [Fact]
    [Trait("Proof", "opcua-matrix")]
    public async Task Every_change_arrives_once_and_in_order_in_every_combination_of_policy_mode_and_user()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (combinations, signals) = Proof.Length((Combination.All, 1_000), (Handful, 200));
        var (each, lasting) = Proof.Length((TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10)), (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)));
        var lanes = combinations.Select((combination, i) => (combination, Lane: i % Lanes)).GroupBy(one => one.Lane, one => one.combination).ToArray();

        var results = await Task.WhenAll(
            [
                .. lanes.Select(lane => RunLaneAsync([.. lane], signals, each, cancellation)),
                RunLaneAsync([Long], signals, lasting, cancellation),
            ]);

        var all = results.SelectMany(result => result).ToArray();
        Assert.Equal(Proof.Length(21, Handful.Length) + 1, all.Length);
        Assert.All(all, one => Assert.True(one.Run.Fault.Length == 0, $"{one.Combination}: {one.Run.Fault}"));
        Assert.All(all, one => Assert.True(one.Run.Renewals > 0, $"{one.Combination}: the keys were never renewed"));
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Length - 1} combinations for {each.TotalSeconds} s and one for {lasting.TotalSeconds} s, {signals} signals and {Axes} axes each: {all.Sum(one => one.Run.Values)} values, each one more than the one before it, {all.Sum(one => one.Run.Renewals)} renewals"));
    }

    private static async Task<(Combination Combination, OpcUaMatrixRun Run)[]> RunLaneAsync(
        Combination[] combinations, int signals, TimeSpan duration, CancellationToken cancellation)
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Signals = signals, Period = CountPeriod }, cancellation);
        using var own = OwnCertificate.Make();
        var results = new List<(Combination, OpcUaMatrixRun)>();
        foreach (var combination in combinations)
        {
            // The server counts again from where it stands; a run sees the first value and then each next one.
            await server.RunAsync(CountPeriod, cancellation);
            results.Add((combination, await RunAsync(server, combination, own, signals, duration, cancellation)));
        }

        return [.. results];
    }

    private static async Task<OpcUaMatrixRun> RunAsync(
        NodeServer server, Combination combination, OwnCertificate own, int signals, TimeSpan duration, CancellationToken cancellation)
    {
        // The client renews after three quarters: about every 20 s of 27, or once in a short run.
        var lifetime = Proof.Length(TimeSpan.FromSeconds(27), TimeSpan.FromMilliseconds(3_500));
        var run = new OpcUaMatrixRun(NodeSession.Settings(server, combination, own.Application, lifetime), server.NamespaceUri, signals, Axes);
        var session = Task.Factory.StartNew(() => run.Run(cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Until.TrueAsync($"{combination} to be subscribed", SubscribeLimit, () => run.IsSubscribed || session.IsCompleted, cancellation);
        await Task.WhenAny(session, Task.Delay(duration, TimeProvider.System, cancellation));
        await server.RunAsync(TimeSpan.Zero, cancellation);
        run.End(await server.CountAsync(cancellation));
        await session;
        return run;
    }
}
