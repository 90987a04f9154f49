using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Http;
using IndustrieFutur.Edge.App.OpcUa;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The host of a cell: log on stderr, systemd or Windows service, the page of numbers on loopback, a stop under a second.</summary>
internal static class CellHost
{
    public static IHost Build(EdgeConfiguration configuration, LogLevel logLevel, CommandTerms terms)
    {
        var port = configuration.Options.Http.Port;
        return port == 0 ? WithoutPage(configuration, logLevel, terms) : WithPage(configuration, logLevel, terms, port);
    }

    /// <summary>Everything a process of ours says goes to stderr: stdout is for data.</summary>
    public static void LogToStandardError(ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // What keeps the host from starting is told once, in a sentence, by the verb.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
                ? LoggerColorBehavior.Disabled
                : LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static IHost WithoutPage(EdgeConfiguration configuration, LogLevel logLevel, CommandTerms terms)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        AddCell(builder, configuration, logLevel, terms);
        return builder.Build();
    }

    private static WebApplication WithPage(EdgeConfiguration configuration, LogLevel logLevel, CommandTerms terms, int port)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddCell(builder, configuration, logLevel, terms);
        builder.Services.AddSingleton<CellMetrics>();
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("ifedge")).WithMetrics(metrics => metrics.AddMeter(CellMetrics.MeterName).AddPrometheusExporter());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });

        var app = builder.Build();
        app.Services.GetRequiredService<CellMetrics>();
        var cell = app.Services.GetRequiredService<Cell>();
        CellEndpoints.Map(app, cell);
        CommandEndpoints.Map(app, cell.Commands, app.Lifetime.ApplicationStopping);
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    private static void AddCell(IHostApplicationBuilder builder, EdgeConfiguration configuration, LogLevel logLevel, CommandTerms terms)
    {
        LogToStandardError(builder.Logging, logLevel);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "IndustrieFutur.Edge");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
            new Cell(configuration, terms, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService<CellService>();
        builder.Services.AddHostedService(services => new CertificateService(
            configuration, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CertificateService>>()));
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
        {
            builder.Services.TryAddSingleton<ISystemdNotifier, SystemdNotifier>();
            builder.Services.AddHostedService<Watchdog>();
        }
    }
}
