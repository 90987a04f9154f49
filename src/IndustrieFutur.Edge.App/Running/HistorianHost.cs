using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Joins a historian to the broker of its sink: the two never see each other, so the way to connect is passed here.</summary>
internal sealed class HistorianHost
{
    private readonly string _id;
    private readonly string _sinkName;
    private readonly HistorianOptions _options;
    private readonly BrokerOptions _sink;
    private readonly EdgeConfiguration _configuration;
    private readonly TimeProvider _clock;
    private readonly BrokerAddresses _addresses;
    private BrokerAttempt? _attempt;

    private HistorianHost(string id, HistorianOptions options, EdgeConfiguration configuration, TimeProvider clock)
    {
        _id = id;
        _options = options;
        _configuration = configuration;
        _clock = clock;
        _sinkName = configuration.Options.SinkOf(id)!;
        _sink = configuration.Options.Sinks[_sinkName];
        _addresses = new BrokerAddresses(_sink);
    }

    public static HistorianService Create(
        string id, HistorianOptions options, EdgeConfiguration configuration, TimeProvider clock, ILoggerFactory loggers)
    {
        var host = new HistorianHost(id, options, configuration, clock);
        return new HistorianService(
            id, options.Of(configuration.Options.Group, configuration.Options.Edge), configuration.DataDirectory, host.Connect, clock, loggers.CreateLogger<HistorianService>())
        {
            BaseDirectory = configuration.BaseDirectory,
            Explain = host.Explain,
        };
    }

    private MqttClientOptions Connect()
    {
        _attempt = null;
        var clientId = $"ifedge-{_configuration.Options.Group}-{_configuration.Options.Edge}-historian-{_id}";
        var attempt = new BrokerAttempt(_sink, _addresses.Next(), clientId, _configuration.BaseDirectory, _clock);
        var options = LogIn(attempt.Description).Build();
        _attempt = attempt;
        return options;
    }

    /// <summary>By its own name where a broker tells historians from edges.</summary>
    private MqttClientOptionsBuilder LogIn(MqttClientOptionsBuilder builder)
    {
        if (_options.BrokerUser is null || _options.BrokerPassword is null)
        {
            return builder;
        }

        var password = _options.BrokerPassword.Resolve(file => SecretFile.Read(Path.Combine(_configuration.BaseDirectory, file)), out var error)
            ?? throw new InvalidOperationException($"The password of the historian {_id} at its broker cannot be had: {error}. {_options.BrokerPassword.Remedy}");
        return builder.WithCredentials(_options.BrokerUser, password);
    }

    private BrokerFailure? Explain(MqttClientConnectResult? answer, Exception? cause)
    {
        if (answer?.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized)
        {
            return new BrokerFailure(true, $"The broker refuses user or password ({answer.ResultCode}); {LogInRemedy()}");
        }

        var found = answer is not null ? BrokerAttempt.Explain(answer) : _attempt?.Explain(cause!);
        return found is null ? null : new BrokerFailure(found.IsRefusal, $"{found.Message} The options of this connection are those of the sink \"{_sinkName}\".");
    }

    /// <summary>Names the options that are really read.</summary>
    private string LogInRemedy() => _options.BrokerUser is not null
        ? $"check \"brokerUser\" ({_options.BrokerUser}) and \"brokerPassword\" of the historian \"{_id}\", and the user's rights at the broker."
        : _sink.User is not null
            ? $"the historian \"{_id}\" has no \"brokerUser\" and logs in as its sink: check \"user\" ({_sink.User}) and \"password\" of the sink \"{_sinkName}\", and the user's rights at the broker."
            : $"the historian \"{_id}\" gives none: name \"brokerUser\" and \"brokerPassword\" there, or \"user\" and \"password\" in its sink \"{_sinkName}\".";
}
