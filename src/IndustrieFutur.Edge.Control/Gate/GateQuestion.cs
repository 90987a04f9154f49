using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>A request together with all that the rules may look at, as it was at one moment.</summary>
internal sealed record GateQuestion
{
    public required CommandRequest Request { get; init; }

    /// <summary>Null: there is no such command.</summary>
    public required CommandPlan? Command { get; init; }

    /// <summary>Null: nobody knows the user.</summary>
    public required Role? Role { get; init; }

    public required long MonoNow { get; init; }

    public required long UtcMillis { get; init; }

    /// <summary>The switch's own refusal; null: it is on.</summary>
    public Refusal? Off { get; init; }

    public bool IsArmed { get; init; }

    /// <summary>Empty: nobody has the lease.</summary>
    public string LeaseHolder { get; init; } = "";

    /// <summary>What was prepared under the request's token; null: nothing.</summary>
    public Prepared? Prepared { get; init; }

    /// <summary>As they are on the way to the device; empty until the limits agreed.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>The limits' own refusal; null: they agree.</summary>
    public Refusal? Limits { get; init; }

    public bool IsBusy { get; init; }

    public bool IsConnected { get; init; }

    public long Generation { get; init; }

    public ulong Safety { get; init; }

    /// <summary>The interlocks with how each stands; empty for a stop.</summary>
    public IReadOnlyList<(ConditionPlan Condition, ConditionState State)> Interlocks { get; init; } = [];
}
