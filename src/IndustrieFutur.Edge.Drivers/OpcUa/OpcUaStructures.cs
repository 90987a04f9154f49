using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Takes structures apart into fields with stable names, by what the server says of its types.</summary>
/// <param name="flatten">The fields of one structure, by name; null for one whose type is not known.</param>
internal sealed class OpcUaStructures(Func<ExtensionObject, IReadOnlyDictionary<string, Variant>?> flatten)
{
    public IReadOnlyDictionary<string, Variant>? Flatten(ExtensionObject structure) => flatten(structure);
}
