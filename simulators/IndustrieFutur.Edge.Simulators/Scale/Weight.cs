using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Scale;

/// <summary>What a scale shows at one moment: a net weight that is stable or still moves, or that it cannot say one.</summary>
/// <param name="Grams">Net, rounded to what the display shows.</param>
/// <param name="IsStable">It has not moved for a while.</param>
/// <param name="Range">'+' overload, '-' underload, else ' '.</param>
internal readonly record struct Weight(double Grams, bool IsStable, char Range)
{
    public bool IsInRange => Range == ' ';

    /// <summary>The value field of MT-SICS: ten characters, right-aligned, and the unit.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Grams,10:0.00} g");
}
