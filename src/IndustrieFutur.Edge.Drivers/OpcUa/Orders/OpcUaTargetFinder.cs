using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>
/// Finds targets in a session and holds them against what the server says of them: there, only once, of the configured type, and nothing that
/// is never commanded. What is not in order gets a reason, and no order.
/// </summary>
internal sealed class OpcUaTargetFinder(UaSession session)
{
    private static readonly uint[] Attributes = [AttributeIds.BrowseName, AttributeIds.NodeClass, AttributeIds.DataType, AttributeIds.ValueRank];

    public void Find(IReadOnlyList<OpcUaCommandTarget> targets)
    {
        foreach (var target in targets)
        {
            target.Begin();
        }

        var calls = targets.Where(target => target.Options.IsCall).ToArray();
        Locate(calls, target => target.Options.Object!, _ => new NodeId(0, OpcUaResolver.ObjectsFolder), (target, node) => target.Object = node);
        Locate(calls, target => target.Options.Method!, target => target.Object, (target, node) => target.Node = node);
        Locate(
            [.. targets.Where(target => !target.Options.IsCall)],
            target => (target.Options.Node ?? target.Options.Path)!, _ => new NodeId(0, OpcUaResolver.ObjectsFolder), (target, node) => target.Node = node);
        Judge([.. targets.Where(target => target.Fault is null)]);
        new OpcUaArgumentCheck(session).Judge([.. calls.Where(target => target.Fault is null)]);
        new OpcUaWayUp(session).Judge([.. targets.Where(target => target.Fault is null)]);
    }

    private void Locate(
        OpcUaCommandTarget[] targets, Func<OpcUaCommandTarget, string> where, Func<OpcUaCommandTarget, NodeId> start, Action<OpcUaCommandTarget, NodeId> found)
    {
        var asked = new List<(OpcUaCommandTarget Target, BrowsePath Path)>();
        foreach (var target in targets.Where(target => target.Fault is null))
        {
            var text = where(target);
            if (text.StartsWith('/'))
            {
                if (OpcUaPath.TryParse(text, out var way, out _) && OpcUaResolver.PathOf(start(target), way, session.NamespaceUris) is { } path)
                {
                    asked.Add((target, path));
                    continue;
                }

                target.Fail(Sentence(text, StatusCodes.BadNoMatch));
            }
            else if (ExpandedNodeId.TryParse(text, out var written) && written.TryResolve(session.NamespaceUris, out var node))
            {
                found(target, node);
            }
            else
            {
                target.Fail(Sentence(text, StatusCodes.BadNodeIdUnknown));
            }
        }

        var results = session.TranslateBrowsePaths([.. asked.Select(pair => pair.Path)]);
        for (var i = 0; i < asked.Count; i++)
        {
            Take(asked[i].Target, where(asked[i].Target), results[i], found);
        }
    }

    /// <summary>Two nodes at the end of one path: nobody knows which of them was meant.</summary>
    private void Take(OpcUaCommandTarget target, string text, BrowsePathResult result, Action<OpcUaCommandTarget, NodeId> found)
    {
        var ends = (result.Targets ?? []).Where(end => end.RemainingPathIndex == OpcUaResolver.WholePath).ToArray();
        if (ends.Length > 1)
        {
            target.Fail($"{OpcUaNode.Short(text)} is there {ends.Length} times; name it by its id");
        }
        else if (ends is [var end] && end.TargetId.TryResolve(session.NamespaceUris, out var node))
        {
            found(target, node);
        }
        else
        {
            target.Fail(Sentence(text, StatusCode.IsBad(result.StatusCode) ? result.StatusCode : StatusCodes.BadNoMatch));
        }
    }

    private void Judge(OpcUaCommandTarget[] targets)
    {
        var answers = session.Read([.. targets.SelectMany(target => Attributes.Select(attribute => new ReadValueId { NodeId = target.Node, AttributeId = attribute }))]);
        var objects = session.Read([.. targets.Select(target => target.Options.IsCall ? target.Object : target.Node)], AttributeIds.BrowseName);
        for (var i = 0; i < targets.Length; i++)
        {
            var of = answers.AsSpan(i * Attributes.Length, Attributes.Length);
            if (of[0].Value.Value is not QualifiedName name || objects[i].Value.Value is not QualifiedName owner)
            {
                var status = of[0].Value.Value is QualifiedName ? objects[i].Status : of[0].Status;
                targets[i].Fail($"the server does not say what it is: {StatusCodes.NameOf(status)}");
                continue;
            }

            JudgeNames(targets[i], name, owner);
            if (of[1].Value.Value is not int kind || kind != (int)(targets[i].Options.IsCall ? NodeClass.Method : NodeClass.Variable))
            {
                targets[i].Fail($"{name.Name} is no {(targets[i].Options.IsCall ? "method" : "variable")}");
            }
            else if (!targets[i].Options.IsCall)
            {
                JudgeVariable(targets[i], name, of[2], of[3]);
            }
        }
    }

    /// <summary>The ids of instances are the vendor's, so the name that the server gives decides.</summary>
    private void JudgeNames(OpcUaCommandTarget target, QualifiedName name, QualifiedName owner)
    {
        if ((OpcUaForbidden.OfName(name.Name) ?? OpcUaForbidden.OfName(owner.Name)) is { } what)
        {
            target.Fail($"it is {OpcUaNode.Short(name.Name ?? "")} of {OpcUaNode.Short(owner.Name ?? "")}: {what} is never commanded from here");
        }

        var isOfRobotics = name.NamespaceIndex < session.NamespaceUris.Count && session.NamespaceUris[name.NamespaceIndex] == OpcUaForbidden.Robotics;
        if (!isOfRobotics)
        {
            return;
        }

        target.AnswersStatus = target.Options.IsCall;
        if (!target.Options.IsCall)
        {
            target.Fail($"{name.Name} belongs to the Robotics specification, which only shows it");
        }
        else if (name.Name == "Start" && !target.Options.SetsInMotion)
        {
            target.Fail("it starts a robot, and its configuration does not say so; add \"motion\": true");
        }
    }

    private void JudgeVariable(OpcUaCommandTarget target, QualifiedName name, DataValue dataType, DataValue rank)
    {
        if (rank.Value.Value is not int dimensions || dimensions >= 0)
        {
            target.Fail($"{name.Name} is an array");
        }

        if (dataType.Value.Value is not NodeId type || OpcUaDataTypes.Find(session, type) is not { } builtIn)
        {
            target.Fail($"the server does not say what type {name.Name} has");
        }
        else if (!OpcUaDataTypes.Accepts(builtIn, target.Options.Type!.Value))
        {
            target.Fail($"{name.Name} is {builtIn} on the server, and \"type\" says \"{OpcUaTargetOptions.NameOf(target.Options.Type!.Value)}\"");
        }
    }

    private static string Sentence(string text, uint status) => $"{OpcUaNode.Short(text)} is not on the server: {StatusCodes.NameOf(status)}";
}
