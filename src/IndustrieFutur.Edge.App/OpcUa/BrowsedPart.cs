using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>A part of a variable's value: an element of an array, a field of a structure, or a field of an element.</summary>
/// <param name="Index">As a signal's "index" has it; empty without one.</param>
/// <param name="Field">As a signal's "field" has it; empty without one.</param>
/// <param name="Value">What it says now.</param>
internal sealed record BrowsedPart(string Index, string Field, Variant Value)
{
    /// <summary>What follows the variable's name: ".Position.X", "[2]", "[2].Speed".</summary>
    public string Name => (Index.Length > 0 ? $"[{Index}]" : "") + (Field.Length > 0 ? $".{Field}" : "");

    public string DataType => Value.Type + (Value.IsArray ? "[]" : "");

    public string Text => ServerWords.Plain(Value.ToString());

    /// <summary>The word for "type" in our configuration; null when it is no value that a signal can carry.</summary>
    public string? SignalType => HasWritableName ? CarriedAs : null;

    /// <summary>The same whatever its name is; an array that was not taken apart has no element to be named, for instance because it is empty now.</summary>
    public string? CarriedAs => Value.IsArray ? null : SignalTypes.Of(Value.Type);

    private bool HasWritableName => Field.Length == 0 || OpcUaSignalOptions.IsField(Field);
}
