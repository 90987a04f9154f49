namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Why a rule lets a request not through, and what can be done about it.</summary>
/// <param name="Rule">The rule's word.</param>
/// <param name="TextFr">The sentence for operators.</param>
/// <param name="TextEn">The same in English.</param>
internal sealed record Refusal(string Rule, string TextFr, string TextEn);
