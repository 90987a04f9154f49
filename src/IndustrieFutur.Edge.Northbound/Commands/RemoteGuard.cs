namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>One interlock as it stood when it was decided.</summary>
/// <param name="When">The condition as written.</param>
/// <param name="State">"holds", "fails", "notGood" or "notFresh".</param>
/// <param name="Signals">Each signal that it names, with value, quality and age.</param>
/// <param name="Message">What a person reads when it does not hold.</param>
public sealed record RemoteGuard(string When, string State, IReadOnlyList<string> Signals, RemoteText Message);
