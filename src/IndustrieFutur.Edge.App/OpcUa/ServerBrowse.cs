using IndustrieFutur.Edge.App.Doctor;
using IndustrieFutur.Edge.App.OpcUa.Probe;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Climbs the ladder to a session, walks through the server and prints what it found; what it is doing it says on standard error.</summary>
internal sealed class ServerBrowse(ServerRequest request, TextWriter output, TextWriter error)
{
    /// <summary>Null: below Objects.</summary>
    public ExpandedNodeId? From { get; init; }

    public required WalkOptions Options { get; init; }

    /// <summary>Without any, every node is shown.</summary>
    public IReadOnlyList<PathGlob> Globs { get; init; } = [];

    public required BrowseFormat Format { get; init; }

    /// <summary>The device's id in a configuration.</summary>
    public required string Device { get; init; }

    public int Run(CancellationToken cancellationToken)
    {
        using var state = new ProbeState(request, TimeProvider.System);
        Climb(state, cancellationToken);
        try
        {
            return Print(state, Nodes(state.OpenSession));
        }
        catch (UaException cause)
        {
            var (exitCode, next) = ProbeAdvice.Of(cause, state);
            throw new VerbFailedException(exitCode, $"the server did not let itself be browsed: {cause.Message}; {next}");
        }
    }

    /// <summary>As "ifedge probe" does; what is broken there ends the browse with the same words.</summary>
    private void Climb(ProbeState state, CancellationToken cancellationToken)
    {
        foreach (var rung in new Ladder(ProbeRungs.ToSession(), TimeProvider.System).Climb(state, cancellationToken))
        {
            if (rung.Answer.Verdict == Verdict.Fail)
            {
                throw new VerbFailedException(
                    rung.Answer.ExitCode,
                    $"{request.Endpoint} ({rung.Name}): {Sentence(rung.Answer.Text)} {Sentence(rung.Answer.Next)} \"ifedge probe {request.Endpoint}\" shows the whole way");
            }
        }
    }

    private static string Sentence(string text) => text.Length == 0 ? "" : text.TrimEnd('.', ' ') + ".";

    private List<BrowsedNode> Nodes(UaSession session)
    {
        var walk = new AddressSpaceWalk(session, Options with { From = Start(session) });
        var roots = walk.Run(Progress);
        if (walk.Cut is { } cut)
        {
            error.WriteLine($"ifedge: not everything is shown: {cut}");
        }

        var found = roots.SelectMany(root => root.WithDescendants()).ToArray();
        var wanted = found.Where(node => Globs.Count == 0 || Globs.Any(glob => glob.Matches(node.Path))).ToArray();
        return [.. new NodeReader(session).Describe(wanted, withPropertyParts: Globs.Count > 0)];
    }

    /// <summary>A person waits and wants to see that something happens; a log does not.</summary>
    private void Progress(int count)
    {
        if (!Console.IsErrorRedirected)
        {
            error.Write($"\r{count} nodes ");
        }
    }

    private NodeId Start(UaSession session)
    {
        if (From is not { } from)
        {
            return Options.From;
        }

        return from.ServerIndex == 0 && from.TryResolve(session.NamespaceUris, out var node)
            ? node
            : throw new VerbFailedException(ExitCode.Usage, $"the server has no namespace \"{from.NamespaceUri}\"; it has {string.Join(", ", session.NamespaceUris)}");
    }

    private int Print(ProbeState state, List<BrowsedNode> nodes)
    {
        switch (Format)
        {
            case BrowseFormat.Csv:
                BrowseText.WriteCsv(nodes, output);
                Say(LeftOut.OfParts(nodes));
                break;
            case BrowseFormat.Json:
                output.WriteLine(BrowseText.ToJson(nodes));
                Say(LeftOut.OfParts(nodes));
                break;
            case BrowseFormat.Configuration:
                return PrintConfiguration(state, nodes);
            default:
                BrowseText.WriteTree(Globs.Count == 0 ? nodes : nodes.Select(node => node with { Depth = 0, Name = node.Path }), output);
                break;
        }

        return nodes.Count > 0 ? ExitCode.Done
            : Nothing(Globs.Count > 0 ? "no node fits; without --match browse shows all of them" : $"the server has nothing under {From?.ToString() ?? "its objects"}, or no such node; without --from browse shows all that there is");
    }

    private int PrintConfiguration(ProbeState state, List<BrowsedNode> nodes)
    {
        var signals = BrowseConfiguration.Choose(nodes, Globs.Count > 0);
        Say(LeftOut.OfConfiguration(nodes, Globs.Count > 0));
        if (signals.Count == 0)
        {
            return Nothing("no variable fits that a signal could be made of; look at the tree without --as-config, and choose with --match");
        }

        output.WriteLine(BrowseConfiguration.Write(Device, request, state.Endpoint, signals));
        error.WriteLine($"{signals.Count} signals; adapt \"group\", \"edge\" and the rhythm of the groups, then ask \"ifedge check\"");
        return ExitCode.Done;
    }

    private void Say(string sentence)
    {
        if (sentence.Length > 0)
        {
            error.WriteLine($"ifedge: {sentence}");
        }
    }

    private int Nothing(string sentence)
    {
        error.WriteLine($"ifedge: {sentence}");
        return ExitCode.FoundProblems;
    }
}
