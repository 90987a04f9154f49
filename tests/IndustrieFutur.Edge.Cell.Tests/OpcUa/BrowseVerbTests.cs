using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary><c>ifedge browse</c> against a foreign server with a robot arm.</summary>
[Trait("Category", "Foreign")]
public sealed class BrowseVerbTests(NodeServerFixture fixture) : IClassFixture<NodeServerFixture>, IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_tree_shows_the_arm_with_its_axes_their_type_position_and_unit()
    {
        var (code, output, error) = await BrowseAsync();

        var lines = output.Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(6, lines.Count(line => line.Contains("(AxisType)", StringComparison.Ordinal)));
        Assert.Equal(6, lines.Count(line => line.Contains("ActualPosition : Double = ", StringComparison.Ordinal) && line.Contains(" °  [nsu=", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.StartsWith("Server ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_has_a_row_for_each_node_that_fits()
    {
        var (code, output, error) = await BrowseAsync("--match", "Signals/*", "--csv");

        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(11, rows.Length);
        Assert.StartsWith($"Signals/Signal0,Variable,BaseDataVariableType,{fixture.Server.NodeOf(0)},Int32,", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_the_type_that_a_signal_would_have()
    {
        var (_, output, _) = await BrowseAsync("--from", "nsu=urn:industriefutur:test:signals;s=Cell", "--json");

        var types = JsonNode.Parse(output)!.AsArray().Where(node => node!["dataType"] is not null).ToDictionary(node => (string)node!["path"]!, node => (string?)node!["signalType"]);
        Assert.Equal(
            ("bool", "i64", "u64", "f64", "text", null),
            (types["Boolean"], types["Int32"], types["UInt64"], types["Float"], types["String"], types["Tool"]));
    }

    [Fact]
    public async Task A_configuration_passes_the_check_and_names_every_chosen_variable()
    {
        var (code, output, error) = await BrowseAsync("--match", "**/ActualPosition", "--match", "Signals/*", "--as-config", "--name", "robot");
        var file = _workplace.PathOf("edge.json");
        await File.WriteAllTextAsync(file, output, TestContext.Current.CancellationToken);

        var reading = EdgeConfiguration.Load(file);

        Assert.True(code == ExitCode.Done, error);
        Assert.Empty(reading.Mistakes);
        var signals = reading.Configuration!.Plan.Signals;
        Assert.Equal(16, signals.Count);
        Assert.Contains(signals, signal => signal is { Device: "robot", Id: "axis_1.actualposition", Unit: "°" });
    }

    [Fact]
    public async Task Fields_and_elements_stand_in_tree_and_table_by_the_names_that_signals_take()
    {
        var (_, tree, _) = await BrowseAsync("--from", "nsu=urn:industriefutur:test:signals;s=Cell");
        var (_, table, _) = await BrowseAsync("--match", "Cell/*", "--csv");
        var (_, json, _) = await BrowseAsync("--match", "Cell/*", "--json");

        var lines = tree.Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.Contains(lines, line => line.StartsWith("Tool : Tool = {Name: Gripper, Speed: 0.5", StringComparison.Ordinal));
        Assert.Contains("  .Position.X : Double = 1", lines);
        Assert.Contains("  [1,2] : Int32 = 6", lines);
        Assert.Contains("Cell/Tool.Codes[1],Field,,nsu=urn:industriefutur:test:signals;s=Tool,Int32,8,Good,,i64,,Codes[1]", table, StringComparison.Ordinal);
        Assert.Contains("Cell/Doubles[2],Element,,nsu=urn:industriefutur:test:signals;s=Doubles,Double,3,Good,,f64,2,", table, StringComparison.Ordinal);
        var values = JsonNode.Parse(json)!.AsArray().Where(node => node!["dataType"] is not null).ToDictionary(node => (string)node!["path"]!, node => node!);
        Assert.Equal((3.25, "Good", 0u), ((double)values["Cell/Double"]["value"]!, (string?)values["Cell/Double"]["quality"], (uint)values["Cell/Double"]["status"]!));
        Assert.True((bool)values["Cell/Boolean"]["value"]!);
        Assert.Equal((1.0, 3), ((double)values["Cell/Tool"]["value"]!["Position.X"]!, (int)values["Cell/Matrix"]["value"]![2]!));
    }

    [Fact]
    public async Task A_configuration_takes_fields_and_elements_and_says_what_it_leaves_out()
    {
        var (code, output, error) = await BrowseAsync("--from", "nsu=urn:industriefutur:test:signals;s=Cell", "--as-config");
        var file = _workplace.PathOf("edge.json");
        await File.WriteAllTextAsync(file, output, TestContext.Current.CancellationToken);

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("ifedge: left out: ", error, StringComparison.Ordinal);
        Assert.Contains("1 × ByteString", error, StringComparison.Ordinal);
        using var reading = EdgeProcess.Start(_workplace.Folder, "read", "--config", file, "--json");
        Assert.True(reading.WaitForExit(TimeSpan.FromSeconds(30)) == 0, reading.Errors);
        var values = JsonNode.Parse(reading.Output)!.AsArray().ToDictionary(view => (string)view!["signal"]!, view => view!["value"]);
        Assert.Equal(
            (1.0, 8L, 3.0, 6L, "Gripper"),
            ((double)values["tool.position.x"]!, (long)values["tool.codes.1"]!, (double)values["doubles.2"]!, (long)values["matrix.1.2"]!, (string?)values["tool.name"]));
    }

    [Fact]
    public async Task A_server_larger_than_the_limit_is_cut_and_that_is_said()
    {
        var (code, output, error) = await BrowseAsync("--max", "20");

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(20, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("more than 20 nodes; add --max", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_fits_is_a_finding()
    {
        var (code, output, error) = await BrowseAsync("--match", "Nowhere/*");

        Assert.Equal((ExitCode.FoundProblems, ""), (code, output));
        Assert.Contains("no node fits", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_nobody_has_trusted_is_not_browsed()
    {
        var (code, output, error) = await RunAsync("browse", fixture.Server.Endpoint);

        Assert.Equal((ExitCode.Refused, ""), (code, output));
        Assert.Contains("ifedge cert trust", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_server_is_browsed_as_a_user_whose_password_stays_where_it_is()
    {
        var trusted = Directory.CreateDirectory(_workplace.PathOf("pki/trusted/certs"));
        File.Copy(fixture.Server.CertificateFile, Path.Combine(trusted.FullName, "server.pem"));
        var password = _workplace.PathOf("password");
        await File.WriteAllTextAsync(password, Credentials.Password, TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync(
            "browse", fixture.Server.Endpoint, "--user", Credentials.User, "--password-from", $"file:{password}", "--match", "Signals/*", "--as-config");

        Assert.True(code == ExitCode.Done, error);
        var device = JsonNode.Parse(output)!["devices"]!["device1"]!;
        Assert.Equal(_workplace.Folder, (string?)JsonNode.Parse(output)!["data"]);
        Assert.Equal((Credentials.User, $"file:{password}"), ((string?)device["user"]!["name"], (string?)device["user"]!["password"]));
        Assert.Equal(("Aes256_Sha256_RsaPss", "SignAndEncrypt"), ((string?)device["security"]!["policy"], (string?)device["security"]!["mode"]));
        Assert.DoesNotContain(Credentials.Password, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_with_the_rung_that_broke()
    {
        var (code, _, error) = await RunAsync("browse", $"opc.tcp://127.0.0.1:{FreePort.Next()}");

        Assert.Equal(ExitCode.CannotConnect, code);
        Assert.Contains("(network)", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> BrowseAsync(params string[] arguments) =>
        RunAsync(["browse", fixture.Server.Endpoint, "--policy", "None", "--allow-insecure", .. arguments]);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--data", _workplace.Folder], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
