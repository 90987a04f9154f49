using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>One signal of an OPC UA server: the variable, and which part of it.</summary>
public sealed class OpcUaSignalOptions : SignalOptions
{
    /// <summary>A text of the standard is at most 4,096 characters as a node's identifier (OPC UA Part 3, 8.2.4).</summary>
    private const int NodeCharactersMax = 4_096 + 512;

    /// <summary>Names of fields that a person reads are far shorter.</summary>
    private const int FieldCharactersMax = 256;

    private const string FieldPattern = @"^(\[[0-9]{1,6}\])*([^.\[\]]+(\[[0-9]{1,6}\])*(\.[^.\[\]]+(\[[0-9]{1,6}\])*)*)?$";

    [MaxLength(NodeCharactersMax)]
    [Description("The variable by its id with the namespace's URI, \"nsu=http://vendor.com/PLC;s=Motor.Speed\" (s text, i number, g GUID, b base 64); "
        + "\"i=2258\" for the standard's own. Either this or \"path\".")]
    public string? Node { get; init; }

    [MaxLength(NodeCharactersMax)]
    [Description("The variable by browse names from Objects, each with its namespace's URI: "
        + "\"/nsu=http://opcfoundation.org/UA/DI/:DeviceSet/nsu=http://vendor.com/:Robot1/...\". A name without one is in the namespace of the name before it, the first in the standard's. "
        + "A '/' or '&' within a name is written '&/' or '&&'.")]
    public string? Path { get; init; }

    [Required]
    [Description("What the value becomes: f64 for measurements, i64 or u64 for counters and states, bool, text.")]
    public OpcUaType? Type { get; init; }

    [RegularExpression("^[0-9]{1,9}(,[0-9]{1,9}){0,3}$")]
    [Description("One element of an array, counted from 0: \"3\"; \"1,2\" of a matrix. The server sends only that.")]
    public string? Index { get; init; }

    [MaxLength(FieldCharactersMax)]
    [RegularExpression(FieldPattern)]
    [Description("One field of a structure, by its name in the type: \"Position.X\", \"Axes[2].Angle\"; \"[3]\" takes an element out of an array that is sent whole.")]
    public string? Field { get; init; }

    /// <summary>True for what "field" takes.</summary>
    public static bool IsField(string text) =>
        text is { Length: > 0 and <= FieldCharactersMax } && Regex.IsMatch(text, FieldPattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public override ValueKind RawKind => Type switch
    {
        OpcUaType.I64 => ValueKind.Int64,
        OpcUaType.U64 => ValueKind.UInt64,
        OpcUaType.Bool => ValueKind.Boolean,
        OpcUaType.Text => ValueKind.Text,
        _ => ValueKind.Float64,
    };

    /// <summary>The rules between the signal's keys.</summary>
    internal void CheckIn(Mistakes mistakes)
    {
        if (Node is null && Path is null)
        {
            mistakes.Add("the signal names no variable; add \"node\": \"nsu=...;s=...\", or \"path\": \"/...\" (ifedge browse shows them)", "node");
        }

        if (Node is not null && Path is not null)
        {
            mistakes.Add("the signal names its variable twice, by \"node\" and by \"path\"; remove one", "path");
        }

        if (Node is not null && OpcUaNode.Refusal(Node) is { } nodeRefusal)
        {
            mistakes.Add(nodeRefusal, "node");
        }

        if (Path is not null && !OpcUaPath.TryParse(Path, out _, out var pathRefusal))
        {
            mistakes.Add(pathRefusal, "path");
        }
    }
}
