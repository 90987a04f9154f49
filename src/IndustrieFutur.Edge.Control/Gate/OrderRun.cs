using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>An order between the moment when it left and its outcome.</summary>
internal sealed class OrderRun(CommandRequest request, CommandPlan command, Order order, DevicePort port)
{
    public CommandRequest Request => request;

    public CommandPlan Command => command;

    public Order Order => order;

    public DevicePort Port => port;

    public required long AskedMonoNanos { get; init; }

    public required IReadOnlyList<GuardReading> Guards { get; init; }

    /// <summary>When the device answered; 0: it is still with the driver.</summary>
    public long AnsweredMonoNanos { get; set; }

    /// <summary>The device's answer did not come: whatever is seen, the outcome is Unknown.</summary>
    public bool IsUnanswered { get; set; }

    public string DeviceWords { get; set; } = "";

    public TaskCompletionSource<CommandAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
