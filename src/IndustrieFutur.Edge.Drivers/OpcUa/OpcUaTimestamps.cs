namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Which times travel with each value.</summary>
public enum OpcUaTimestamps
{
    /// <summary>The device's only: 8 bytes less a value.</summary>
    Source,

    /// <summary>The server's too, which stands in for a device whose clock is not believed.</summary>
    Both,
}
