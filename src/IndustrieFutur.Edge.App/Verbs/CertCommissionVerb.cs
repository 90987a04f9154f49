using System.CommandLine;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert commission</c>: whoever stands beside a device lets its server's certificate be trusted at first sight, once.</summary>
internal static class CertCommissionVerb
{
    /// <summary>Switching a PLC on and waiting for its server takes minutes; a window is not left open longer.</summary>
    private static readonly TimeSpan ForDefault = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var options = new CertOptions();
        var device = new Argument<string>("device") { Description = "The OPC UA device of the configuration that is put into operation." };
        var length = VerbOptions.For();
        length.Description = "How long to wait for the device (10m, at most 1h).";
        var acceptHost = new Option<bool>("--accept-host") { Description = "Accept that the certificate does not name the configured host; many a PLC's does not." };
        var command = new Command("commission", "Trust on first use, for one device: wait for its server, check its certificate, and pin it.") { device, length, acceptHost };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var surroundings = options.Open(parsed);
            var configuration = surroundings.Configuration ?? throw new VerbFailedException(
                ExitCode.ConfigurationInvalid, "there is no configuration, so no device; name it with --config");
            var commissioning = new CertCommissioning(surroundings, TimeProvider.System, Fetch)
            {
                Device = parsed.GetRequiredValue(device),
                Request = ServerDevice.Find(configuration, parsed.GetRequiredValue(device)),
                Length = Checked(parsed.GetValue(length) ?? ForDefault),
                AcceptHost = parsed.GetValue(acceptHost),
            };
            return commissioning.RunAsync(cancellationToken);
        });
        return command;
    }

    private static TimeSpan Checked(TimeSpan length) => length > TimeSpan.Zero && length <= CommissioningWindow.LengthMax
        ? length
        : throw new VerbFailedException(ExitCode.Usage, "a window is open for an hour at most: nobody stands beside a device longer; write --for 10m");

    private static ServerEndpoint Fetch(ServerRequest request, CancellationToken cancellationToken)
    {
        var settings = new ChannelSettings { ConnectTimeout = request.Timeout, RequestTimeout = request.Timeout };
        return ServerEndpoint.Make(Discovery.GetEndpoints(request.Endpoint, settings, cancellationToken), request);
    }
}
