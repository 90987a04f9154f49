using MQTTnet;
using MQTTnet.Exceptions;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>One attempt to connect that somebody else makes, a historian for one: what it takes, and why it failed.</summary>
public sealed class BrokerAttempt
{
    private readonly BrokerOptions _options;
    private readonly BrokerTrust _trust;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a sentence when a secret or a certificate cannot be had: a person must act.</summary>
    /// <param name="options">The configured broker.</param>
    /// <param name="address">Which of the broker's addresses.</param>
    /// <param name="clientId">Unique at the broker.</param>
    /// <param name="baseDirectory">What relative file names are relative to.</param>
    /// <param name="clock">Says whether a certificate is outdated.</param>
    public BrokerAttempt(BrokerOptions options, string address, string clientId, string baseDirectory, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Address = address;
        _trust = BrokerConnection.Trust(options, address, baseDirectory, clock);
        Description = BrokerConnection.Describe(options, address, clientId, baseDirectory, MQTTnet.Formatter.MqttProtocolVersion.V311, _trust, clock);
    }

    public string Address { get; }

    /// <summary>Of a connection of MQTT 3.1.1.</summary>
    public MqttClientOptionsBuilder Description { get; }

    /// <summary>The broker answered, and the answer was no.</summary>
    public static BrokerException Explain(MqttClientConnectResult answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return BrokerFault.Refused(answer);
    }

    /// <summary>There was no answer, or none that could be read. Null: it is nothing that the connection has to do with, and has a sentence of its own.</summary>
    public BrokerException? Explain(Exception cause) => cause is MqttCommunicationException or MqttProtocolViolationException
        ? _trust.Refusal ?? BrokerFault.Of(cause, _options, Address, _trust.ValidUntil is not null)
        : null;
}
