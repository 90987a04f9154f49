namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The rules in the order in which they are asked; the first refusal is the answer. Idempotency stands between these lists, the audit after them.</summary>
internal static class GateRules
{
    /// <summary>Before the request's id is looked up: nobody learns of another's requests.</summary>
    public static IReadOnlyList<IGateRule> BeforeId { get; } = [new SwitchRule(), new IdentityRule()];

    public static IReadOnlyList<IGateRule> AfterId { get; } =
    [
        new AllowRule(), new LevelRule(), new TokenRule(), new LeaseRule(), new TwoPersonsRule(), new ArmedRule(), new LimitsRule(), new BusyRule(), new ExpiryRule(), new LinkRule(),
        new InterlockRule(),
    ];

    /// <summary>What a reaction skips is who may, the lease, the second person and the preparing; never the rest.</summary>
    public static IReadOnlyList<IGateRule> OfReactions { get; } = [new SwitchRule(), new ArmedRule(), new LimitsRule(), new BusyRule(), new LinkRule(), new InterlockRule()];

    public static Refusal? First(IReadOnlyList<IGateRule> rules, GateQuestion question) =>
        rules.Select(rule => rule.Ask(question)).FirstOrDefault(refusal => refusal is not null);
}
