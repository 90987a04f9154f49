using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.Tests.Control.Audit;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>What <c>ifedge audit</c> shows of an audit, and with which code it ends.</summary>
public sealed class AuditVerbTests : IDisposable
{
    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task The_newest_lines_are_shown_as_asked()
    {
        _scene.Write(3);

        var (code, output, _) = await AuditAsync("show", _scene.Data, "--last", "2", "--who", "anne", "--json");

        var lines = output.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal((0, 2), (code, lines.Length));
        Assert.Equal((6L, "ordered", "outcome", 6L), ((long)lines[0]["sequence"]!, (string?)lines[0]["kind"], (string?)lines[1]["kind"], (long)lines[1]["of"]!));
        Assert.Equal("", (await AuditAsync("show", _scene.Data, "--command", "other")).Output);
        Assert.Contains("2026-11-26T08:00:00.123Z  ordered  anne@local  speed  speed=250", (await AuditAsync("show", _scene.Data)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_in_order_ends_with_0_and_a_changed_one_with_1()
    {
        _scene.Write(3);
        var (good, output, _) = await AuditAsync("verify", _scene.Data);
        _scene.Tamper(lines => lines.Select(line => line.Replace("250", "900", StringComparison.Ordinal)));
        var (bad, found, _) = await AuditAsync("verify", _scene.Folder, "--json");

        Assert.Equal((0, 1), (good, bad));
        Assert.StartsWith("in order: 7 lines, 1 to 7, head ", output, StringComparison.Ordinal);
        var finding = JsonNode.Parse(found)!["findings"]![0]!;
        Assert.Equal(("changed", "audit-000001.jsonl", 2), ((string?)finding["fault"], (string?)finding["file"], (int)finding["line"]!));
    }

    [Fact]
    public async Task A_cut_end_is_found_by_a_head_and_half_a_head_is_none()
    {
        _scene.Write(3);

        Assert.Equal(1, (await AuditAsync("verify", _scene.Data, "--head", new string('a', 64))).Code);
        Assert.Equal(2, (await AuditAsync("verify", _scene.Data, "--head", "abc")).Code);
    }

    [Fact]
    public async Task A_folder_without_an_audit_is_answered_with_4_and_what_to_do()
    {
        var (code, output, error) = await AuditAsync("verify", _scene.Data);

        Assert.Equal((4, ""), (code, output));
        Assert.Contains("there is no audit", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> AuditAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["audit", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
