using System.Diagnostics;
using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A Modbus slave that others wrote (tests/peers): by libmodbus, 100 holding registers, each one up after every read it answered.</summary>
internal sealed class ForeignSlave : IDisposable
{
    private readonly Process _process;

    private ForeignSlave(Process process) => _process = process;

    public static ForeignSlave Start(CancellationToken cancellation, params string[] arguments) => Run(Peers.Program("libmodbus_slave"), arguments, cancellation);

    /// <summary>The server by pymodbus instead: each table has 100 places, whose values are their addresses.</summary>
    public static ForeignSlave StartPymodbus(int port, CancellationToken cancellation) => Run(
        "/usr/bin/python3",
        [Path.Combine(Peers.Repository(), "tests", "peers", "pymodbus_server.py"), port.ToString(CultureInfo.InvariantCulture)],
        cancellation);

    /// <summary>Ends it and returns how many reads it answered.</summary>
    public long Stop() => long.Parse(End()[^1], CultureInfo.InvariantCulture);

    /// <summary>Ends one that was told to "tell" and returns each write request that reached it: function, address and values.</summary>
    public IReadOnlyList<string> StopAndTell() => End()[..^1];

    private static ForeignSlave Run(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        cancellation.ThrowIfCancellationRequested();
        var first = process.StandardOutput.ReadLine();
        if (first != "ready")
        {
            throw new InvalidOperationException($"the foreign slave said \"{first}\": {process.StandardError.ReadToEnd()}");
        }

        return new ForeignSlave(process);
    }

    private string[] End()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        var said = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
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
