namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>What a scripted store answers.</summary>
internal sealed record ScriptedAnswer(int Status, string Text = "", string? RetryAfter = null);
