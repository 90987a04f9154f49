using Microsoft.Extensions.Hosting;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Ties the cell to the host's life: it starts and stops with it, whoever asks for the stop (Ctrl+C, systemd, Windows).</summary>
internal sealed class CellService(Cell cell, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await cell.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await cell.StopAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TidyEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                cell.ForgetRestored();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}
