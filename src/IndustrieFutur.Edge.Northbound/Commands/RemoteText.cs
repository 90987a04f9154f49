namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>A sentence for an operator in both languages.</summary>
public sealed record RemoteText(string Fr, string En);
