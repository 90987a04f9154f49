using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Something that no configuration may say.</summary>
/// <param name="What">In a few words.</param>
/// <param name="Path">Where it stands, or begins to.</param>
/// <param name="Says">What the check has to say of it.</param>
/// <param name="Change">Writes it into a cell that is in order.</param>
internal sealed record ForbiddenCase(string What, string Path, string Says, Action<JsonObject> Change);
