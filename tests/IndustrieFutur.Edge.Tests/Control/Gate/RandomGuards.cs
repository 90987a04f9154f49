namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>How the guards of one request stand, by chance: each rarely false, so that all hold in nearly half of them; and which rule must refuse.</summary>
internal sealed class RandomGuards
{
    private const int OneIn = 12;

    private readonly Random _random;

    public RandomGuards(Random random)
    {
        _random = random;
        Command = random.Next(4) switch { 0 => "play", 1 => "pair", _ => "speed" };
        Token = Command == "speed" || !Rarely() ? TokenState.Good : (TokenState)random.Next(1, Enum.GetValues<TokenState>().Length);
        Token = Command == "pair" && Token is TokenState.NoLease or TokenState.LeaseLost ? TokenState.Late : Token;
        (IsOff, IsUnknown, IsNotAllowed, IsNotArmed, IsOutOfLimits) = (Rarely(), Rarely(), Rarely(), Rarely(), Rarely());
        (IsExpired, IsDoorOpen, IsAuditBroken, IsLinkDown, IsAlone) = (Rarely(), Rarely(), Rarely(), Rarely(), Command == "pair" && Rarely());
        (Change, AsksTwice, AsksBusy) = (random.Next(8), Rarely(), Rarely());
    }

    public string Command { get; }

    public TokenState Token { get; }

    public bool IsOff { get; }

    public bool IsUnknown { get; }

    public bool IsNotAllowed { get; }

    public bool IsAlone { get; }

    public bool IsNotArmed { get; }

    public bool IsOutOfLimits { get; }

    public bool IsExpired { get; }

    public bool IsDoorOpen { get; }

    public bool IsLinkDown { get; }

    public bool IsAuditBroken { get; }

    /// <summary>What happens between the gate's decision and the driver: up to 3 something that must stop it.</summary>
    public int Change { get; }

    /// <summary>The same request is sent again afterwards.</summary>
    public bool AsksTwice { get; }

    /// <summary>Another request comes while the order is under way.</summary>
    public bool AsksBusy { get; }

    public bool IsPrepared => Command != "speed";

    public bool HoldsAtDriver => Change > 3;

    /// <summary>The first rule that must refuse, in the contract's order; empty: none. The link shows in the value in force, which is asked for before it.</summary>
    public string Expected =>
        IsOff ? "switch"
        : IsUnknown ? "identity"
        : IsNotAllowed ? "allow"
        : Token != TokenState.Good ? "token"
        : IsAlone ? "two"
        : IsNotArmed ? "armed"
        : IsOutOfLimits || IsLinkDown ? "limits"
        : IsExpired ? "expiry"
        : IsDoorOpen ? "interlock"
        : IsAuditBroken ? "audit"
        : "";

    private bool Rarely() => _random.Next(OneIn) == 0;
}
