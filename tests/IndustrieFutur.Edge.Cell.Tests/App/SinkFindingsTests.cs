using IndustrieFutur.Edge.App.Doctor;
using IndustrieFutur.Edge.Cell.Tests.Northbound;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary>What the doctor says of a sink's broker, to a person who stands before it.</summary>
public sealed class SinkFindingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-doctor-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_broker_that_lets_us_in_is_well_and_its_version_is_told()
    {
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true", Cancellation);

        var finding = await LookAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}" });

        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.Contains("MQTT 5", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_broker_is_warned_of()
    {
        await using var broker = await NatsServer.StartAsync(Cancellation);

        var finding = await LookAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}" });

        Assert.Equal(Verdict.Warning, finding.Verdict);
        Assert.StartsWith("répond en MQTT 3.1.1", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_certificate_is_told_in_French_first_with_its_remedy_and_one_that_expires_soon_is_warned_of()
    {
        using var authority = new Authority(_folder);
        using var stranger = new Authority(Directory.CreateDirectory(Path.Combine(_folder, "stranger")).FullName);
        var (certificate, key) = authority.Issue("server");
        var port = FreePort.Next();
        await using var broker = await Mosquitto.StartProcessAsync(
            $"allow_anonymous true\nlistener {port} 127.0.0.1\ncertfile {certificate}\nkeyfile {key}", Cancellation);
        var url = $"mqtts://127.0.0.1:{port}";
        await ListeningPort.OpenAsync(port, Cancellation);

        var foreign = await LookAsync(new MqttSinkOptions { Url = url, CaFile = stranger.CaFile });
        var soon = await LookAsync(new MqttSinkOptions { Url = url, CaFile = authority.CaFile });

        Assert.Equal(Verdict.Fail, foreign.Verdict);
        Assert.StartsWith("Le certificat du broker", foreign.Text, StringComparison.Ordinal);
        Assert.Contains("put the authority that signed it there", foreign.Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Warning, soon.Verdict);
        Assert.StartsWith("répond, mais son certificat expire le", soon.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_or_a_file_that_is_missing_fails_with_what_to_do()
    {
        var absent = await LookAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{FreePort.Next()}" });
        var noFile = await LookAsync(new MqttSinkOptions { Url = "mqtts://127.0.0.1:8883", CaFile = "nothing.pem" });

        Assert.Equal(Verdict.Fail, absent.Verdict);
        Assert.StartsWith("Aucun broker ne répond", absent.Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fail, noFile.Verdict);
        Assert.Contains(Path.Combine(_folder, "nothing.pem"), noFile.Text, StringComparison.Ordinal);
    }

    private Task<Finding> LookAsync(MqttSinkOptions sink) => SinkFindings.LookAsync("site", sink, sink.Url, _folder, TimeProvider.System, Cancellation);
}
