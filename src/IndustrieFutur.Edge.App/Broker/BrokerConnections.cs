using IndustrieFutur.Edge.App.Configuration;
using Microsoft.AspNetCore.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>The door between Kestrel's connections (TCP, TLS, WebSocket) and the broker: so many at once, and each behind its guard.</summary>
internal sealed class BrokerConnections(BrokerLimitsOptions limits, BrokerCounters counters) : ConnectionHandler, IMqttServerAdapter
{
    private readonly MqttConnectionHandler _inner = new();
    private Func<IMqttChannelAdapter, Task>? _clientHandler;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public Func<IMqttChannelAdapter, Task>? ClientHandler
    {
        get => _clientHandler;
        set
        {
            _clientHandler = value;
            var keepAliveMaxSeconds = (ushort)limits.KeepAliveMax.TotalSeconds;
            _inner.ClientHandler = value is null ? null : channel => value(new BrokerChannel(channel, limits.MessageBytes, keepAliveMaxSeconds));
        }
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => _inner.StartAsync(options, logger);

    public Task StopAsync() => _inner.StopAsync();

    public void Dispose() => _inner.Dispose();

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        try
        {
            if (Interlocked.Increment(ref _count) > limits.Connections)
            {
                counters.CountConnection();
                connection.Abort();
                return;
            }

            var input = new PacketGuard(connection.Transport.Input, limits.MessageBytes, () => counters.CountPacket());
            connection.Transport = new GuardedPipe(input, connection.Transport.Output);
            await _inner.OnConnectedAsync(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
