using System.Collections.Concurrent;
using IndustrieFutur.Edge.App.Configuration;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// What waits for each client, in bytes, and what it was sent and has not acknowledged: the server itself counts waiting messages only.
/// </summary>
internal sealed class BrokerQueues(BrokerLimitsOptions limits, BrokerCounters counters)
{
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

    public Task AcceptAsync(InterceptingClientApplicationMessageEnqueueEventArgs message)
    {
        if (_queues.TryGetValue(message.ReceiverClientId, out var queue) && queue.WaitingBytes + message.ApplicationMessage.Payload.Length > limits.WaitingBytes)
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
        }
        else if (_queues.TryGetValue(message.ReceiverClientId, out var queue))
        {
            queue.Add(message.ApplicationMessage.Payload.Length);
        }

        return Task.CompletedTask;
    }

    public Task SendingAsync(InterceptingPacketEventArgs sending)
    {
        if (sending.Packet is MqttPublishPacket publish && _queues.TryGetValue(sending.ClientId, out var queue))
        {
            queue.Take(publish.Payload.Length);
            var isUnacknowledged = publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
            if (isUnacknowledged && queue.Sent() > limits.WaitingMessages && CutAsync is not null)
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
            queue.Acknowledged();
        }

        return Task.CompletedTask;
    }
}
