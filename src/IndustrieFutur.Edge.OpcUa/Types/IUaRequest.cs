using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>What a client asks a server.</summary>
public interface IUaRequest : IUaStructure
{
    RequestHeader RequestHeader { get; set; }
}
