using System.Net;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scanner;
using IndustrieFutur.Edge.Tests.Drivers.Framed;

namespace IndustrieFutur.Edge.Tests.Simulators.Scanner;

/// <summary>The simulated scanner says each code once to whoever listens, and our driver hears it.</summary>
public sealed class CodeScannerTests : IDisposable
{
    private readonly CodeScanner _scanner = new(seed: 1) { Prefix = "]C1" };
    private readonly DeviceScene _scene;

    public CodeScannerTests() => _scene = new DeviceScene(_scanner, _scanner.Protocol);

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Our_driver_hears_each_code_once_from_when_it_listens(bool overTcp)
    {
        _scanner.Scan();
        _scene.Run(0.1);
        var options = Listening(overTcp);
        using var bench = new FramedBench(options, options.OpenLink);
        bench.Driver.Connect();

        // A connection is heard a moment after it is made: this code says that it is.
        bench.StepUntil(samples =>
        {
            _scanner.Scan("HELLO");
            _scene.Run(0.01);
            return samples.Contains("code=]C1HELLO");
        });
        _scanner.Scan();
        _scanner.Scan("4006381333931");
        _scene.Run(0.1);
        bench.StepUntilSeen("code=]C14006381333931");

        var codes = bench.Samples.Where(sample => !sample.Contains("HELLO", StringComparison.Ordinal));
        Assert.Equal(["code=]C1P00000002", "code=]C14006381333931"], codes);
    }

    [Fact]
    public void A_label_of_a_hundred_cannot_be_read_and_the_same_ones_each_day()
    {
        var first = Day();

        Assert.Equal(first, Day());
        Assert.InRange(first.Count(line => line.EndsWith(CodeScanner.NoRead, StringComparison.Ordinal)), 2, 30);
    }

    private static IReadOnlyList<string> Day()
    {
        var journal = new Journal();
        var scanner = new CodeScanner(seed: 4, "scanner", journal);
        using var scene = new DeviceScene(scanner, scanner.Protocol);
        for (var part = 0; part < 1_000; part++)
        {
            scanner.Scan();
            scene.Run(0.01);
        }

        return journal.Lines;
    }

    private FramedOptions Listening(bool overTcp)
    {
        if (overTcp)
        {
            _scene.Lines.OpenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        }
        else
        {
            _scene.Lines.OpenPty();
        }

        return new FramedOptions
        {
            Tcp = overTcp ? new TcpOptions { Host = "127.0.0.1", Port = _scene.Lines.TcpPort } : null,
            Serial = overTcp ? null : new SerialOptions { Port = _scene.Lines.PtyPath!, Settings = "115200 8N1" },
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["codes"] = new() { Signals = new Dictionary<string, FramedSignalOptions> { ["code"] = new() { Type = FramedType.Text } } },
            },
        };
    }
}
