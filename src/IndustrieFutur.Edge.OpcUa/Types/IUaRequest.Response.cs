namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A request that knows what answers it.</summary>
public interface IUaRequest<TResponse> : IUaRequest
    where TResponse : IUaResponse<TResponse>;
