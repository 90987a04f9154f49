using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>A million packages go from the link to the ring without a byte of garbage.</summary>
public sealed class RtdeZeroBytesTests
{
    private const int Packages = 1_000_000;

    [Fact]
    public void A_million_packages_allocate_nothing()
    {
        using var robot = new ScriptedController();
        using var link = new EndlessPackages(robot, () => robot.Package(0, (_, element) => element));
        using var bench = new RtdeBench(
            RtdeBench.Options(
                500,
                ("q", new() { Field = "actual_q", Index = 0 }),
                ("pose", new() { Field = "actual_TCP_pose", Index = 5 }),
                ("speed", new() { Field = "norm(actual_TCP_speed)" }),
                ("mode", new() { Field = "robot_mode" }),
                ("estop", new() { Field = "safety_status_bits", Bit = 7 }),
                ("din", new() { Field = "actual_digital_input_bits" })),
            _ =>
            {
                robot.Open();
                return link;
            });
        bench.Driver.Connect();
        link.Start();
        var samples = Run(bench, 1);

        var allocated = AllocationGuard.BytesOf(() => samples += Run(bench, Packages / 10), turns: 10);

        Assert.Equal(0, allocated);
        Assert.Equal(6 * bench.Driver.Statistics.Packages, samples);
        Assert.Equal(0, bench.Driver.Statistics.PackagesLost);
    }

    private static long Run(RtdeBench bench, long packages)
    {
        var until = bench.Driver.Statistics.Packages + packages;
        long samples = 0;
        while (bench.Driver.Statistics.Packages < until)
        {
            bench.Step();
            samples += bench.Skip();
        }

        return samples;
    }
}
