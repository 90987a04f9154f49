using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>A decoder that is not ours (npm "sparkplug-payload") reads our payloads as any Sparkplug tool does.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignSparkplugTests : IDisposable
{
    /// <summary>Downloads less than a megabyte; a minute passes only where there is no network.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(1);

    private static readonly long[] Numbers = [0, 1, -1, long.MaxValue, long.MinValue];

    private readonly string _folder = Directory.CreateTempSubdirectory("ifedge-sparkplug-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_foreign_decoder_sees_every_value_where_sparkplug_wants_it()
    {
        await InstallAsync(TestContext.Current.CancellationToken);
        TelemetrySample[] samples =
        [
            .. Numbers.Select(bits => Sample(TelemetryKind.Int64, bits)),
            .. Numbers.Select(bits => Sample(TelemetryKind.UInt64, bits)),
            Sample(TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(-0.1)),
            Sample(TelemetryKind.Float64, 0),
            Sample(TelemetryKind.Boolean, 0),
            Sample(TelemetryKind.Boolean, 1),
            Sample(TelemetryKind.Text, 0) with { Text = "Pièce n° 5" },
            Sample(TelemetryKind.Text, 0),
            Sample(TelemetryKind.Float64, 1) with { Status = 0x8031_0000 },
        ];
        var payload = TelemetryCodecTests.Encode(samples, first: 0x1FF);

        var (code, output, error) = await RunAsync(
            "node", [Repository.PathOf("tests", "peers", "sparkplug", "decode.js")], Convert.ToHexString(payload), TestContext.Current.CancellationToken);

        Assert.True(code == 0, error);
        var decoded = JsonNode.Parse(output)!;
        Assert.Equal(("1700000000000", "255"), ((string?)decoded["timestamp"], (string?)decoded["seq"]));
        Assert.StartsWith("01001100" + "1032547698badcfe" + "ff01000000000000", (string)decoded["body"]!, StringComparison.Ordinal);
        Assert.Equal(samples.Select(Expected), decoded["metrics"]!.AsArray().Select(Seen));
    }

    private static TelemetrySample Sample(TelemetryKind kind, long bits) => new(70_000, 1_700_000_000_123_456_789, kind, bits, "", 0);

    private static (string?, string?, bool, string?, string?) Expected(TelemetrySample sample)
    {
        var (field, value) = sample.IsBad ? (null, null) : sample.Kind switch
        {
            TelemetryKind.Float64 => ("doubleValue", BitConverter.Int64BitsToDouble(sample.Bits).ToString(CultureInfo.InvariantCulture)),
            TelemetryKind.Boolean => ("booleanValue", sample.Bits == 0 ? "false" : "true"),
            TelemetryKind.Text => ("stringValue", sample.Text),

            // The schema's long_value is unsigned; a negative number is its two's complement, as Sparkplug says.
            _ => ((string?)"longValue", (string?)((ulong)sample.Bits).ToString(CultureInfo.InvariantCulture)),
        };
        return ("70000", "1700000000123", sample.IsBad, field, value);
    }

    private static (string?, string?, bool, string?, string?) Seen(JsonNode? metric) => (
        (string?)metric!["alias"], (string?)metric["timestamp"], (bool)metric["isNull"]!, (string?)metric["field"], (string?)metric["value"]);

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (code, _, error) = await RunAsync(
                "npm", ["install", "--no-audit", "--no-fund", "sparkplug-payload@1.0.3"], "", cancellationToken);
            Assert.SkipWhen(code != 0, $"npm could not install sparkplug-payload: {error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("npm is missing; install it (apt install npm) to hold the telemetry against a foreign decoder");
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(
        string program, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(_folder, "node_modules") },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EndsWithin);
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "", $"{program} did not end within {EndsWithin.TotalMinutes} minute");
        }
    }
}
