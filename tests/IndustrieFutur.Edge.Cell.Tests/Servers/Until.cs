using System.Diagnostics;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Waits for what another process or thread brings about: looks again and again until it is so, or the deadline has passed.</summary>
public static class Until
{
    /// <summary>Short enough not to be felt in a test, long enough not to eat the processor that the other side needs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when <paramref name="holds"/> does; fails with <paramref name="what"/> when it never did.</summary>
    public static Task TrueAsync(string what, TimeSpan deadline, Func<bool> holds, CancellationToken cancellation) =>
        TrueAsync(what, deadline, _ => Task.FromResult(holds()), cancellation);

    /// <summary>The same for a condition that has to ask somebody.</summary>
    public static async Task TrueAsync(
        string what, TimeSpan deadline, Func<CancellationToken, Task<bool>> holds, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds(cancellation))
        {
            if (Stopwatch.GetElapsedTime(started) > deadline)
            {
                throw new TimeoutException($"Waited {deadline.TotalSeconds:0.#} s in vain for: {what}.");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }
}
