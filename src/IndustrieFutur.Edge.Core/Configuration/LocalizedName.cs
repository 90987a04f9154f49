using System.ComponentModel;

namespace IndustrieFutur.Edge.Core.Configuration;

/// <summary>A name as operators read it: French first, English second.</summary>
public sealed class LocalizedName
{
    [Description("Nom affiché aux opérateurs.")]
    public string Fr { get; init; } = "";

    [Description("The same name in English.")]
    public string En { get; init; } = "";
}
