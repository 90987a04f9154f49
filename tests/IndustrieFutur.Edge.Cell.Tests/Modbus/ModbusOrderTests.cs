using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Cell.Tests.Modbus;

/// <summary>Orders to Modbus devices that others wrote: what reaches them, once, and what they say to it.</summary>
public sealed class ModbusOrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Targets => new()
    {
        ["word"] = new JsonObject { ["address"] = "holding:7", ["type"] = "u16" },
        ["real"] = new JsonObject { ["address"] = "holding:8", ["type"] = "f32", ["order"] = "CDAB" },
        ["scaled"] = new JsonObject { ["address"] = "holding:10", ["type"] = "i16", ["scale"] = 0.1 },
        ["beyond"] = new JsonObject { ["address"] = "holding:100", ["type"] = "u16" },
        ["coil"] = new JsonObject { ["address"] = "coil:7", ["type"] = "bool" },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_libmodbus_slave_hears_each_order_once_while_it_is_read(bool isSerial)
    {
        using var pair = isSerial ? await SocatPair.OpenAsync(Cancellation) : null;
        var port = FreePort.Next();
        using var slave = ForeignSlave.Start(Cancellation, isSerial ? "rtu" : "tcp", pair?.Slave ?? port.ToString(CultureInfo.InvariantCulture), "0", "tell");
        using var cell = new ModbusOrderCell(pair is null ? Configurations.Tcp(port) : Configurations.Serial(pair.Master), Signals(), Targets);
        await cell.UntilReadAsync(Cancellation);

        var word = await cell.OrderAsync(0, 25_000, Cancellation);
        var real = await cell.OrderAsync(1, 12.5, Cancellation);
        var scaled = await cell.OrderAsync(2, -3.2, Cancellation);
        var beyond = await cell.OrderAsync(3, 1, Cancellation);
        var unfit = await cell.OrderAsync(0, 70_000, Cancellation);

        // It counts up with each reading, and is no such number unless it was written.
        await cell.UntilAsync(0, sample => sample.Bits is >= 25_000 and < 30_000, Cancellation);
        cell.Stop();

        Assert.Equal([OrderVerdict.Taken, OrderVerdict.Taken, OrderVerdict.Taken, OrderVerdict.Rejected, OrderVerdict.NotSent], new[] { word, real, scaled, beyond, unfit }.Select(report => report.Verdict));
        Assert.Equal((2u, "exception 2 (IllegalDataAddress)"), (beyond.Code, beyond.Text));
        Assert.Equal((1, 0, 0), (cell.Numbers.Exceptions, cell.Numbers.Timeouts, cell.Numbers.CrcErrors));
        Assert.Equal(["6 7 25000", "16 8 0 16712", "6 10 65504", "6 100 1"], slave.StopAndTell());
    }

    [Fact]
    public async Task What_a_pymodbus_server_was_told_is_read_back_from_it()
    {
        var port = FreePort.Next();
        using var server = ForeignSlave.StartPymodbus(port, Cancellation);
        using var cell = new ModbusOrderCell(Configurations.Tcp(port), Signals(withMore: true), Targets);
        await cell.UntilReadAsync(Cancellation);

        var told = new List<OrderVerdict>();
        foreach (var (command, value) in new[] { (0, 250.0), (1, 12.5), (2, -3.2), (4, 1) })
        {
            told.Add((await cell.OrderAsync(command, value, Cancellation)).Verdict);
        }

        Assert.All(told, verdict => Assert.Equal(OrderVerdict.Taken, verdict));
        await cell.UntilAsync(0, sample => sample.Bits == 250, Cancellation);
        await cell.UntilAsync(1, sample => sample.AsDouble == 12.5, Cancellation);
        await cell.UntilAsync(2, sample => sample.Bits == -32, Cancellation);
        await cell.UntilAsync(3, sample => sample.Bits == 1, Cancellation);
        Assert.Equal((0, 0), (cell.Numbers.Exceptions, cell.Numbers.Timeouts));
    }

    private static JsonObject Signals(bool withMore = false)
    {
        var signals = new JsonObject { ["word"] = new JsonObject { ["address"] = "holding:7", ["type"] = "u16" } };
        if (withMore)
        {
            signals["real"] = new JsonObject { ["address"] = "holding:8", ["type"] = "f32", ["order"] = "CDAB" };
            signals["raw"] = new JsonObject { ["address"] = "holding:10", ["type"] = "i16" };
            signals["coil"] = new JsonObject { ["address"] = "coil:7", ["type"] = "bool" };
        }

        return signals;
    }
}
