using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>
/// What is never written or called, whatever the configuration says: power on, brake release, unlocking a protective stop, restarting safety,
/// jogging, and what the Robotics specification has to make a robot ready (OPC 40010-1).
/// </summary>
/// <remarks>
/// It holds back what says what it is, in English and by the standard's names and ids, read in the configuration and again from the server. It
/// cannot hold back a vendor's node whose name says nothing ("s=Cmd7"), says it in another language, or a register that means such a thing by
/// its value: there the server's rights of our user, and the safety controller, which no OPC UA client can overrule, must hold.
/// </remarks>
internal static class OpcUaForbidden
{
    public const string Robotics = "http://opcfoundation.org/UA/Robotics/";

    private const string PowerOn = "power on";
    private const string Brakes = "releasing brakes";
    private const string ProtectiveStop = "unlocking a protective stop";
    private const string Safety = "restarting safety";
    private const string Jogging = "jogging";

    /// <summary>Of the types (OPC 40010-1, 1.02): a server may take them on an instance. StandDown is none: it takes power away.</summary>
    private static readonly Dictionary<uint, string> RoboticsMethods = new() { [7006] = "GetReady", [7003] = "ResetToProgramStart" };

    /// <summary>Start of the machine of operation, of the system and of a task.</summary>
    private static readonly uint[] RoboticsStarts = [7001, 7004, 7008];

    /// <summary>In one piece, letters and digits only.</summary>
    private static readonly (string Piece, string What)[] Pieces =
    [
        ("poweron", PowerOn), ("turnonpower", PowerOn), ("switchonpower", PowerOn), ("poweringon", PowerOn), ("powerup", PowerOn), ("servoon", PowerOn), ("servoson", PowerOn), ("motorson", PowerOn), ("driveson", PowerOn), ("energiz", PowerOn), ("energis", PowerOn), ("getready", "making a robot ready"), ("resettoprogramstart", "making a robot ready"),
        ("brakerelease", Brakes), ("protectivestopunlock", ProtectiveStop), ("unlockprotectivestop", ProtectiveStop),
        ("restartsafety", Safety), ("safetyrestart", Safety), ("jog", Jogging), ("freedrive", Jogging), ("handguid", Jogging),
    ];

    /// <summary>All in one name, in whatever order and with whatever between: "ReleaseAllBrakes", "UnlockTheProtectiveStop".</summary>
    private static readonly (string[] Words, string What)[] Words =
    [
        (["brake", "releas"], Brakes), (["brake", "open"], Brakes), (["protective", "unlock"], ProtectiveStop), (["protective", "releas"], ProtectiveStop),
        (["protective", "reset"], ProtectiveStop), (["protective", "acknowledg"], ProtectiveStop), (["protective", "clear"], ProtectiveStop), (["emergency", "reset"], Safety),
        (["emergency", "releas"], Safety), (["emergency", "acknowledg"], Safety), (["safety", "clear"], Safety), (["safety", "acknowledg"], Safety), (["enable", "drives"], PowerOn), (["enable", "motors"], PowerOn),
        (["enable", "servo"], PowerOn), (["safety", "restart"], Safety), (["safety", "reset"], Safety),
    ];

    private static readonly char[] Separators = ['.', '/', '|', ':'];

    /// <summary>What a name promises that is never offered; null when it promises nothing of the kind.</summary>
    public static string? OfName(string? name)
    {
        // To take power away is no such thing.
        var whole = Letters(name ?? "").Replace("deenerg", "", StringComparison.Ordinal);
        var piece = Array.Find(Pieces, piece => whole.Contains(piece.Piece, StringComparison.Ordinal));
        if (piece.What is not null)
        {
            return piece.What;
        }

        var parts = (name ?? "").Split(Separators).Select(Letters).ToArray();
        return Array.Find(Words, words => parts.Any(part => words.Words.All(word => part.Contains(word, StringComparison.Ordinal)))).What;
    }

    /// <summary>What is forbidden of a node or path as it is written; null: nothing, or it is not well written.</summary>
    /// <param name="text">A node's id, or a path that begins with '/'.</param>
    /// <param name="isWritten">A variable that would be written, not an object or a method.</param>
    public static string? OfWritten(string? text, bool isWritten)
    {
        if (text is null)
        {
            return null;
        }

        if (text.StartsWith('/'))
        {
            return OpcUaPath.TryParse(text, out var path, out _) ? OfPath(path, isWritten) : null;
        }

        if (!ExpandedNodeId.TryParse(text, out var node))
        {
            return null;
        }

        if (node.NamespaceUri == Robotics && isWritten)
        {
            return "writing what the Robotics specification only shows";
        }

        return node.NamespaceUri == Robotics && node.Node.IdType == NodeIdType.Numeric && RoboticsMethods.TryGetValue(node.Node.Numeric, out var method)
            ? OfName(method)
            : OfName(node.Node.Text);
    }

    /// <summary>It makes a robot move: the standard's Start.</summary>
    public static bool IsStart(string? text) =>
        text is not null && (text.StartsWith('/')
            ? OpcUaPath.TryParse(text, out var path, out _) && path.Steps[^1] is { NamespaceUri: Robotics, Name: "Start" }
            : ExpandedNodeId.TryParse(text, out var node) && node.NamespaceUri == Robotics && node.Node.IdType == NodeIdType.Numeric
                && RoboticsStarts.Contains(node.Node.Numeric));

    /// <summary>
    /// Of a robot's safety states nothing is written or called, and of its parameter sets nothing is written: the specification has them to be
    /// seen (OPC 40010-1, 7). The folders of a robot bear the standard's names in every server, its other objects the vendor's.
    /// </summary>
    /// <param name="way">Names from the node upwards or downwards, each with "the Robotics namespace has it".</param>
    /// <param name="isWritten">A variable that would be written.</param>
    public static string? OfWay(IReadOnlyCollection<(bool IsRobotics, string? Name)> way, bool isWritten) =>
        way.Any(step => step is { IsRobotics: true, Name: "SafetyStates" }) ? "changing a robot's safety state"
        : isWritten && way.Any(step => step.IsRobotics) && way.Any(step => step.Name == "ParameterSet") ? "writing a robot's parameter set"
        : null;

    private static string? OfPath(OpcUaPath path, bool isWritten) =>
        OfName(string.Join('/', path.Steps.Select(step => step.Name)))
            ?? OfWay([.. path.Steps.Select(step => (step.NamespaceUri == Robotics, (string?)step.Name))], isWritten);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
