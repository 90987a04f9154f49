namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>What a type leaves open when an instance of it is made.</summary>
public sealed record InstanceOptions
{
    /// <summary>Optional members that are wanted, by their names from the instance on: "ParameterSet/ActualSpeed". What lies on the way comes too.</summary>
    public IReadOnlyCollection<string> Optional { get; init; } = [];

    /// <summary>The namespace of the new ids; 1 = the application's.</summary>
    public ushort NamespaceIndex { get; init; } = 1;

    /// <summary>The id of the instance, a text that the ids below begin with; null: the parent's, if it is such a text, and the name.</summary>
    public string? Id { get; init; }
}
