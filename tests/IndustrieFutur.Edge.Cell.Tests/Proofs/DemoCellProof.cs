using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The whole simulated cell behind the README's first command: every signal Good, the sums balance, no package of the cobot is lost.</summary>
public sealed class DemoCellProof
{
    private const int PackagesPerSecond = 500;

    /// <summary>The cobot connects within the first second, and its packages are counted from then on.</summary>
    private const double ConnectSecondsMax = 1.5;

    /// <summary>What comes when something happens; everything else comes by the clock. The demonstration's one bad screw raises the alarm within a minute.</summary>
    private static readonly string[] Events =
        ["driver/tight.torque", "driver/tight.angle", "driver/tight.ok", "driver/tight.id", "driver/tight.alarm", "scanner/scan.code", "cell/cycle.time"];

    [Fact]
    [Trait("Proof", "demo-cell")]
    public void Every_signal_of_the_demonstration_cell_is_Good_and_every_sample_stored()
    {
        using var workplace = new Workplace();
        var seconds = Proof.Length(60, 12);

        using var edge = EdgeProcess.Start(workplace.Folder, "demo", "--for", $"{seconds}s", "--json");
        var exitCode = edge.WaitForExit(TimeSpan.FromSeconds(seconds + 45));

        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");
        var ledger = edge.Ledger();
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>());
        Assert.Equal(0, ledger["simulated"]!["slippedMillis"]!.GetValue<long>());
        var signals = ledger["signals"]!.AsObject();
        AssertGood(signals);
        var packages = AssertNothingLost(ledger["links"]!.AsArray(), seconds);
        var total = ledger["total"]!;
        Proof.Say($"{signals.Count} signals in {seconds} s: {signals.Count - Events.Length} cyclic ones Good, {Happened(signals)} of {Events.Length} event signals have come, {packages} packages of the cobot with 0 lost; {total["stored"]} stored = {total["produced"]} produced - {total["filtered"]} filtered");
    }

    private static void AssertGood(JsonObject signals)
    {
        Assert.Empty(Events.Except(signals.Select(signal => signal.Key)));
        var awaited = signals.Where(signal => !Events.Contains(signal.Key) || Produced(signal.Value) > 0);

        Assert.Empty(awaited.Where(signal => Quality(signal.Value) != "Good").Select(signal => $"{signal.Key} is {Quality(signal.Value)}"));
        if (Proof.IsWhole)
        {
            Assert.Empty(Events.Where(signal => Produced(signals[signal]) == 0).Select(signal => $"{signal} has not come in a minute, in which there are tightenings, codes and an alarm"));

            // What the edge does not acknowledge, the controller tells again.
            Assert.Equal(1, Produced(signals["driver/tight.alarm"]));
        }
    }

    private static long AssertNothingLost(JsonArray links, int seconds)
    {
        var rtde = links.Select(link => link!["rtde"]).Single(rtde => rtde is not null)!;
        var packages = rtde["packages"]!.GetValue<long>();

        Assert.Equal((0, 0), (rtde["lost"]!.GetValue<long>(), rtde["gaps"]!.GetValue<long>()));
        Assert.Equal(1_000_000_000 / PackagesPerSecond, rtde["periodNanos"]!.GetValue<long>());
        Assert.True(packages >= (seconds - ConnectSecondsMax) * PackagesPerSecond, $"{packages} packages in {seconds} s are fewer than {PackagesPerSecond} a second");
        Assert.All(links, link => Assert.Equal(0, link!["losses"]!.GetValue<long>()));
        return packages;
    }

    private static int Happened(JsonObject signals) => Events.Count(signal => Produced(signals[signal]) > 0);

    private static long Produced(JsonNode? signal) => signal!["produced"]!.GetValue<long>();

    private static string Quality(JsonNode? signal) => signal!["quality"]!.GetValue<string>();
}
