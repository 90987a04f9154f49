namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>A fault: the OPC UA server of a device goes down and comes back, perhaps not as it was.</summary>
public sealed record UaRestart
{
    /// <summary>How long it is away, in the cell's time; building its address space takes some tenths of a second of the wall's beyond it.</summary>
    public TimeSpan Away { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So many namespaces more than before come ahead of the models: every index but 0 and 1 is another one, as after a download of a PLC's program.</summary>
    public int ShiftNamespaces { get; init; }

    /// <summary>It comes back with a certificate that has expired.</summary>
    public bool IsCertificateExpired { get; init; }
}
