using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// Tells systemd that the service is ready and when it stops, and feeds its watchdog (WatchdogSec=) as long as the sampling loop
/// ticks: a service that is alive but samples nothing is restarted too.
/// </summary>
internal sealed class Watchdog(
    Cell cell, ISystemdNotifier notifier, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Watchdog> logger) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => notifier.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var limit = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        if (!notifier.IsEnabled || !long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) || micros <= 0)
        {
            return;
        }

        // Half the limit, as sd_watchdog_enabled(3) advises.
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(Math.Max(10_000, micros / 2)), clock);
        var lastTicks = -1L;
        var wasTold = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var ticks = cell.Ticks;
                if (ticks != lastTicks)
                {
                    notifier.Notify(new ServiceState("WATCHDOG=1"));
                    wasTold = false;
                }
                else if (!wasTold)
                {
                    logger.LoopStandsStill();
                    wasTold = true;
                }

                lastTicks = ticks;
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}
