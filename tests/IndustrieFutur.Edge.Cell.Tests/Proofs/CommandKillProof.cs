using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The service alone killed (-9) at random moments of a command: before its order, between order and write, between write and confirmation. Its sampler,
/// where it has one, goes on. Nothing is written twice, each order has one outcome, what is not sure says Unknown, and a resend gets that answer.
/// </summary>
public sealed class CommandKillProof
{
    private const int Seed = 7;

    private static int Rounds => Proof.Length(50, 2);

    [Fact]
    [Trait("Proof", "command-kill")]
    public async Task A_service_that_is_killed_in_the_middle_of_a_command_does_nothing_twice_and_claims_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(Seed);
        var (rounds, figures) = (new List<KillRound>(), new List<string>());
        foreach (var isIsolated in new[] { true, false })
        {
            using var lane = await CommandKillLane.StartAsync(isIsolated, random, cancellation);
            for (var round = 1; round <= Rounds; round++)
            {
                await lane.KillAsync(round);
            }

            await lane.EndAsync();
            rounds.AddRange(lane.Rounds);
            figures.Add($"{(isIsolated ? "isolated" : "in one process")} {Spread(lane.Rounds)}");
        }

        foreach (var point in new[] { KillPoint.BeforeOrder, KillPoint.BeforeWrite, KillPoint.BeforeOutcome })
        {
            Assert.True(!Proof.IsWhole || rounds.Exists(round => round.Point == point), $"no kill fell on {point}, so nothing is shown of it: {Spread(rounds)}");
        }

        var uncertain = rounds.Where(round => round.Point is KillPoint.BeforeWrite or KillPoint.BeforeOutcome).ToArray();
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds.Count} kills (-9, seed {Seed}): {Spread(rounds)} ({string.Join("; ", figures)}); 0 of {rounds.Count} values written twice, {rounds.Count(round => round.IsWrittenLater)} once by a sampler that had outlived the service; of {uncertain.Length} orders without an outcome {uncertain.Count(round => round.Outcome == "Unknown")} are Unknown and {uncertain.Count(round => round.Outcome == "Refused")} Refused, which were never written; each order has one outcome, the chain verifies after each kill, {rounds.Count(round => round.Point != KillPoint.BeforeOrder)} resends got the recorded answer and wrote nothing"));
    }

    private static string Spread(IReadOnlyCollection<KillRound> rounds)
    {
        int Count(KillPoint point) => rounds.Count(round => round.Point == point);
        return $"{Count(KillPoint.BeforeOrder)} before the order, {Count(KillPoint.BeforeWrite)} between order and write, {Count(KillPoint.BeforeOutcome)} between write and confirmation, {Count(KillPoint.AfterOutcome)} after it";
    }
}
