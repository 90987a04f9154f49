using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Dashboard;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.OpenProtocol;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>Two views over one block: one belongs to the process that runs the link, the other to the one that shows it.</summary>
public sealed class LinkViewTests
{
    public static TheoryData<string> Drivers => [.. DriverCatalog.Names];

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Each_kind_takes_as_much_of_the_memory_as_it_says(string driver)
    {
        var kind = DriverCatalog.Find(driver)!;
        DeviceBinding[] devices = [Device("a", Options(driver)), Device("b", Options(driver))];
        var bytes = LinkView.BytesNeeded(kind, devices);
        using var memory = new HotMemory(bytes);

        _ = new LinkView(memory, "link", kind, devices);

        Assert.Equal((nuint)bytes, memory.Taken);
    }

    [Fact]
    public void The_status_that_one_side_writes_the_other_reads()
    {
        var (writer, reader) = Views("framed", out var block);
        using var memory = block;
        var fresh = (reader.Status.State, reader.Status.IsConnected, reader.Status.IsRefused, reader.Status.LastError, reader.Status.Losses);

        writer.Status.State = LinkState.Quarantined;
        writer.Status.IsConnected = true;
        writer.Status.IsRefused = true;
        writer.Status.LastError = "it says no";
        writer.Status.MarkedMonoNanos = 7;
        writer.Status.CountLoss();
        writer.Status.CountStep();
        writer.Status.CountStep();

        Assert.Equal((LinkState.Connecting, false, false, "", 0), fresh);
        Assert.Equal((LinkState.Quarantined, true, true, "it says no"), (reader.Status.State, reader.Status.IsConnected, reader.Status.IsRefused, reader.Status.LastError));
        Assert.Equal((7, 1, 2), (reader.Status.MarkedMonoNanos, reader.Status.Losses, reader.Status.Steps));
        Assert.Equal(("link", "a, b"), (reader.Link, reader.Devices));
    }

    [Fact]
    public void The_numbers_of_an_RTDE_connection_are_seen_from_the_other_side()
    {
        var (writer, reader) = Views("rtde", out var block);
        using var memory = block;
        var (counts, seen) = (writer.Statistics.Rtde!, reader.Statistics.Rtde!);

        counts.CountConnect();
        counts.CountConnect();
        counts.CountPackage(8_000_000, 300);
        counts.CountGap(4);
        counts.CountRestart();
        counts.CountTexts(5);
        counts.SetFieldsRefused(6);
        counts.ControllerVersion = "5.25.1.0";
        counts.LastText = "RTDE: Client too slow (Error)";

        Assert.Equal((2, 1, 1, 4, 1), (seen.Connects, seen.Reconnects, seen.Packages, seen.PackagesLost, seen.Gaps));
        Assert.Equal((1, 5, 6, 8_000_000, 300), (seen.Restarts, seen.Texts, seen.FieldsRefused, seen.PeriodNanos, seen.DelayNanos));
        Assert.Equal(("5.25.1.0", "RTDE: Client too slow (Error)"), (seen.ControllerVersion, seen.LastText));
    }

    [Fact]
    public void The_numbers_of_each_Modbus_unit_are_seen_from_the_other_side()
    {
        var (writer, reader) = Views("modbus", out var block);
        using var memory = block;
        var counts = writer.Statistics.ModbusUnits[1];
        counts.Requests = 1;
        counts.Timeouts = 2;
        counts.CrcErrors = 3;
        counts.Exceptions = 4;
        counts.MissedRounds = 5;
        counts.IsSilent = true;

        var (first, seen) = (reader.Statistics.ModbusUnits[0], reader.Statistics.ModbusUnits[1]);
        Assert.Equal((1, 2, 3, 4, 5, true), (seen.Requests, seen.Timeouts, seen.CrcErrors, seen.Exceptions, seen.MissedRounds, seen.IsSilent));
        Assert.Equal((0, 0, false), (first.Requests, first.MissedRounds, first.IsSilent));
        Assert.Equal(("a", "b", 9), (first.Device, seen.Device, seen.Unit));
    }

    [Fact]
    public void What_an_Open_Protocol_session_counts_is_seen_from_the_other_side()
    {
        var (writer, reader) = Views("open-protocol", out var block);
        using var memory = block;

        writer.Statistics.OpenProtocol!.CountRepeated();

        Assert.Equal(1, reader.Statistics.OpenProtocol!.Repeated);
    }

