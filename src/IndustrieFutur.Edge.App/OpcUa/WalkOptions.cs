using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Where a walk through a server's address space begins, and where it ends at the latest.</summary>
internal sealed record WalkOptions
{
    /// <summary>Objects, below which everything lies that a machine says (OPC UA Part 5, 8.2.4).</summary>
    public static readonly NodeId Objects = new(0, 85);

    /// <summary>The server's own diagnostics, hundreds of nodes that are no machine's (OPC UA Part 5, 8.3.2).</summary>
    public static readonly NodeId Server = new(0, 2253);

    public NodeId From { get; init; } = Objects;

    /// <summary>A robot by the companion specification is 10 deep; loops are cut anyway.</summary>
    public int DepthMax { get; init; } = 20;

    /// <summary>Some 10 MB here, and a minute of a small PLC's time; a larger space is browsed part by part.</summary>
    public int NodesMax { get; init; } = 20_000;

    /// <summary>Also shows what is below <see cref="Server"/>.</summary>
    public bool WithServer { get; init; }
}
