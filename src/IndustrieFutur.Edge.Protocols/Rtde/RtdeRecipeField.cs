namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>One field of a recipe as the controller accepted it, or did not.</summary>
/// <param name="Name">As we asked for it.</param>
/// <param name="Answer">What the controller said: a type, NOT_FOUND, IN_USE.</param>
/// <param name="Type">The type; null when it is none that we know.</param>
/// <param name="Offset">Where it begins in the values of a package; meaningless unless the recipe is usable.</param>
public sealed record RtdeRecipeField(string Name, string Answer, RtdeFieldType? Type, int Offset)
{
    /// <summary>The controller does not know the name, or not on this model or version.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>Another client owns it.</summary>
    public const string InUse = "IN_USE";
}
