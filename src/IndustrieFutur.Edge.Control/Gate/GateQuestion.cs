using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>A request with all that the rules look at, as it is at one moment.</summary>
internal sealed class GateQuestion
{
    public required CommandRequest Request { get; init; }

    /// <summary>Null: there is no such command.</summary>
    public required CommandPlan? Command { get; init; }

    /// <summary>Null: there is no such user.</summary>
    public required Role? Role { get; init; }

    public required CellPlan Plan { get; init; }

    public required LiveConditions Conditions { get; init; }

    public required Func<int, string> Describe { get; init; }

    /// <summary>Why commands are off; null: they are on.</summary>
    public required Refusal? Off { get; init; }

    /// <summary>The set of commands in force is armed.</summary>
    public required bool IsArmed { get; init; }

    /// <summary>Who answers for the cell; empty: nobody.</summary>
    public required string LeaseHolder { get; init; }

    /// <summary>What was prepared under the request's token; null: nothing, or it is void.</summary>
    public required PreparedOrder? Prepared { get; init; }

    /// <summary>The device has an order.</summary>
    public required bool IsBusy { get; init; }

    /// <summary>Its link is open.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Which opening of the link this is.</summary>
    public required long Generation { get; init; }

    /// <summary>The safety signals as they are.</summary>
    public required ulong Safety { get; init; }

    /// <summary>When this command's last order was given; 0: never.</summary>
    public required long LastOrderMonoNanos { get; init; }

    public required long NowUtcMillis { get; init; }

    public required long MonoNow { get; init; }

    /// <summary>The values as numbers, once <see cref="LimitsRule"/> has read them.</summary>
    public double[] Values { get; set; } = [];

    /// <summary>The interlocks as they stood, once <see cref="InterlockRule"/> has asked them.</summary>
    public IReadOnlyList<GuardReading> Guards { get; set; } = [];
}
