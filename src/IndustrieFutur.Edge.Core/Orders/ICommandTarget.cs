using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>A driver that can do what an order says. Called on the link's thread between two of its steps, never otherwise.</summary>
public interface ICommandTarget
{
    /// <summary>
    /// When the device can next be told something, monotonic; 0: at once. While it rests between two requests, or owes an answer, its order stays
    /// in the inbox, where it expires, can be taken back, and is asked all over again when its turn comes; nobody waits for it with the line in hand.
    /// </summary>
    long NotBeforeMonoNanos(CommandPlan command) => 0;

    /// <summary>
    /// Sends the order once, never again, and waits for the device's word as long as it would for any answer. A link that is lost after the first
    /// byte may have left is <see cref="OrderVerdict.Unanswered"/>; the next step then finds it lost. Throws nothing.
    /// </summary>
    OrderAnswer Execute(Order order, CommandPlan command);
}
