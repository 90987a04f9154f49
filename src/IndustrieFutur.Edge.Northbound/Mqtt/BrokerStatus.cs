namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>How a connection to a broker fares. Written by its owner, read by anyone.</summary>
public abstract class BrokerStatus
{
    private volatile bool _connected;
    private volatile string _lastError = "";
    private volatile string _version = "";

    public bool IsConnected
    {
        get => _connected;
        internal set => _connected = value;
    }

    /// <summary>The last reason why it was not connected; empty when there was none.</summary>
    public string LastError
    {
        get => _lastError;
        internal set => _lastError = value;
    }

    /// <summary>The version of MQTT that is spoken, or was last; empty before the first connection.</summary>
    public string Version
    {
        get => _version;
        internal set => _version = value;
    }
}