    [Fact]
    public void Texts_that_a_killed_writer_left_torn_are_mended_by_the_next_one()
    {
        var kind = DriverCatalog.Find("rtde")!;
        var (writer, reader) = Views("rtde", out var block);
        using var memory = block;
        var (status, numbers) = (writer.Status, writer.Statistics.Rtde!);
        (status.LastError, numbers.ControllerVersion, numbers.LastText) = ("cut", "5.25.1.0", "too slow");
        numbers.CountConnect();
        var seen = reader.Statistics.Rtde!;
        var before = (reader.Status.LastError, seen.ControllerVersion, seen.LastText);
        Tear(memory);

        var next = new LinkView(new HotMemory(memory), "link", kind, [Device("a", Options("rtde"))]);
        using var ring = new HotMemory(SampleRing.BytesNeeded(64, 0, 0) + LedgerCounters.BytesNeeded(1));
        var samples = new SampleWriter(new SampleRing(ring, 64), new LedgerCounters(ring, 1), new UtcOffset(TimeProvider.System));
        var surroundings = new DriverSurroundings("edge", "/", "/", TimeProvider.System);
        var driver = kind.Create([Device("a", Options("rtde"))], samples, next.Statistics, surroundings);
        using var runner = new LinkRunner(next.Link, driver, [], samples, next.Status, NullLogger<LinkRunner>.Instance);

        Assert.Equal(("cut", "5.25.1.0", "too slow"), before);
        Assert.Equal(("", "", "", 1), (reader.Status.LastError, seen.ControllerVersion, seen.LastText, seen.Connects));
        (next.Status.LastError, next.Statistics.Rtde!.LastText) = ("cut again", "slow");
        Assert.Equal(("cut again", "slow"), (reader.Status.LastError, seen.LastText));
    }

    [Fact]
    public void A_link_shows_the_numbers_of_its_own_kind_only()
    {
        foreach (var driver in DriverCatalog.Names)
        {
            var (view, _) = Views(driver, out var block);
            using var memory = block;

            Assert.Equal(
                (driver == "modbus", driver == "rtde", driver == "open-protocol", driver == "opcua"),
                (view.Statistics.ModbusUnits.Count == 2, view.Statistics.Rtde is not null, view.Statistics.OpenProtocol is not null, view.Statistics.OpcUa is not null));
        }
    }

    /// <summary>Each text of an RTDE link's block looks as kill -9 leaves it in the middle of a write: after its counters, an odd version.</summary>
    private static unsafe void Tear(HotMemory memory)
    {
        var block = new HotMemory(memory);
        block.Take(LinkStatus.BytesNeeded - HotText.BytesNeeded(1_024));
        ((HotTextHeader*)block.Take(HotText.BytesNeeded(1_024)))->Version++;
        block.Take(RtdeStatistics.BytesNeeded - (2 * HotText.BytesNeeded(512)));
        ((HotTextHeader*)block.Take(HotText.BytesNeeded(512)))->Version++;
        ((HotTextHeader*)block.Take(HotText.BytesNeeded(512)))->Version++;
    }

    /// <summary>A writer's view and a reader's.</summary>
    private static (LinkView Writer, LinkView Reader) Views(string driver, out HotMemory memory)
    {
        var kind = DriverCatalog.Find(driver)!;
        DeviceBinding[] devices = [Device("a", Options(driver)), Device("b", Options(driver))];
        memory = new HotMemory(LinkView.BytesNeeded(kind, devices));
        return (new LinkView(memory, "link", kind, devices), new LinkView(new HotMemory(memory), "link", kind, devices));
    }

    private static DeviceOptions Options(string driver) => driver switch
    {
        "modbus" => new ModbusOptions { Unit = 9 },
        "rtde" => new RtdeOptions(),
        "framed" => new FramedOptions(),
        "dashboard" => new DashboardOptions(),
        "open-protocol" => new OpenProtocolOptions(),
        _ => new OpcUaOptions(),
    };

    private static DeviceBinding Device(string id, DeviceOptions options)
    {
        var signal = new SignalPlan { Index = 0, Id = "s", Device = id, RawKind = ValueKind.Int64 };
        return new DeviceBinding(new DevicePlan { Id = id, Driver = options.Driver, Index = 0, Signals = [signal] }, options);
    }
}
