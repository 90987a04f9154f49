namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>A signal that a value feeds.</summary>
/// <param name="Slot">The signal's place among those of the link.</param>
/// <param name="Field">Which part of the value: a field of a structure, an element of an array; empty for all of it.</param>
internal readonly record struct OpcUaTarget(int Slot, string Field);
