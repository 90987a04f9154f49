using System.Text;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>The names of a recipe as a client sends them: with commas between, to the end of its packet.</summary>
internal static class RtdeNameList
{
    /// <summary>No documented name is so short that more of them fit into a list; the types of so many fit into an answer.</summary>
    public const int NamesMax = 256;

    /// <summary>Empty with a sentence when it is no list that a controller takes.</summary>
    public static string[] Parse(ReadOnlySpan<byte> payload, out string refusal)
    {
        refusal = payload.Length > RtdeLimits.NamesBytesMax
            ? $"The names of the recipe are {payload.Length} bytes; {RtdeLimits.NamesBytesMax} can be. The recipe is refused."
            : "";
        if (refusal.Length > 0)
        {
            return [];
        }

        var names = Encoding.Latin1.GetString(payload).Split(',');
        if (names.Length <= NamesMax)
        {
            return names;
        }

        refusal = $"The recipe has {names.Length} names; {NamesMax} can be. The recipe is refused.";
        return [];
    }
}
