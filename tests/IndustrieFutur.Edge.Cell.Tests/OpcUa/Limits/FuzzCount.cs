namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>What one lane of the fuzzer did.</summary>
internal sealed class FuzzCount
{
    /// <summary>Damaged requests, or pieces of a connection's bytes.</summary>
    public long Damaged { get; set; }

    /// <summary>Of them, those that the server answered with a fault or by hanging up.</summary>
    public long Refused { get; set; }

    public long Connections { get; set; }
}
