using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>mosquitto killed inside its autosave window while the historians are away, again and again: it loses what it acknowledged, and three stores have everything.</summary>
public sealed class BrokerKillProof
{
    private const string Acknowledged = "ifedge_sink_acknowledged";
    private const string Stored = "ifedge_samples_stored";

    /// <summary>Three processes start and find a broker that was down for seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int Rounds => Proof.Length(20, 2);

    /// <summary>Once the broker stays away for long.</summary>
    private static TimeSpan Away => Proof.Length(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "broker-kill")]
    public async Task A_broker_that_loses_what_it_acknowledged_costs_no_store_a_single_sample()
    {
        await using var site = await BrokerKillSite.StartAsync(Cancellation);
        await using var witness = new QueueWitness(site.Broker.Port);
        site.HistoriansCome();
        await FlowsAsync(site, Stored);

        // The broker's own file knows the witness's session: what it loses later are messages, not the subscription.
        await witness.ComeAsync(Cancellation);
        await site.Broker.UntilSavedAsync(Cancellation);
        var lost = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            lost.Add(await RoundAsync(site, witness, round));
            Assert.True(witness.WasKnown, $"round {round}: mosquitto has forgotten the session itself");
            Assert.True(lost[^1] > 0, $"round {round}: mosquitto lost nothing, so the kill was none of those that this is about");
        }

        site.EndMachine();
        var ledger = await site.Numbers.SettlesAsync(Patience, Cancellation);
        site.HistoriansGo(inOrder: true);
        BrokerKillSite.End(site.Edge);
        var samples = Judge(ledger, await site.ReadStoresAsync(Cancellation));
        Proof.Say($"{Rounds} kills (-9) of mosquitto inside its autosave window, the historians away: it lost {lost.Sum()} messages that it had acknowledged ({lost.Min()} at least each time); "
            + $"InfluxDB, VictoriaMetrics and the embedded store have all of {samples} samples, each once: 0 lost, balanced and settled");
    }

    /// <summary>The historians go, samples are acknowledged, the broker dies; both come back. Returns how many messages the broker lost to a witness that relied on it.</summary>
    private static async Task<int> RoundAsync(BrokerKillSite site, QueueWitness witness, int round)
    {
        site.HistoriansGo(inOrder: round % 2 == 0);
        await witness.GoAsync(Cancellation);
        await site.Broker.UntilSavedAsync(Cancellation);
        await witness.BeginAsync(Cancellation);
        await FlowsAsync(site, Acknowledged);
        site.Broker.Kill();
        await witness.EndAsync();
        if (round == 0)
        {
            await Task.Delay(Away, TimeProvider.System, Cancellation);
        }

        await site.Broker.RestartAsync(Cancellation);
        await witness.ComeAsync(Cancellation);
        var lost = await witness.LostAsync(Patience, Cancellation);
        site.HistoriansCome();
        await FlowsAsync(site, Stored);
        return lost;
    }

    private static Task FlowsAsync(BrokerKillSite site, string number) => site.Numbers.GrowsAsync(number, Patience, Cancellation);

    /// <summary>Every signal in every store: as many samples as the ledger has, and its values count on by one. Returns how many samples that are.</summary>
    private static long Judge(JsonObject ledger, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?[]>> stores)
    {
        var total = ledger["total"]!;
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), total.ToJsonString());
        Assert.Equal((0, 0), (total["dropped"]!.GetValue<long>(), total["refused"]!.GetValue<long>()));
        var samples = 0L;
        for (var register = 0; register < BrokerKillSite.Registers; register++)
        {
            var key = $"plc/r{register}";
            var produced = ledger["signals"]![key]!["produced"]!.GetValue<long>();
            foreach (var (store, signals) in stores)
            {
                var values = signals[key].OfType<double>().ToArray();
                Assert.True(signals[key].Length == produced, $"{store}, {key}: {produced} produced, {signals[key].Length} in the store; {Difference(values)}");
                Assert.True(values.SequenceEqual(Enumerable.Range(0, values.Length).Select(value => (double)value)), $"{store}, {key}: {Difference(values)}");
            }

            samples += produced;
        }

        return samples;
    }

    private static string Difference(double[] values)
    {
        var missing = Enumerable.Range(0, (int)values.DefaultIfEmpty(-1).Max() + 1).Select(value => (double)value).Except(values).ToArray();
        return $"missing {missing.Length} ({string.Join(' ', missing.Take(10))}), doubled {values.Length - values.Distinct().Count()}";
    }
}
