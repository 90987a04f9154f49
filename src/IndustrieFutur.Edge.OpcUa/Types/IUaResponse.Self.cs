namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>An answer that reads itself.</summary>
public interface IUaResponse<TSelf> : IUaResponse, IUaStructure<TSelf>
    where TSelf : IUaResponse<TSelf>;
