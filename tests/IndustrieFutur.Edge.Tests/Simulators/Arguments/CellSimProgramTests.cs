using System.Diagnostics;

namespace IndustrieFutur.Edge.Tests.Simulators.Arguments;

/// <summary>The program <c>cell-sim</c> as a shell meets it: help on standard output with 0, a mistake on standard error with 2.</summary>
public sealed class CellSimProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("--help", "usage: cell-sim DEVICE [options]")]
    [InlineData("-h", "usage: cell-sim DEVICE [options]")]
    [InlineData("help", "usage: cell-sim DEVICE [options]")]
    [InlineData("cobot --help", "usage: cell-sim cobot [--opcua")]
    [InlineData("cobot --rtde off -h", "usage: cell-sim cobot [--opcua")]
    [InlineData("plc --help", "usage: cell-sim plc [--pty-link")]
    [InlineData("cell --help", "usage: cell-sim cell [--scenario")]
    [InlineData("help cell", "usage: cell-sim cell [--scenario")]
    [InlineData("help crane", "usage: cell-sim DEVICE [options]")]
    public void Help_is_printed_and_is_no_error(string line, string begin)
    {
        var (code, output, errors) = Run(line);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith(begin, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cell-sim DEVICE: name a device\nusage: cell-sim DEVICE [options]")]
    [InlineData("cobto --rtde 0", "cell-sim cobto: no such device; did you mean cobot?\nusage: cell-sim DEVICE [options]")]
    [InlineData("lathe --rtde 0", "cell-sim lathe: no such device\nusage: cell-sim DEVICE [options]")]
    [InlineData("cobot --opcua off --rtde off --dashboard off --modbus off", "cell-sim cobot: every service is off, so nothing could reach the arm; leave one of")]
    [InlineData("cobot --user a --password env:EDGE_TEST_NOT_SET", "cell-sim cobot: --password env:EDGE_TEST_NOT_SET: the environment variable EDGE_TEST_NOT_SET is not set")]
    [InlineData("plc --insecure", "cell-sim plc: --insecure: does nothing without OPC UA")]
    [InlineData("plc --unit 248", "cell-sim plc: --unit 248: it must be a whole number, 1 to 247\nusage: cell-sim plc")]
    public void A_mistake_is_said_with_the_usage_and_ends_with_2(string line, string begin)
    {
        var (code, output, errors) = Run(line);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(begin, errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cell-sim.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"cell-sim {line} does not end");
        }

        return (process.ExitCode, output.Result, errors.Result);
    }
}
