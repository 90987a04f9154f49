namespace IndustrieFutur.Edge.Control.People;

/// <summary>What came of a log-in.</summary>
/// <param name="Session">256 random bits as hexadecimal digits; empty: refused.</param>
/// <param name="Role">Of the user.</param>
/// <param name="RetryAfter">How long to wait before the next try is looked at; zero: none.</param>
public sealed record LoginAnswer(string Session, Role Role, TimeSpan RetryAfter);
