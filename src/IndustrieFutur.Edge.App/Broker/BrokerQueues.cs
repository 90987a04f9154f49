using System.Collections.Concurrent;
using IndustrieFutur.Edge.App.Configuration;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// What waits for each client, and what it was sent and has not acknowledged: the server itself counts waiting messages only, and throws an
/// exception for each that is too many.
/// </summary>
internal sealed class BrokerQueues(BrokerLimitsOptions limits, BrokerCounters counters)
{
    /// <summary>There are 65,535 packet identifiers (2.2.1); the last ones are left to what is on its way.</summary>
    private const int UnacknowledgedMax = 60_000;

    private readonly ConcurrentDictionary<string, BrokerQueue> _queues = new(StringComparer.Ordinal);

    /// <summary>Cuts off a client that takes messages and never acknowledges one.</summary>
    public Func<string, Task>? CutAsync { get; set; }

    /// <summary>A session begins, or goes on: what was in flight is queued again by the server, uncounted.</summary>
    public Task StartAsync(ClientConnectedEventArgs client)
    {
        _queues[client.ClientId] = new BrokerQueue();
        return Task.CompletedTask;
    }

    public Task EndAsync(SessionDeletedEventArgs session)
    {
        _queues.TryRemove(session.Id, out _);
        return Task.CompletedTask;
    }

    /// <summary>Counted before it is queued: once it is, it may be sent, and taken off, at any moment.</summary>
    public Task AcceptAsync(InterceptingClientApplicationMessageEnqueueEventArgs message)
    {
        if (_queues.TryGetValue(message.ReceiverClientId, out var queue) && !queue.TryWait(MessageSize.Of(message.ApplicationMessage), limits.WaitingBytes, limits.WaitingMessages))
        {
            message.AcceptEnqueue = false;
            counters.CountUndelivered();
        }

        return Task.CompletedTask;
    }

    public Task QueuedAsync(ApplicationMessageEnqueuedEventArgs message)
    {
        if (message.IsDropped)
        {
            counters.CountUndelivered();
            if (_queues.TryGetValue(message.ReceiverClientId, out var queue))
            {
                queue.GiveUp(MessageSize.Of(message.ApplicationMessage));
            }
        }

        return Task.CompletedTask;
    }

    public Task SendingAsync(InterceptingPacketEventArgs sending)
    {
        if (sending.Packet is MqttPublishPacket publish && _queues.TryGetValue(sending.ClientId, out var queue))
        {
            var isToBeAcknowledged = publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
            queue.Send(MessageSize.Of(publish), isToBeAcknowledged);
            if (isToBeAcknowledged && (queue.Unacknowledged > limits.WaitingBytes || queue.UnacknowledgedCount > UnacknowledgedMax) && CutAsync is not null)
            {
                counters.CountClientCut();
                return CutAsync(sending.ClientId);
            }
        }

        return Task.CompletedTask;
    }

    public Task AcknowledgedAsync(ClientAcknowledgedPublishPacketEventArgs acknowledgement)
    {
        if (_queues.TryGetValue(acknowledgement.ClientId, out var queue))
        {
            queue.Acknowledge(MessageSize.Of(acknowledgement.PublishPacket));
        }

        return Task.CompletedTask;
    }
}
