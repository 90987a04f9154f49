namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>What a device said to an order.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Code">The device's own number: an OPC UA status, a Modbus exception; 0 where it gave none.</param>
/// <param name="Text">The device's words, or ours for its number; in English, as logs are.</param>
public readonly record struct OrderAnswer(OrderVerdict Verdict, uint Code, string Text)
{
    public static OrderAnswer Taken(string text = "") => new(OrderVerdict.Taken, 0, text);

    public static OrderAnswer Rejected(uint code, string text) => new(OrderVerdict.Rejected, code, text);

    public static OrderAnswer Unanswered(string text) => new(OrderVerdict.Unanswered, 0, text);
}
