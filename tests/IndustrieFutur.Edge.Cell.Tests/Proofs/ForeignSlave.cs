using System.Diagnostics;
using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A Modbus slave by libmodbus (tests/peers): 100 holding registers, each one up after every read it answered.</summary>
internal sealed class ForeignSlave : IDisposable
{
    private readonly Process _process;

    private ForeignSlave(Process process) => _process = process;

    public static ForeignSlave Start(CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(Peers.Program("libmodbus_slave")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        cancellation.ThrowIfCancellationRequested();
        var first = process.StandardOutput.ReadLine();
        if (first != "ready")
        {
            throw new InvalidOperationException($"the libmodbus slave said \"{first}\": {process.StandardError.ReadToEnd()}");
        }

        return new ForeignSlave(process);
    }

    /// <summary>Ends it and returns how many reads it answered.</summary>
    public long Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        var last = _process.StandardOutput.ReadToEnd().Trim().Split(' ', '\n')[^1];
        _process.WaitForExit();
        return long.Parse(last, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
