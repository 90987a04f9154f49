using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers.OpcUa.Orders;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>One variable of an OPC UA server that a command may write, or one method that it may call.</summary>
public sealed class OpcUaTargetOptions : WriteTargetOptions
{
    /// <summary>What an order carries at most.</summary>
    private const int ArgumentsMax = 4;

    /// <summary>As of a signal's node.</summary>
    private const int NodeCharactersMax = 4_096 + 512;

    private const string PackMl = "http://opcfoundation.org/UA/PackML/";

    /// <summary>PackML's methods that only stop (OPC 30050, 6.2).</summary>
    private static readonly string[] PackMlStops = ["Stop", "Hold", "Suspend", "Abort"];

    [MaxLength(NodeCharactersMax)]
    [Description("The variable to write by its id, as a signal's \"node\". Either this, or \"path\", or \"object\" and \"method\".")]
    public string? Node { get; init; }

    [MaxLength(NodeCharactersMax)]
    [Description("The variable to write by browse names, as a signal's \"path\".")]
    public string? Path { get; init; }

    [Description("The variable's type on the server, which is checked there: f64 is a Double, f32 a Float, i32 an Int32 or an enumeration, and so on.")]
    public OpcUaNumber? Type { get; init; }

    [MaxLength(NodeCharactersMax)]
    [Description("The object whose method is called, by its id (\"nsu=...;s=...\") or by browse names from Objects (\"/...\").")]
    public string? Object { get; init; }

    [MaxLength(NodeCharactersMax)]
    [Description("The method by its id, or by browse names from its object: \"/nsu=http://opcfoundation.org/UA/PackML/:Stop\". By those names PackML's Stop, Hold, Suspend and Abort are known as stops.")]
    public string? Method { get; init; }

    [MaxLength(ArgumentsMax)]
    [Description("The types of the method's arguments in their order, as the server has them: [\"f32\"]. Only numbers and Boolean; at most four.")]
    public IReadOnlyList<OpcUaNumber> Arguments { get; init; } = [];

    [Description("It may set a machine in motion: only who holds the lease at the cell may give its commands, in two steps. The Robotics specification's Start is known as such.")]
    public bool Motion { get; init; }

    /// <inheritdoc/>
    public override int ValueCount => IsCall ? Arguments.Count : 1;

    /// <inheritdoc/>
    public override bool SetsInMotion => Motion || OpcUaForbidden.IsStart(Method);

    /// <inheritdoc/>
    public override string Words => IsCall
        ? $"opcua call {OpcUaNode.Short(Method ?? "")} of {OpcUaNode.Short(Object ?? "")}"
        : $"opcua write {OpcUaNode.Short(Node ?? Path ?? "")}";

