namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Why a rule of the gate says no: its word, and a sentence with the remedy in both languages.</summary>
internal sealed record Refusal(string Rule, string Fr, string En);
