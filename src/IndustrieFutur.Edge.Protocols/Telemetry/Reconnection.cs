namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Opens a connection to a broker again whenever it ends, with pauses that grow while it does not hold: from a quarter of a second to five.</summary>
public static class Reconnection
{
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);

    /// <summary>A broker that returns is found while a person still looks at it.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is told to stop, and then ends without a word.</summary>
    /// <param name="runOnceAsync">One connection, from its opening to its end.</param>
    /// <param name="clock">Of the pauses.</param>
    /// <param name="stoppingToken">Tells it to stop.</param>
    public static async Task KeepAsync(Func<CancellationToken, Task> runOnceAsync, TimeProvider clock, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(runOnceAsync);
        ArgumentNullException.ThrowIfNull(clock);
        var pause = PauseFirst;
        while (!stoppingToken.IsCancellationRequested)
        {
            var since = clock.GetTimestamp();
            await runOnceAsync(stoppingToken);

            // A connection that held for a while was a good one: begin again with short pauses.
            pause = clock.GetElapsedTime(since) > PauseMax ? PauseFirst : pause;

            // Not all edges of a site at once.
            var jitter = 0.5 + Random.Shared.NextDouble();
            await Task.Delay(pause * jitter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, PauseMax.Ticks));
        }
    }
}
