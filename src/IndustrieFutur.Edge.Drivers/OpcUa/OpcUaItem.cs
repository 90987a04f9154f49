using System.Buffers;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>One variable, or one element of it, that a group watches or reads, and the signals it feeds.</summary>
internal sealed class OpcUaItem(int place, string? node, string? path, string? index, OpcUaTarget[] targets)
{
    /// <summary>A server that has just started may not have its program's variables yet.</summary>
    private const long RetryFirstNanos = 10_000_000_000;

    /// <summary>Somebody must have changed the server's program before it succeeds, and he looks no sooner than after a cup of coffee.</summary>
    private const long RetryMaxNanos = 300_000_000_000;

    private static readonly SearchValues<char> OfElements = SearchValues.Create("[]0123456789");

    private long _retryPauseNanos = RetryFirstNanos;

    /// <summary>Its place in the plan of the link.</summary>
    public int Place => place;

    public string? Index => index;

    /// <summary>The server is asked for one element, which it sends as an array of one.</summary>
    public bool IsElement => index is not null;

    /// <summary>In so many dimensions "index" counts; 0 for a value that is wanted whole.</summary>
    public int Dimensions { get; } = index is null ? 0 : index.AsSpan().Count(',') + 1;

    public IReadOnlyList<OpcUaTarget> Targets => targets;

    /// <summary>The one signal that takes the value whole; -1 when the value is taken apart.</summary>
    public int OnlySlot => targets is [{ Field: "" } only] ? only.Slot : -1;

    /// <summary>Fields of a structure are wanted of it, and not only elements of an array.</summary>
    public bool HasFields { get; } = Array.Exists(targets, static target => target.Field.AsSpan().ContainsAnyExcept(OfElements));

    /// <summary>The way to it; null when its id is written.</summary>
    public OpcUaPath? Path { get; } = path is null ? null : OpcUaPath.TryParse(path, out var parsed, out var error) ? parsed : throw new InvalidOperationException(error);

    /// <summary>Its id as it is written; null when its path is.</summary>
    public ExpandedNodeId? Written { get; } = node is null ? null : ExpandedNodeId.TryParse(node, out var written) ? written : throw new InvalidOperationException($"{node} was checked.");

    /// <summary>Its id in the session at hand; null when it could not be found.</summary>
    public NodeId? Node { get; set; }

    /// <summary>When it is asked for again after a refusal; far away when it is well.</summary>
    public long RetryMonoNanos { get; private set; } = long.MaxValue;

    public bool IsRefused => RetryMonoNanos != long.MaxValue;

    public void Refuse(long monoNow)
    {
        RetryMonoNanos = monoNow + _retryPauseNanos;
        _retryPauseNanos = Math.Min(_retryPauseNanos * 2, RetryMaxNanos);
    }

    /// <summary>It is about to be asked for; how long it was refused is not forgotten until it is accepted.</summary>
    public void TryAgain() => RetryMonoNanos = long.MaxValue;

    public void Accept()
    {
        RetryMonoNanos = long.MaxValue;
        _retryPauseNanos = RetryFirstNanos;
    }

    /// <summary>A new session knows nothing of it.</summary>
    public void Forget()
    {
        Node = null;
        Accept();
    }

    public override string ToString() => node ?? path ?? "";
}
