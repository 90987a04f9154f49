namespace IndustrieFutur.Edge.Control;

/// <summary>Whose request it is, as the door established it.</summary>
/// <param name="Name">The user's name; "" for nobody.</param>
/// <param name="Station">From where: "local", an address, a broker's name; for the audit.</param>
/// <param name="Door">By which way.</param>
/// <param name="IsAtCell">On this machine: only there a lease is taken.</param>
public sealed record Who(string Name, string Station, Door Door, bool IsAtCell);