    internal bool IsCall => Method is not null || Object is not null;

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return base.Stops(values) || IsPackMlStop;
    }

    /// <inheritdoc/>
    public override string? MistakeIn(double value)
    {
        if (base.MistakeIn(value) is { } mistake)
        {
            return mistake;
        }

        // Of which argument it is nobody says here; what fits none is wrong in any case, and the driver asks each of its own.
        OpcUaNumber[] types = IsCall ? [.. Arguments] : [Type ?? OpcUaNumber.F64];
        return types.Length == 0 || Array.Exists(types, type => OpcUaNumbers.Takes(type, value))
            ? null
            : $"does not fit into {string.Join(" or ", types.Distinct().Select(type => $"\"{NameOf(type)}\""))}; write a number that it holds, or the type that the server has";
    }

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        if (IsCall)
        {
            CheckCall(mistakes);
        }
        else
        {
            CheckWrite(mistakes);
        }
    }

    internal static string NameOf(OpcUaNumber type) => type.ToString().ToLowerInvariant();

    /// <summary>The server finds it by these names, so it is what they say.</summary>
    private bool IsPackMlStop =>
        Method?.StartsWith('/') == true && OpcUaPath.TryParse(Method, out var path, out _)
            && path.Steps[^1] is { NamespaceUri: PackMl } last && PackMlStops.Contains(last.Name);

    private void CheckWrite(Mistakes mistakes)
    {
        Refuse(
            Node is null && Path is null,
            mistakes, "the target names nothing; add \"node\": \"nsu=...;s=...\" or \"path\": \"/...\" to write a variable, or \"object\" and \"method\" to call (ifedge browse shows them)", "node");
        Refuse(Node is not null && Path is not null, mistakes, "the target names its variable twice, by \"node\" and by \"path\"; remove one", "path");
        Refuse(Type is null, mistakes, "the target does not say what is written; add \"type\": \"f64\" for a Double, \"f32\" for a Float, \"i32\" for an Int32, \"bool\", ...", "type");
        Refuse(Arguments.Count > 0, mistakes, "only a method has arguments; remove them, or name \"object\" and \"method\"", "arguments");
        Refuse(
            Packml && Type is (OpcUaNumber.Bool or OpcUaNumber.F32 or OpcUaNumber.F64),
            mistakes, "PackML's control command is a whole number; write \"i32\", or the whole type that the server has", "type");
        Refuse(
            StopValue is { } stop && Type is { } type && !OpcUaNumbers.Takes(type, stop),
            mistakes, "the type does not hold this value; write one that it holds", "stopValue");
        CheckPlace(Node, "node", isWritten: true, mistakes);
        CheckPath(Path, "path", isWritten: true, mistakes);
    }

    private void CheckCall(Mistakes mistakes)
    {
        Refuse(
            Node is not null || Path is not null,
            mistakes, "the target both writes a variable and calls a method; make two targets of it", Node is not null ? "node" : "path");
        Refuse(Type is not null, mistakes, "a method's types stand under \"arguments\"; remove it", "type");
        Refuse(Object is null, mistakes, "a method is called on an object; add \"object\": \"nsu=...;s=...\" or \"/...\" (ifedge browse shows it)", "object");
        Refuse(Method is null, mistakes, "the target names an object and no method; add \"method\": \"nsu=...;s=...\" or \"/nsu=...:<name>\"", "method");
        Refuse(Packml, mistakes, "only a variable takes PackML's control commands; remove it: PackML's methods are known by their names", "packml");
        Refuse(
            StopValue is { } stop && (Arguments.Count != 1 || !OpcUaNumbers.Takes(Arguments[0], stop)),
            mistakes, "only a method with one argument that holds this value has a value that stops; remove it", "stopValue");
        CheckPlace(Object, "object", isWritten: false, mistakes);
        CheckPlace(Method, "method", isWritten: false, mistakes);
    }

    private static void CheckPlace(string? text, string key, bool isWritten, Mistakes mistakes)
    {
        if (text is null)
        {
            return;
        }

        if (text.StartsWith('/') && !isWritten)
        {
            CheckPath(text, key, isWritten, mistakes);
            return;
        }

        if (OpcUaNode.Refusal(text) is { } refusal)
        {
            mistakes.Add(refusal, key);
            return;
        }

        CheckAllowed(text, key, isWritten, mistakes);
    }

    private static void CheckPath(string? text, string key, bool isWritten, Mistakes mistakes)
    {
        if (text is null)
        {
            return;
        }

        if (!OpcUaPath.TryParse(text, out _, out var refusal))
        {
            mistakes.Add(refusal, key);
            return;
        }

        CheckAllowed(text, key, isWritten, mistakes);
    }

    private static void CheckAllowed(string text, string key, bool isWritten, Mistakes mistakes)
    {
        if (OpcUaForbidden.OfWritten(text, isWritten) is { } what)
        {
            mistakes.Add($"\"{OpcUaNode.Short(text)}\" is, or is named like, {what}, which is never commanded from here; do it at the machine, and remove the target", key);
        }
    }

    private static void Refuse(bool isWrong, Mistakes mistakes, string message, params string[] path)
    {
        if (isWrong)
        {
            mistakes.Add(message, path);
        }
    }
}
