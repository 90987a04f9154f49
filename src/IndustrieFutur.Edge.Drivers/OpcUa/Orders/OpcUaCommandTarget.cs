using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>A target in the session at hand: its node, or why it cannot be commanded.</summary>
internal sealed class OpcUaCommandTarget(OpcUaTargetOptions options)
{
    private const string NotYet = "it was not looked up yet";

    public OpcUaTargetOptions Options => options;

    /// <summary>The variable, or the method.</summary>
    public NodeId Node { get; set; }

    /// <summary>Of a method.</summary>
    public NodeId Object { get; set; }

    /// <summary>A method of the Robotics specification: its first output says whether it was done (OPC 40010-1, 7: 0 is OK).</summary>
    public bool AnswersStatus { get; set; }

    /// <summary>Nothing is sent to it, for this reason; null when all is in order.</summary>
    public string? Fault { get; private set; } = NotYet;

    /// <summary>The first reason is the one that is told.</summary>
    public void Fail(string why) => Fault ??= why;

    /// <summary>It is about to be looked up: in another session everything may be another.</summary>
    public void Begin()
    {
        (Node, Object, AnswersStatus) = (NodeId.Null, NodeId.Null, false);
        Fault = null;
    }

    /// <summary>A new session knows nothing of it.</summary>
    public void Forget()
    {
        Begin();
        Fault = NotYet;
    }
}
