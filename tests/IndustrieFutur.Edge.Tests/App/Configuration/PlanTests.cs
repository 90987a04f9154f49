using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A checked configuration becomes a plan: numbered in the order of the file, with a hash that stays and rules between its parts.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Signals_are_numbered_in_the_order_of_the_file_and_carry_what_was_written()
    {
        var plan = Plan(ConfigurationFolder.Good);

        Assert.Equal(("la-roche", "cell1", 20), (plan.Group, plan.Edge, plan.TextBytesMax));
        var device = Assert.Single(plan.Devices);
        Assert.Equal(("plc", "bench", 0, 2), (device.Id, device.Driver, device.Index, device.Signals.Count));
        var speed = plan.Signals[0];
        Assert.Equal((0, "speed", "plc", ValueKind.Float64, "m/s", "Vitesse", "Speed"), (speed.Index, speed.Id, speed.Device, speed.Kind, speed.Unit, speed.NameFr, speed.NameEn));
        Assert.Equal((0.5, 60_000_000_000, 0, 0), (speed.Deadband, speed.HeartbeatNanos, speed.StaleNanos, speed.TextBytes));
        Assert.Equal((1, "label", ValueKind.Text, 20), (plan.Signals[1].Index, plan.Signals[1].Id, plan.Signals[1].Kind, plan.Signals[1].TextBytes));
    }

    [Fact]
    public void The_hash_is_the_same_on_every_machine_for_ever()
    {
        Assert.Equal("c0cc0955348fbd7a", Plan(ConfigurationFolder.Good).Hash.ToString("x16", null));
    }

    [Theory]
    [InlineData("\"unit\": \"m/s\"", "\"unit\": \"mm/s\"")]
    [InlineData("\"channel\": 1,", "\"channel\": 1, \"scale\": 2,")]
    [InlineData("\"speed\":", "\"velocity\":")]
    [InlineData("\"cell1\"", "\"cell2\"")]
    [InlineData("\"plc\":", "\"plc2\":")]
    [InlineData("\"kind\": \"text\"", "\"kind\": \"int64\"")]
    public void Another_meaning_has_another_hash(string before, string after)
    {
        Assert.NotEqual(Plan(ConfigurationFolder.Good).Hash, Plan(ConfigurationFolder.Good.Replace(before, after, StringComparison.Ordinal)).Hash);
    }

    [Fact]
    public void Blanks_and_comments_leave_the_hash_as_it_is()
    {
        Assert.Equal(Plan(ConfigurationFolder.Good).Hash, Plan("// written at night\n\n" + ConfigurationFolder.Good).Hash);
    }

    [Fact]
    public void A_signal_id_in_two_groups_of_a_device_is_a_mistake()
    {
        var mistakes = _folder.Mistakes(ConfigurationFolder.Good.Replace(
            "\"groups\": {", "\"groups\": { \"slow\": { \"signals\": { \"speed\": { \"channel\": 9 } } },", StringComparison.Ordinal));

        Assert.Equal(
            "edge.json:12:13: devices.plc.groups.fast.signals.speed: the signal \"speed\" stands in the group \"slow\" too; ids are unique within a device, rename one",
            Assert.Single(mistakes));
    }

    [Fact]
    public void Devices_on_one_link_must_agree()
    {
        var mistakes = _folder.Mistakes(ConfigurationFolder.Good.Replace(
            "\"devices\": {",
            "\"devices\": { \"a\": { \"driver\": \"bench\", \"gain\": 3, \"serial\": \"/dev/ttyS9\", \"groups\": { \"g\": { \"signals\": { \"s\": { \"channel\": 1 } } } } },",
            StringComparison.Ordinal));

        Assert.Equal(
            "edge.json:5:5: devices.plc: shares the link /dev/ttyS9 with the device \"a\": the gains differ; write the same \"gain\" for both",
            Assert.Single(mistakes));
    }

    [Fact]
    public void What_VictoriaMetrics_cannot_keep_is_a_warning_and_runs()
    {
        var reading = _folder.Read(ConfigurationFolder.Good.Replace("\"store\": \"embedded\"", "\"store\": \"victoria\", \"url\": \"http://127.0.0.1:8428\"", StringComparison.Ordinal));

        Assert.NotNull(reading.Configuration);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal((13, 13, "devices.plc.groups.fast.signals.label"), (warning.Place.Line, warning.Place.Column, warning.Path));
        Assert.Contains("keeps no text", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_stale_between_two_reads_is_a_warning()
    {
        var reading = _folder.Read(ConfigurationFolder.Good
            .Replace("\"50ms\"", "\"5s\"", StringComparison.Ordinal)
            .Replace("\"channel\": 1,", "\"channel\": 1, \"staleAfter\": \"2s\",", StringComparison.Ordinal));

        Assert.NotNull(reading.Configuration);
        Assert.Contains("goes stale after 2s and is read every 5s", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal(2_000_000_000, reading.Configuration.Plan.Signals[0].StaleNanos);
    }

    private CellPlan Plan(string content)
    {
        var reading = _folder.Read(content);
        Assert.Empty(_folder.Lines(reading));
        return Assert.IsType<EdgeConfiguration>(reading.Configuration).Plan;
    }

    [Fact]
    public void An_awaited_historian_that_leaves_a_device_out_is_a_mistake()
    {
        var reading = _folder.Read(ConfigurationFolder.Good.Replace("\"store\": \"embedded\"", "\"store\": \"embedded\", \"streams\": [\"other/+/+\"]", StringComparison.Ordinal));

        var mistake = Assert.Single(reading.Mistakes);
        Assert.Equal("historians.h1.streams", mistake.Path);
        Assert.Contains("add \"la-roche/cell1/plc\"", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_awaited_historian_that_is_not_in_the_file_is_a_warning()
    {
        var reading = _folder.Read(ConfigurationFolder.Good.Replace("[\"h1\"]", "[\"h1\", \"h9\"]", StringComparison.Ordinal));

        Assert.Empty(reading.Mistakes);
        Assert.Contains("\"h9\" is not in this file", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }
}
