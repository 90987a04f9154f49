using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;

namespace IndustrieFutur.Edge.Cell.Tests.Rtde;

/// <summary>The RTDE client that we did not write in the language of the product (tests/peers/rtde): reads so many packets and says what it measured.</summary>
internal static class ForeignReader
{
    /// <summary>For starting an interpreter on a machine that does other things too.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);

    public static async Task<JsonObject> ReadAsync(int port, int packets, TimeSpan limit, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Peers.Repository(), "tests", "peers", "rtde", "reader.py"));
        foreach (var argument in (IEnumerable<object>)["127.0.0.1", port, packets, limit.TotalSeconds])
        {
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        }

        using var process = Process.Start(start)!;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(limit + StartMax);
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(ending.Token);
            var errors = await process.StandardError.ReadToEndAsync(ending.Token);
            await process.WaitForExitAsync(ending.Token);
            return process.ExitCode == 0
                ? JsonNode.Parse(await said)!.AsObject()
                : throw new InvalidOperationException($"The foreign reader ended with {process.ExitCode}: {errors}{await said}");
        }
        catch (JsonException cause)
        {
            throw new InvalidOperationException("The foreign reader said something else than JSON.", cause);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
