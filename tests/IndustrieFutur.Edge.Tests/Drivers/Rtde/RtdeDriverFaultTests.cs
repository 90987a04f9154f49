using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Tests.Simulators.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>The driver over a real connection to the simulated controller, with each fault that the controller has.</summary>
public sealed class RtdeDriverFaultTests : IDisposable
{
    private const uint BadNotFound = 0x803E_0000;

    private readonly RtdeScene _scene = new();
    private readonly RtdeBench _bench;

    public RtdeDriverFaultTests()
    {
        var options = Options(500);
        _bench = new RtdeBench(options, options.OpenLink);
    }

    [Fact]
    public void Every_package_is_a_sample_of_each_signal_even_cut_at_every_byte_and_with_texts_between()
    {
        _scene.Server.SplitsPackets = true;
        _scene.Server.Chatter = new RtdeText("busy", "controller", RtdeTextLevel.Info);
        _bench.Driver.Connect();

        Take(1_001, packages: 1_000);

        Assert.Equal(Numbers("q", 1, 1_000), Of("q", _bench.Samples()));
        Assert.Equal((1_000, 0, 0), (_bench.Driver.Statistics.Packages, _bench.Driver.Statistics.PackagesLost, _bench.Driver.Statistics.Gaps));
        Assert.Equal("5.25.1.0", _bench.Driver.Statistics.ControllerVersion);
    }

    [Fact]
    public void A_stall_loses_nothing_and_leaves_the_times_of_the_robot()
    {
        _bench.Driver.Connect();
        Take(100, packages: 100);
        _bench.Skip();

        _scene.Server.Stall(50);
        Take(51, packages: 151);
        var samples = _bench.Drain().Where(sample => _bench.IdOf(sample) == "q").ToList();

        Assert.Equal(51, samples.Count);
        Assert.All(samples, sample => Assert.Equal(StatusCode.Good, sample.Status));
        Assert.All(samples.Zip(samples.Skip(1)), pair => Assert.True(pair.Second.SourceUtcNanos > pair.First.SourceUtcNanos));
        Assert.Equal(0, _bench.Driver.Statistics.PackagesLost);
    }

    [Fact]
    public void Packages_that_are_lost_are_a_gap_of_so_many()
    {
        _bench.Driver.Connect();
        Take(100, packages: 100);
        _bench.Skip();

        _scene.Server.LosePackages(7);
        Take(8, packages: 101);

        Assert.Equal(["q~100", "mode~100", "q=108", "mode=108"], _bench.Samples());
        Assert.Equal((7, 1), (_bench.Driver.Statistics.PackagesLost, _bench.Driver.Statistics.Gaps));
    }

    [Fact]
    public void A_controller_whose_time_begins_anew_is_read_on()
    {
        _bench.Driver.Connect();
        Take(100, packages: 100);
        _bench.Skip();

        _scene.Server.ResetTimestamp();
        Take(20, packages: 120);

        Assert.Equal(["q~100", .. Numbers("q", 101, 20)], Of("q", _bench.Samples()));
        Assert.Equal((0, 1), (_bench.Driver.Statistics.PackagesLost, _bench.Driver.Statistics.Restarts));
    }

    [Fact]
    public void A_connection_that_is_cut_is_lost_doubted_and_opened_again()
    {
        _bench.Driver.Connect();
        Take(10, packages: 10);
        _bench.Skip();

        _scene.Server.DropClients();
        var lost = _bench.StepUntilLost();
        Assert.True(_bench.Driver.Doubt(0));
        _bench.Driver.Connect();
        Take(1, packages: 11);

        Assert.Contains("is gone", lost.Message, StringComparison.Ordinal);
        Assert.Equal(["q~10", "mode~10", "q=11", "mode=11"], _bench.Samples());
        Assert.Equal(1, _bench.Driver.Statistics.Reconnects);
    }

    [Fact]
    public void A_field_that_is_refused_is_asked_for_again_at_the_next_connection()
    {
        _scene.Server.Refuse("robot_mode");
        _bench.Driver.Connect();
        Take(1, packages: 1);
        Assert.Equal([$"mode!{BadNotFound:X8}", "q=1"], _bench.Samples());

        _scene.Server.Refuse("robot_mode", null);
        _bench.Driver.Connect();
        Take(1, packages: 2);

        Assert.Equal(["q=2", "mode=2"], _bench.Samples());
        Assert.Equal(0, _bench.Driver.Statistics.FieldsRefused);
    }

    [Fact]
    public void Whoever_waits_for_a_controller_that_stalls_is_called_meanwhile()
    {
        _scene.Server.Stall(1_000);

        var looks = 0;
        Assert.Throws<OperationCanceledException>(() => _bench.Driver.Connect(() =>
        {
            if (++looks == 3)
            {
                _bench.Driver.Cancel();
            }
        }));

        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task A_stop_ends_a_wait_at_once()
    {
        _bench.Driver.Connect();
        var waiting = Task.Run(
            () =>
            {
                while (true)
                {
                    _bench.Driver.Connect();
                }
            },
            TestContext.Current.CancellationToken);

        _bench.Driver.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_frequency_that_the_controller_refuses_is_told_with_its_reason()
    {
        var options = Options(1_000);
        using var bench = new RtdeBench(options, options.OpenLink);

        var lost = Assert.Throws<LinkLostException>(bench.Driver.Connect);

        Assert.Equal(LinkRefusal.Client, lost.Refusal);
        Assert.Contains("has refused the recipe (it answers with the recipe id 0) and does not start sending", lost.Message, StringComparison.Ordinal);
        Assert.Contains("The controller said \"The output frequency is 1000 Hz; 1 to 500 can be.", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_controller_that_sends_at_another_rate_than_was_asked_for_is_read_at_its_own()
    {
        var options = Options(333);
        using var bench = new RtdeBench(options, options.OpenLink);
        bench.Driver.Connect();

        _scene.Step(100);
        bench.StepUntil(() => bench.Driver.Statistics.Packages == 100);

        Assert.Equal((2_000_000, 0), (bench.Driver.Statistics.PeriodNanos, bench.Driver.Statistics.PackagesLost));
        Assert.Contains("it is sent at 500 Hz", bench.Driver.Statistics.LastText, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _bench.Dispose();
        _scene.Dispose();
    }

    private RtdeOptions Options(int frequency) => new()
    {
        Tcp = new TcpOptions { Host = "127.0.0.1", Port = _scene.Port },
        Frequency = frequency,
        Groups = new Dictionary<string, RtdeGroupOptions>
        {
            ["all"] = new() { Signals = new Dictionary<string, RtdeSignalOptions> { ["q"] = new() { Field = "actual_q", Index = 0 }, ["mode"] = new() { Field = "robot_mode" } } },
        },
    };

    private static IEnumerable<string> Numbers(string signal, int first, int count) => Enumerable.Range(first, count).Select(number => $"{signal}={number}");

    private static IEnumerable<string> Of(string signal, IEnumerable<string> samples) => samples.Where(sample => sample.StartsWith(signal, StringComparison.Ordinal));

    /// <summary>Lets so many ticks pass, then steps the driver until so many packages were read in all.</summary>
    private void Take(int ticks, long packages)
    {
        _scene.Step(ticks);
        _bench.StepUntil(() => _bench.Driver.Statistics.Packages >= packages);
    }
}
