using IndustrieFutur.Edge.App.Doctor;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>What one rung found: whether it holds, in a sentence, with the facts that a person writes down, and what to do when it does not.</summary>
internal sealed record RungAnswer(Verdict Verdict, string Text)
{
    /// <summary>Facts by their names; no name comes twice.</summary>
    public IReadOnlyList<RungFact> Facts { get; init; } = [];

    /// <summary>What a person does now; empty when there is nothing to do.</summary>
    public string Next { get; init; } = "";

    /// <summary>How the verb ends when this rung is broken.</summary>
    public int ExitCode { get; init; }

    public static RungAnswer Ok(string text, params IReadOnlyList<RungFact> facts) => new(Verdict.Ok, text) { Facts = facts };

    public static RungAnswer Doubt(string text, string next, params IReadOnlyList<RungFact> facts) =>
        new(Verdict.Warning, text) { Next = next, Facts = facts };

    public static RungAnswer Broken(int exitCode, string text, string next, params IReadOnlyList<RungFact> facts) =>
        new(Verdict.Fail, text) { Next = next, ExitCode = exitCode, Facts = facts };
}
