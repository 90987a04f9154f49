using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>One guard of the gate: how it is made false while all others hold, and what has to come of it.</summary>
/// <param name="Guard">What is false, for people.</param>
/// <param name="Rule">The word of the rule that must refuse.</param>
/// <param name="English">A part of its own sentence.</param>
/// <param name="French">The same in French.</param>
/// <param name="AskAsync">Makes it false, asks with this value, and makes it true again; returns the answer.</param>
internal sealed record GuardCase(string Guard, string Rule, string English, string French, Func<int, Task<JsonObject>> AskAsync)
{
    /// <summary>Who asks; empty: nobody that has a name.</summary>
    public string User { get; init; } = CommandSite.Operator;

    /// <summary>Where the refusal must stand.</summary>
    public GuardTrace Trace { get; init; } = GuardTrace.Refused;

    /// <summary>The interlock, as written, whose reading the audit must have; empty: no interlock refuses.</summary>
    public string Reading { get; init; } = "";

    /// <summary>How that interlock must stand.</summary>
    public string State { get; init; } = "fails";
}
