using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>What a server answers.</summary>
public interface IUaResponse : IUaStructure
{
    ResponseHeader ResponseHeader { get; set; }
}
