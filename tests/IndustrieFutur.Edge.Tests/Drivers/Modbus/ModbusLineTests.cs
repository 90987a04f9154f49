using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>The driver on a line with real bytes and real time: the simulated PLC on a pseudo-terminal.</summary>
public sealed class ModbusLineTests : IDisposable
{
    private const int IntervalMillis = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("modbus-line-").FullName;
    private readonly PlcSimulator _plc;

    public ModbusLineTests() => _plc = PlcSimulator.OnPty(Path.Combine(_folder, "plc.pty"), unit: 1, seed: 1);

    public void Dispose()
    {
        _plc.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_dead_unit_does_not_slow_the_living_one_on_its_line()
    {
        using var bench = new ModbusBench(null, Device(1, "living"), Device(2, "dead"));
        bench.Driver.Connect();
        RunFor(bench, TimeSpan.FromSeconds(1));
        bench.Take();
        var silentBefore = bench.Driver.Statistics[1].Timeouts;

        RunFor(bench, TimeSpan.FromSeconds(3));

        var (living, dead) = (bench.Driver.Statistics[0], bench.Driver.Statistics[1]);
        Assert.True(dead.IsSilent);
        Assert.InRange(dead.Timeouts - silentBefore, 1, 3);

        // Each probe of 100 ms may cost the living unit two rounds of 50 ms: of 60 no more than six.
        Assert.InRange(bench.Take().Count(sample => sample is { Id: "living", Status: StatusCode.Good }), 48, 62);
        Assert.Equal(0, living.Timeouts);
        Assert.Equal(0, living.CrcErrors);
    }

    [Fact]
    public void Every_table_of_the_PLC_is_read()
    {
        var device = new ModbusOptions
        {
            Serial = Line(),
            AddressBase = 0,
            Groups = ModbusBench.Device(
                1,
                TimeSpan.FromMilliseconds(IntervalMillis),
                ("guard", "1x3", "bool"),
                ("temperature", "3x3", "i16"),
                ("setpoint", "4x0", "f32 ABCD"),
                ("name", "3x15", "string 4"),
                ("missing", "0x0", "bool")).Groups,
        };
        using var bench = new ModbusBench(null, device);
        bench.Driver.Connect();

        RunFor(bench, TimeSpan.FromMilliseconds(400));

        var last = bench.Take().GroupBy(sample => sample.Id).ToDictionary(group => group.Key, group => group.Last());
        Assert.Equal(true, last["guard"].Value);
        Assert.InRange((long)last["temperature"].Value, 200, 500);
        Assert.Equal(250.0, last["setpoint"].Value);
        Assert.Equal("CONV-01", last["name"].Value);
        Assert.Equal(StatusCode.BadConfigurationError, last["missing"].Status);
    }

    private static void RunFor(ModbusBench bench, TimeSpan time)
    {
        var end = MonoClock.NowNanos() + (time.Ticks * TimeSpan.NanosecondsPerTick);
        for (var now = MonoClock.NowNanos(); now < end; now = MonoClock.NowNanos())
        {
            Pacer.SleepUntil(Math.Min(end, bench.Driver.Step(now)));
        }
    }

    private SerialOptions Line() => new() { Port = _plc.PtyPath!, Settings = "115200 8N1" };

    private ModbusOptions Device(int unit, string signal) => new()
    {
        Serial = Line(),
        Unit = unit,
        AddressBase = 0,
        Timeout = TimeSpan.FromMilliseconds(100),
        Groups = ModbusBench.Device(unit, TimeSpan.FromMilliseconds(IntervalMillis), (signal, "3x14", "u16")).Groups,
    };
}
