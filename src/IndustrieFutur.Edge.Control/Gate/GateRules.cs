namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The rules in the order in which they are asked; the first that refuses decides. The id is asked between identity and allow-list, by the gate itself.</summary>
internal static class GateRules
{
    /// <summary>Before anybody asks whether the id is known: what everybody may hear.</summary>
    public static readonly IReadOnlyList<IGateRule> BeforeId = [new SwitchRule(), new IdentityRule()];

    /// <summary>Of persons and doors.</summary>
    public static readonly IReadOnlyList<IGateRule> AfterId =
    [
        new CommandRule(), new AllowRule(), new LevelRule(), new TokenRule(), new LeaseRule(), new TwoPersonsRule(), new ArmedRule(),
        new LimitsRule(), new BusyRule(), new ExpiryRule(), new LinkRule(), new InterlockRule(),
    ];

    /// <summary>A reaction skips what persons are for: prepare, lease and second person; nothing else.</summary>
    public static readonly IReadOnlyList<IGateRule> OfReactions = [new SwitchRule(), new ArmedRule(), new BusyRule(), new LinkRule(), new InterlockRule()];

    public static Refusal? Ask(IReadOnlyList<IGateRule> rules, GateQuestion question) =>
        rules.Select(rule => rule.Ask(question)).FirstOrDefault(refusal => refusal is not null);
}
