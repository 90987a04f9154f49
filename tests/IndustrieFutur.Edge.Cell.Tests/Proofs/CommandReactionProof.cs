using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A conveyor that is stopped by itself whenever the simulated cobot stops protectively: once each time, told in the audit, Confirmed; and not at all where
/// nobody has armed it again, above its cap, or where the stop was there before.
/// </summary>
public sealed class CommandReactionProof
{
    [Fact]
    [Trait("Proof", "command-reaction")]
    public async Task Each_protective_stop_stops_the_conveyor_once_and_is_audited()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (given, silent, figures) = (0, 0, new List<string>());
        foreach (var (isIsolated, rounds) in Proof.Length(new[] { (true, 500), (false, 500) }, [(true, 8), (false, 7)]))
        {
            using var lane = await ReactionLane.StartAsync(isIsolated, cancellation);
            for (var round = 0; round < rounds; round++)
            {
                await lane.StopAsync();
            }

            figures.Add($"{(isIsolated ? "isolated sampler" : "in one process")}: {await lane.LatencyAsync()}");
            if (isIsolated || Proof.IsWhole)
            {
                await lane.NotArmedAsync();
                await lane.TrueAtStartAsync();
                await lane.CappedAsync();
            }

            lane.Judge();
            (given, silent) = (given + lane.Given, silent + lane.Silent);
        }

        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{given} protective stops of the simulated cobot (its time 20 times ours): {given} stops of the conveyor by its own count, {given} orders in the audit, each with one outcome, Confirmed; {silent} more that set off nothing (not armed, above the cap, there before the start); {string.Join("; ", figures)}"));
    }
}
