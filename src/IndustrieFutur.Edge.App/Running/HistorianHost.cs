using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Northbound.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Joins a historian to the broker of its sink: the two never see each other, so the way to connect is passed here.</summary>
internal static class HistorianHost
{
    public static HistorianService Create(
        string id, HistorianOptions options, EdgeConfiguration configuration, TimeProvider clock, ILoggerFactory loggers)
    {
        var sink = options.Sink is null ? configuration.Options.HistoriansSink.Value : configuration.Options.Sinks[options.Sink];
        var clientId = $"ifedge-{configuration.Options.Group}-{configuration.Options.Edge}-historian-{id}";
        var addresses = new BrokerAddresses(sink);
        MqttClientOptions Connect() => BrokerConnection.Describe(sink, clientId, configuration.BaseDirectory, clock, addresses.Next()).Build();
        return new HistorianService(id, options.Of(configuration.Options.Group, configuration.Options.Edge), configuration.DataDirectory, Connect, clock, loggers.CreateLogger<HistorianService>())
        {
            BaseDirectory = configuration.BaseDirectory,
        };
    }
}
