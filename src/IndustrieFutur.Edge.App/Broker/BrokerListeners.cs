using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.App.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.AspNetCore;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>Kestrel with the broker's listeners: MQTT over TCP or TLS, and over WebSocket if that is asked for.</summary>
internal static class BrokerListeners
{
    public const string WebSocketPath = "/mqtt";

    /// <summary>Connections beyond the limit that may be on their way out, or still shake hands; those beyond are closed unseen.</summary>
    private const int BeingRefused = 16;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a sentence when the certificate cannot be used.</summary>
    public static WebApplication Build(EmbeddedBrokerOptions options, string baseDirectory, BrokerConnections connections)
    {
        var certificate = options.CertificateFile is null
            ? null
            : LoadCertificate(Path.Combine(baseDirectory, options.CertificateFile), Path.Combine(baseDirectory, options.KeyFile!));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.RemoveAll<IHostLifetime>().AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSingleton(connections);
        builder.Services.AddConnections();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var address = IPAddress.Parse(options.Address);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections + BeingRefused;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.Limits.Connections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(address, options.Port, listener => Secure(listener, certificate).UseConnectionHandler<BrokerConnections>());
            if (options.WebSocket is { } webSocket)
            {
                kestrel.Listen(address, webSocket.Port, listener =>
                {
                    listener.Protocols = HttpProtocols.Http1;
                    Secure(listener, certificate);
                });
            }
        });
        return MapWebSocket(builder.Build(), options.WebSocket);
    }

    private static ListenOptions Secure(ListenOptions listener, X509Certificate2? certificate) =>
        certificate is null
            ? listener
            : listener.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate, SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 });

    /// <summary>
    /// Only WebSocket, only at its path. A browser lets any page connect to this machine and tells the page's origin: pages that are not
    /// named are refused.
    /// </summary>
    private static WebApplication MapWebSocket(WebApplication app, BrokerWebSocketOptions? options)
    {
        if (options is null)
        {
            return app;
        }

        app.Use((context, next) =>
        {
            var origin = context.Request.Headers.Origin.ToString();
            var status = context.Request.Path != WebSocketPath ? StatusCodes.Status404NotFound
                : origin.Length > 0 && !options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase) ? StatusCodes.Status403Forbidden
                : StatusCodes.Status200OK;
            context.Response.StatusCode = status;
            return status == StatusCodes.Status200OK ? next(context) : Task.CompletedTask;
        });
        app.MapConnectionHandler<BrokerConnections>(WebSocketPath, dispatcher =>
        {
            dispatcher.Transports = HttpTransportType.WebSockets;
            dispatcher.WebSockets.SubProtocolSelector = MqttSubProtocolSelector.SelectSubProtocol;
        });
        return app;
    }

    private static X509Certificate2 LoadCertificate(string certificateFile, string keyFile)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"The broker's certificate {certificateFile} or its key {keyFile} cannot be used: {cause.Message}", cause);
        }
    }
}
