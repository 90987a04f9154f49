using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Answers Publish requests with the canned notification: one a period, or, with none, each request at once.</summary>
internal sealed class OpcUaBlastFeed(ServerChannel channel, long periodNanos)
{
    public const uint SubscriptionId = 1;

    /// <summary>More requests than any client keeps out; one more is answered BadTooManyPublishRequests by the caller.</summary>
    private const int RequestsMax = 100;

    /// <summary>A subscription without items says that it lives, well within the time that clients allow.</summary>
    private const long KeepAliveNanos = 1_000_000_000;

    private readonly Queue<(uint RequestId, uint Handle)> _requests = new(RequestsMax);
    private readonly List<uint> _clientHandles = [];
    private OpcUaCannedNotification? _canned;
    private long _nextNanos = MonoClock.NowNanos();
    private uint _lastSequenceNumber;
    private int _value;

    /// <summary>When there is something to do even if nothing is received.</summary>
    public long NextNanos => _requests.Count > 0 ? _nextNanos : long.MaxValue;

    public bool TryEnqueue(uint requestId, uint requestHandle)
    {
        if (_requests.Count == RequestsMax)
        {
            return false;
        }

        _requests.Enqueue((requestId, requestHandle));
        return true;
    }

    public void AddItem(uint clientHandle)
    {
        _clientHandles.Add(clientHandle);
        _canned = null;
    }

    public void RemoveItems() => _clientHandles.Clear();

    /// <summary>Sends what is due. A period that was missed is skipped: a server that cannot keep up must not burst.</summary>
    public void Send(long nowNanos)
    {
        while (nowNanos >= _nextNanos && _requests.TryDequeue(out var request))
        {
            if (_clientHandles.Count == 0)
            {
                SendKeepAlive(request.RequestId, request.Handle);
                _nextNanos = nowNanos + KeepAliveNanos;
                return;
            }

            SendValues(request.RequestId, request.Handle);
            if (periodNanos > 0)
            {
                _nextNanos += ((nowNanos - _nextNanos) / periodNanos * periodNanos) + periodNanos;
            }
        }
    }

    private void SendValues(uint requestId, uint handle)
    {
        _canned ??= new OpcUaCannedNotification(SubscriptionId, [.. _clientHandles]);
        _canned.Patch(handle, ++_lastSequenceNumber, ++_value, UaTime.NowUtc(TimeProvider.System));
        channel.SendRaw(requestId, _canned.Body);
    }

    /// <summary>Without notifications, and with the number that the next message will have (OPC UA Part 4, 5.14.1.1).</summary>
    private void SendKeepAlive(uint requestId, uint handle) => channel.Send(requestId, new PublishResponse
    {
        ResponseHeader = new() { RequestHandle = handle },
        SubscriptionId = SubscriptionId,
        NotificationMessage = new() { SequenceNumber = _lastSequenceNumber + 1, PublishTime = UaTime.NowUtc(TimeProvider.System) },
    });
}
