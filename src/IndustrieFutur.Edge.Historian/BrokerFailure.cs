namespace IndustrieFutur.Edge.Historian;

/// <summary>Why a historian has no connection to its broker.</summary>
/// <param name="IsRefusal">The broker is there and will not have us, or is not the one that was meant: a person must act.</param>
/// <param name="Sentence">What happened and what to do.</param>
public sealed record BrokerFailure(bool IsRefusal, string Sentence);
