namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Something in an OPC UA exchange went wrong; it carries the status code that a peer sent or that describes it best.</summary>
public class UaException(uint status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The OPC UA StatusCode, raw (OPC UA Part 4, 7.39).</summary>
    public uint Status { get; } = status;

    /// <summary>The peer said it of us; else it is what we found ourselves.</summary>
    public bool IsOfPeer { get; init; }
}
