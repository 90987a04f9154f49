namespace IndustrieFutur.Edge.Control;

/// <summary>What the gate says to an act that is no command.</summary>
/// <param name="Done">It was done.</param>
/// <param name="Rule">What refused it; empty when it was done.</param>
/// <param name="TextFr">A sentence: what happened and what can be done.</param>
/// <param name="TextEn">The same in English.</param>
public sealed record ActAnswer(bool Done, string Rule, string TextFr, string TextEn);
