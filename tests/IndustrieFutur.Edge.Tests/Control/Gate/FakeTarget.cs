using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>A device that writes down every order that reaches it.</summary>
internal sealed class FakeTarget : ICommandTarget
{
    public List<(long Id, string Command, double[] Values)> Done { get; } = [];

    public OrderAnswer Answer { get; set; } = OrderAnswer.Taken();

    public OrderAnswer Execute(Order order, CommandPlan command)
    {
        Done.Add((order.Id, command.Id, [.. Enumerable.Range(0, order.Count).Select(order.Value)]));
        return Answer;
    }
}
