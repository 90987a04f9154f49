using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>Tells of a sink's connection what has changed, once, to the log and to whoever reads its status.</summary>
internal sealed class SinkReporter(string id, SinkStatus status, ILogger logger)
{
    private readonly ConcurrentDictionary<string, string> _refusals = new();
    private bool _wasTold;
    private bool _wasFallBackTold;

    /// <summary>The broker's address of which is told.</summary>
    public string Address { get; set; } = "";

    public void Connected(BrokerSession session)
    {
        status.IsConnected = true;
        status.IsRefused = false;
        status.LastError = "";
        status.Version = session.VersionText;
        _wasTold = false;
        logger.Connected(id, Address, session.VersionText, session.IsResumed ? "resumed" : "new");
        if (session.FallBack.Length > 0 && !_wasFallBackTold)
        {
            logger.FellBack(id, Address, session.FallBack);
        }

        _wasFallBackTold = session.FallBack.Length > 0;
    }

    public void Lost()
    {
        status.LastError = "connection lost";
        logger.Lost(id, Address);
    }

    /// <summary>It was ended by us: perhaps the next one brings watermarks.</summary>
    public void NothingConfirmed()
    {
        status.LastError = "no watermark moves on; the connection is opened anew";
        logger.NothingConfirmed(id, Address);
    }

    /// <summary>A person must act.</summary>
    public void Refused(string reason)
    {
        status.IsRefused = true;
        status.LastError = reason;
        if (!_wasTold)
        {
            logger.LoginRefused(id, Address, reason);
        }

        _wasTold = true;
    }

    public void Unreachable(string reason)
    {
        status.IsRefused = false;
        status.LastError = reason.EndsWith('.') || reason.EndsWith('?') ? reason : reason + ".";
        if (!_wasTold)
        {
            logger.Unreachable(id, Address, status.LastError);
        }

        _wasTold = true;
    }

    /// <summary>Not foreseen: with its trace.</summary>
    public void Unexpected(Exception cause)
    {
        status.LastError = cause.Message;
        logger.Unexpected(cause, id);
    }

    /// <summary>What the broker says of a message, told when it changes: only version 5 can say no (MQTT 5, 3.4.2.1). Any thread.</summary>
    public void Answered(string topic, MqttClientPublishResult result)
    {
        if (!result.IsSuccess)
        {
            Refuses(topic, $"{result.ReasonCode} {result.ReasonString}".TrimEnd(' ', '.'));
        }
        else if (!_refusals.IsEmpty && _refusals.TryRemove(topic, out _))
        {
            status.Refused = _refusals.Values.FirstOrDefault("");
        }
    }

    private void Refuses(string topic, string reason)
    {
        var sentence = $"the broker refuses {topic} ({reason}); look at its access list and its limits for this user";
        if (_refusals.TryAdd(topic, sentence))
        {
            status.Refused = sentence;
            logger.PublishRefused(id, Address, topic, reason);
        }
    }
}
