using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>An order under way: from its line in the audit to its outcome.</summary>
internal sealed class OrderRun
{
    public required long Sequence { get; init; }

    public required CommandRequest Request { get; init; }

    public required string Content { get; init; }

    public required CommandPlan Command { get; init; }

    public required DevicePort Port { get; init; }

    public required double[] Values { get; init; }

    public required IReadOnlyList<GuardReading> Guards { get; init; }

    public required long StartedMonoNanos { get; init; }

    public required long ExpiresMonoNanos { get; init; }

    /// <summary>When the device answered; 0: it has not.</summary>
    public long AnsweredMonoNanos { get; set; }

    /// <summary>The device's words.</summary>
    public string Said { get; set; } = "";

    /// <summary>The outcome, when it is known and its line is not in the audit yet.</summary>
    public CommandAnswer? Untold { get; set; }

    /// <summary>Its role at the time.</summary>
    public string Role { get; init; } = "";

    /// <summary>The reaction that gave it; -1: a person.</summary>
    public int Reaction { get; init; } = -1;

    public TaskCompletionSource<CommandAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
