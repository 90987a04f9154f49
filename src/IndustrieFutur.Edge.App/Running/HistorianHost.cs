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
        var sink = configuration.Options.Sinks[configuration.Options.SinkOf(id)!];
        var clientId = $"ifedge-{configuration.Options.Group}-{configuration.Options.Edge}-historian-{id}";
        var addresses = new BrokerAddresses(sink);
        MqttClientOptions Connect() => LogIn(BrokerConnection.Describe(sink, clientId, configuration.BaseDirectory, clock, addresses.Next()), id, options, configuration.BaseDirectory).Build();
        return new HistorianService(id, options.Of(configuration.Options.Group, configuration.Options.Edge), configuration.DataDirectory, Connect, clock, loggers.CreateLogger<HistorianService>())
        {
            BaseDirectory = configuration.BaseDirectory,
        };
    }

    /// <summary>By its own name where a broker tells historians from edges.</summary>
    private static MqttClientOptionsBuilder LogIn(MqttClientOptionsBuilder builder, string id, HistorianOptions options, string baseDirectory)
    {
        if (options.BrokerUser is null || options.BrokerPassword is null)
        {
            return builder;
        }

        var password = options.BrokerPassword.Resolve(file => SecretFile.Read(Path.Combine(baseDirectory, file)), out var error)
            ?? throw new InvalidOperationException($"The password of the historian {id} at its broker cannot be had: {error}. {options.BrokerPassword.Remedy}");
        return builder.WithCredentials(options.BrokerUser, password);
    }
}
