using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>How a simulated device looks over OPC UA: which models it follows, and the nodes that it has by them.</summary>
internal interface IUaModel
{
    /// <summary>URIs of the models that its nodes are instances of.</summary>
    IReadOnlyList<string> NodeSets { get; }

    /// <summary>Builds its nodes; anew for each start of the server.</summary>
    IUaView Build(AddressSpace space, EventNotifiers events);
}
