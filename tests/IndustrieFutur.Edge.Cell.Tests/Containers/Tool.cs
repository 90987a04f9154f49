using System.ComponentModel;
using System.Diagnostics;

namespace IndustrieFutur.Edge.Cell.Tests.Containers;

/// <summary>Runs a command line program to its end and keeps what it said.</summary>
internal static class Tool
{
    /// <summary>The exit code and both outputs in one; 127, as a shell would say, when there is no such program.</summary>
    public static async Task<(int Code, string Said)> RunAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception missing)
        {
            return (127, $"{program}: {missing.Message}");
        }

        using (process)
        {
            var output = process!.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return (process.ExitCode, await output + await errors);
        }
    }
}
