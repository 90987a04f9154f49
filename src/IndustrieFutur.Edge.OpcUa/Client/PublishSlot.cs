using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// One Publish request that is out again and again, with the acknowledgements it carries and its answer. Made once: sending and receiving
/// allocate nothing.
/// </summary>
internal sealed class PublishSlot(IPublishOwner owner) : Answer, IUaRequest
{
    /// <summary>One per answer is the rule; this many empty a full queue within a few requests.</summary>
    private const int AcknowledgementsMax = 64;

    private readonly Acknowledgement[] _acknowledgements = new Acknowledgement[AcknowledgementsMax];
    private int _count;

    public bool IsOut { get; private set; }

    public long SentMonoNanos { get; private set; }

    public uint EncodingId => PublishRequest.Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public void Fill(AcknowledgementQueue queue, uint timeoutHintMillis, long nowMonoNanos)
    {
        _count = queue.Take(_acknowledgements);
        RequestHeader.RequestHandle = 0;
        RequestHeader.TimeoutHint = timeoutHintMillis;
        SentMonoNanos = nowMonoNanos;
        IsOut = true;
        Reset();
    }

    /// <summary>It failed: what it was to acknowledge is still to be said.</summary>
    public void PutBack(AcknowledgementQueue queue)
    {
        for (var i = 0; i < _count; i++)
        {
            queue.Add(_acknowledgements[i]);
        }

        Free();
    }

    public void Free()
    {
        _count = 0;
        IsOut = false;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteInt32(_count);
        for (var i = 0; i < _count; i++)
        {
            writer.WriteUInt32(_acknowledgements[i].SubscriptionId);
            writer.WriteUInt32(_acknowledgements[i].SequenceNumber);
        }
    }

    protected override void Take(in ReceivedMessage message) => owner.OnPublishAnswer(this, message);
}
