using IndustrieFutur.Edge.Core.Pacing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Ties the cell to the host's life: it starts and stops with it, whoever asks for the stop (Ctrl+C, systemd, Windows).</summary>
internal sealed class CellService(Cell cell, TimeProvider clock, ILogger<CellService> logger) : BackgroundService
{
    /// <summary>A person beside the machine reads of a trouble before he has walked back to the screen.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private bool _privilegesTold;
    private readonly ToldProblems _problems = new(cell.Plan, cell.Links);

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
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                cell.Window.Look(MonoClock.NowNanos());
                TellOfPrivileges();
                cell.ForgetRestored();
                TellOfDevices();
                if (cell.Refused.Look() is { } refused)
                {
                    logger.SamplesRefused(refused);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    /// <summary>Once, and only what was asked for and refused.</summary>
    private void TellOfPrivileges()
    {
        if (_privilegesTold || cell.Ticks == 0)
        {
            return;
        }

        _privilegesTold = true;
        foreach (var report in LoopReport.Privileges(cell.Links.Gauges).Where(report => report is { Asked: true, Granted: false }))
        {
            logger.PrivilegeRefused(PrivilegeWords.English(report));
        }
    }

    /// <summary>Each trouble of a device is told when it comes and when it goes, not each time it is looked at.</summary>
    private void TellOfDevices()
    {
        var (come, gone) = _problems.Look();
        foreach (var problem in come)
        {
            logger.DeviceProblem(problem);
        }

        foreach (var problem in gone)
        {
            logger.DeviceProblemGone(problem);
        }
    }
}
