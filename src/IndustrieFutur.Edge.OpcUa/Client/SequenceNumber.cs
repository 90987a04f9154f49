namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>The numbers of notification messages: from 1 up, and after the last one 1 again, for 0 is none (OPC UA Part 4, 7.26).</summary>
internal static class SequenceNumber
{
    public static uint Next(uint number) => number == uint.MaxValue ? 1 : number + 1;

    /// <summary>How many steps lead from one to the other; more than half of all is a step back.</summary>
    public static uint Distance(uint from, uint to) => to >= from ? to - from : uint.MaxValue - from + to;

    public static bool IsBefore(uint number, uint other) => number != other && Distance(number, other) <= uint.MaxValue / 2;
}
