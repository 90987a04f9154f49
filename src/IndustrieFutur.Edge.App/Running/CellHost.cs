using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The host of a cell: log on stderr, systemd or Windows service, the page of numbers on loopback, a stop under a second.</summary>
internal static class CellHost
{
    public static WebApplication Build(EdgeConfiguration configuration, LogLevel logLevel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(logLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
                ? LoggerColorBehavior.Disabled
                : LoggerColorBehavior.Default;
        });

        // stdout is for data: whatever is logged goes to stderr.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "IndustrieFutur.Edge");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
            new Cell(configuration, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<CellMetrics>();
        builder.Services.AddHostedService<CellService>();
        if (Microsoft.Extensions.Hosting.Systemd.SystemdHelpers.IsSystemdService())
        {
            builder.Services.AddHostedService<Watchdog>();
        }

        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(CellMetrics.MeterName).AddPrometheusExporter());
        var port = configuration.Options.Http.Port;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (port > 0)
            {
                kestrel.ListenLocalhost(port);
            }
            else
            {
                kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            }
        });

        var app = builder.Build();
        var cell = app.Services.GetRequiredService<Cell>();
        app.Services.GetRequiredService<CellMetrics>();
        CellEndpoints.Map(app, cell);
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }
}
