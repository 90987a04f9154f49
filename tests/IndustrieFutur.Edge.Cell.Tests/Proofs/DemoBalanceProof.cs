using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The README's first command, for a while, with the sums at its end.</summary>
public sealed class DemoBalanceProof
{
    [Fact]
    [Trait("Proof", "demo-balance")]
    public void The_demonstration_cell_stores_everything_it_produced_and_did_not_filter()
    {
        using var workplace = new Workplace();
        var seconds = Proof.Length(20, 6);

        using var edge = EdgeProcess.Start(workplace.Folder, "demo", "--for", $"{seconds}s", "--json");
        var exitCode = edge.WaitForExit(TimeSpan.FromSeconds(seconds + 45));

        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");
        var ledger = edge.Ledger();
        var total = ledger["total"]!;
        var (produced, filtered, stored) = (Number(total, "produced"), Number(total, "filtered"), Number(total, "stored"));
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>());
        Assert.True(stored > 0, "nothing was stored");
        Assert.Equal(produced - filtered, stored);
        Assert.True(filtered > 0, "the demonstration shows a deadband at work, but nothing was filtered");
        Assert.Equal(0, Number(total, "dropped"));
        Assert.Equal(0, Number(total, "refused"));
        Proof.Say($"{seconds} s: {stored} stored = {produced} produced - {filtered} filtered; balanced, settled");
    }

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();
}
