using IndustrieFutur.Edge.App.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Says in the log of the running service that a certificate of ours expires, weeks before every connection ends because of it.</summary>
internal sealed class CertificateService(EdgeConfiguration configuration, TimeProvider clock, ILogger<CertificateService> logger) : BackgroundService
{
    /// <summary>Often enough to be seen by whoever reads the log, and no more than sixty lines until it matters.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Look()
    {
        foreach (var warning in OwnCertificates.Warnings(configuration, clock))
        {
            logger.CertificateExpires(warning);
        }
    }
}
