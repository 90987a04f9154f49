using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Something that nobody means well with: how it is done, and which rule is to refuse it.</summary>
/// <param name="What">In words.</param>
/// <param name="Rule">The gate's, or the door's own.</param>
/// <param name="AskAsync">Does it, and returns the answer.</param>
internal sealed record HostileCase(string What, string Rule, Func<Task<JsonObject>> AskAsync);
