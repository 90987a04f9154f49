using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>What a server recorded of one node.</summary>
/// <param name="Status">Good, GoodNoData, or why there is nothing (more).</param>
/// <param name="Values">In the order of the server: from the start to the end that were asked for.</param>
/// <param name="IsComplete">False when more is there than was wanted at most.</param>
public sealed record NodeHistory(uint Status, IReadOnlyList<DataValue> Values, bool IsComplete);
