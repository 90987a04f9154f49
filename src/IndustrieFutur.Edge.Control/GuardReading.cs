namespace IndustrieFutur.Edge.Control;

/// <summary>One interlock as it stood when the gate decided.</summary>
/// <param name="When">The condition as written.</param>
/// <param name="State">"holds", "fails", "notGood" or "notFresh".</param>
/// <param name="Signals">Each signal it names with value, quality and age: "plc/conv.speed=250 Good 12 ms".</param>
/// <param name="MessageFr">What a person reads when it does not hold.</param>
/// <param name="MessageEn">The same in English.</param>
public sealed record GuardReading(string When, string State, IReadOnlyList<string> Signals, string MessageFr, string MessageEn);
