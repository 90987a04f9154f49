namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>A message after the look at its form: either a command to ask for, or an answer that refuses it.</summary>
/// <param name="Reply">Where the answer goes; null: it named neither a topic nor an id.</param>
/// <param name="Command">Null: refused.</param>
/// <param name="Refusal">Null: of good form.</param>
internal sealed record FormedRequest(ReplyAddress? Reply, RemoteCommand? Command, RemoteAnswer? Refusal);
