using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A type of objects, variables, data or references: it may be abstract and has one supertype at most (OPC UA Part 3, 5.5 to 5.8).</summary>
public abstract class UaType : UaNode
{
    private volatile UaType? _supertype;

    private protected UaType(NodeId id, QualifiedName browseName)
        : base(id, browseName)
    {
    }

    public bool IsAbstract { get; init; }

    /// <summary>The source of the inverse HasSubtype reference, kept at hand because every browse asks for it.</summary>
    public UaType? Supertype
    {
        get => _supertype;
        internal set => _supertype = value;
    }

    /// <summary>Whether this is that type or one below it.</summary>
    public bool Is(NodeId type)
    {
        var candidate = this;
        while (candidate is not null && candidate.Id != type)
        {
            candidate = candidate.Supertype;
        }

        return candidate is not null;
    }
}
