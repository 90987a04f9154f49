namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>The nodes of one device in one address space, which follow the device.</summary>
internal interface IUaView
{
    /// <summary>Writes what is new since the last time; by one thread at a time.</summary>
    /// <param name="utc">The source time of what is new, raw, see UaTime.</param>
    void Show(long utc);
}
