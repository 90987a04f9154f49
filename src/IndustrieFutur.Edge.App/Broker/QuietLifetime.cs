using Microsoft.Extensions.Hosting;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>The broker's web host inside the process leaves Ctrl-C and SIGTERM to the process.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
