using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A slave we did not write, read for a minute: what it counted must lie in the store without a gap.</summary>
public sealed class ModbusForeignSlaveProof
{
    private const int Registers = 100;

    [Fact]
    [Trait("Proof", "modbus-foreign-slave")]
    public async Task Every_value_of_a_foreign_slave_is_in_the_store_over_serial_and_over_TCP()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var serial = await OverSerialAsync(cancellation);
        var tcp = await OverTcpAsync(cancellation);

        Proof.Say($"{Registers} registers at 10 Hz for {Seconds} s, gaps 0, refused 0: RTU {serial} values each, TCP {tcp} values each");
    }

    private static int Seconds => Proof.Length(60, 6);

    /// <summary>Of 10 each second; the brief form runs beside other work, which a start takes its time from.</summary>
    private static int ReadsMin => Seconds * Proof.Length(9, 5);

    private static async Task<long> OverSerialAsync(CancellationToken cancellation)
    {
        using var pair = await SocatPair.OpenAsync(cancellation);
        using var slave = ForeignSlave.Start(cancellation, "rtu", pair.Slave);
        return await RunAsync(Configurations.Serial(pair.Master), slave, cancellation);
    }

    private static async Task<long> OverTcpAsync(CancellationToken cancellation)
    {
        var port = FreePort.Next();
        using var slave = ForeignSlave.Start(cancellation, "tcp", port.ToString(CultureInfo.InvariantCulture));
        return await RunAsync(Configurations.Tcp(port), slave, cancellation);
    }

    private static async Task<long> RunAsync(JsonObject link, ForeignSlave slave, CancellationToken cancellation)
    {
        using var workplace = new Workplace();
        var brokerPort = FreePort.Next();
        var cell = Configurations.Cell(Configurations.Registers(link, Registers, "100ms"), $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded());
        var file = workplace.Write(Configurations.WithBroker(cell, brokerPort));

        using var edge = EdgeProcess.Start(workplace.Folder, "run", file, "--for", $"{Seconds}s", "--json");
        var exitCode = edge.WaitForExit(TimeSpan.FromSeconds(Seconds + 45));
        var answered = slave.Stop();

        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");
        var ledger = edge.Ledger();
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>());
        Assert.Equal(0, ledger["total"]!["refused"]!.GetValue<long>());
        Assert.Equal(0, ledger["total"]!["dropped"]!.GetValue<long>());
        var rows = StoredRows.Read(Path.Combine(workplace.Folder, "data"));
        for (var register = 0; register < Registers; register++)
        {
            var values = rows[$"plc/r{register}"];
            var expected = Enumerable.Range(0, values.Count).Select(value => (double)value);
            Assert.True(values.SequenceEqual(expected), $"r{register} has a gap: {string.Join(' ', values.Take(30))} ...");
            Assert.True(values.Count == answered, $"r{register}: {values.Count} stored, but the slave answered {answered} reads");
        }

        Assert.True(answered >= ReadsMin, $"only {answered} reads in {Seconds} s: 10 Hz were asked");
        return answered;
    }
}
