using IndustrieFutur.Edge.Cell.Tests.Proofs;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>The three guards of the hot path cover every hot type, and each names every offence that was sown for it.</summary>
public sealed class HotGuardsProof
{
    [Fact]
    [Trait("Proof", "hot-guards")]
    public void Every_hot_type_is_guarded_and_every_sown_offence_is_caught()
    {
        var types = HotPathTests.HotTypes;
        var rules = new HotPathRules();
        Guard.FindsNone(types.SelectMany(rules.OffencesOf));
        Guard.FindsNone(HotCoverageTests.Uncounted(types));

        var byCode = CaughtByCode();
        var bySymbol = CaughtBySymbol();
        var byBytes = CaughtByBytes();

        Proof.Say($"{types.Count} hot types, {byCode + bySymbol + byBytes} offences, all caught ({byCode} in the compiled code, {bySymbol} banned symbols by the compiler, {byBytes} by the bytes they allocate)");
    }

    private static int CaughtByCode()
    {
        Guard.FindsNone(
            SeededOffence.All
                .Where(seed => !new HotPathRules().OffencesOf(seed.Type).Any(offence => offence.Contains(seed.Said, StringComparison.Ordinal)))
                .Select(seed => $"{seed.Type.Name}: the code's guard did not say \"{seed.Said}\" but \"{string.Join("; ", new HotPathRules().OffencesOf(seed.Type))}\""));
        Assert.Empty(new HotPathRules().OffencesOf(typeof(SeededOffences.KeepsToTheRules)));
        return SeededOffence.All.Count;
    }

    private static int CaughtBySymbol()
    {
        Assert.Equal(BannedSeeds.Banned.Order(StringComparer.Ordinal), BannedSeeds.Seeded.Order(StringComparer.Ordinal));
        var (refused, said) = BannedSeeds.Build();
        Guard.FindsNone(BannedSeeds.Seeded.Except(refused).Select(symbol => $"{symbol} was used and the compiler said nothing of it: {said}"));
        return refused.Count;
    }

    private static int CaughtByBytes()
    {
        var seeds = SeededOffence.All.Where(seed => seed.Allocates).ToArray();
        Guard.FindsNone(seeds.Where(seed => BytesOf(seed.Type) == 0).Select(seed => $"{seed.Type.Name}: the guard that counts bytes saw none"));
        Assert.Equal(0, BytesOf(typeof(SeededOffences.KeepsToTheRules)));
        return seeds.Length;
    }

    private static long BytesOf(Type type) => AllocationGuard.BytesOf(type.GetMethod("Run")!.CreateDelegate<Action>(), turns: 10);
}
