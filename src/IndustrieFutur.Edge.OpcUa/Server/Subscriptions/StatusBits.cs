namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The lower half of a status code, which tells more about a value (OPC UA Part 4, 7.39).</summary>
internal static class StatusBits
{
    /// <summary>InfoType DataValue with the Overflow bit: values of this queue were given up.</summary>
    public const uint Overflow = 0x0480;
}
