using System.Buffers;
using System.Collections.Concurrent;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>
/// Between the client's receiving thread, which must never wait, and the ingesting loop. Bounded: a message that finds no room is left
/// out, and what it carried is asked for again.
/// </summary>
internal sealed class Inbox : IDisposable
{
    /// <summary>Bytes of telemetry that may wait: a thousand full messages, some seconds of the fastest cell.</summary>
    private const long BytesMax = 64 << 20;

    /// <summary>Messages that may wait, for when they are small.</summary>
    private const int MessagesMax = 8_192;

    private readonly ConcurrentQueue<Received> _messages = new();
    private readonly ConcurrentQueue<Received> _metas = new();
    private readonly SemaphoreSlim _wake = new(0);
    private long _bytes;

    /// <summary>Takes a copy of a message; false when there is no room, or nobody wants such a topic.</summary>
    public bool TryPut(string topic, in ReadOnlySequence<byte> body)
    {
        if (!EdgeTopics.TryParse(topic, out var group, out var edge, out var rest))
        {
            return false;
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var device = slash < 0 ? "" : rest[..slash];
        return (slash < 0 ? rest : rest[(slash + 1)..]) switch
        {
            "head" when slash < 0 => TryPut(_messages, new Received(ReceivedKind.Head, group, edge, "", body.ToArray())),
            "telemetry" when slash > 0 => TryPut(_messages, new Received(ReceivedKind.Telemetry, group, edge, device, body.ToArray())),
            "meta" when slash > 0 => TryPut(_metas, new Received(ReceivedKind.Meta, group, edge, device, body.ToArray())),
            _ => false,
        };
    }

    /// <summary>The next message; descriptions come before everything else, because the rest is read with their help.</summary>
    public bool TryTake(out Received message)
    {
        if (!_metas.TryDequeue(out message) && !_messages.TryDequeue(out message))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -message.Body.Length);
        return true;
    }

    /// <summary>Waits until a message comes, or so long.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _wake.WaitAsync(limit, cancellationToken);

    public void Dispose() => _wake.Dispose();

    private bool TryPut(ConcurrentQueue<Received> queue, Received message)
    {
        if (queue.Count >= MessagesMax || Interlocked.Read(ref _bytes) + message.Body.Length > BytesMax)
        {
            return false;
        }

        Interlocked.Add(ref _bytes, message.Body.Length);
        queue.Enqueue(message);
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }

        return true;
    }
}
