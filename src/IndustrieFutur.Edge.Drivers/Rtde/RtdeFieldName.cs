using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>A field as an integrator writes it: by its name at the controller, or "norm(name)" for the length of a vector's first three numbers.</summary>
/// <param name="Name">At the controller.</param>
/// <param name="IsNorm">The length is wanted: the speed of the tool out of its three parts.</param>
internal readonly record struct RtdeFieldName(string Name, bool IsNorm)
{
    private const string NormStart = "norm(";

    public static RtdeFieldName Parse(string written) =>
        written.StartsWith(NormStart, StringComparison.Ordinal) && written.EndsWith(')')
            ? new RtdeFieldName(written[NormStart.Length..^1], true)
            : new RtdeFieldName(written, false);

    /// <summary>What a controller could have: it is put between commas and may not hold one.</summary>
    public bool IsWellFormed => Name.Length > 0 && Name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>The documented name that differs in capitals or by its last letters only; null when there is none.</summary>
    public string? Nearest()
    {
        var name = Name;
        return RtdeFields.Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? RtdeFields.Names.FirstOrDefault(known => string.Equals(Bare(known), Bare(name), StringComparison.OrdinalIgnoreCase))
            ?? RtdeFields.Names.FirstOrDefault(known => name.Length >= 4 && known.Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    private static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).TrimEnd('s');
}
