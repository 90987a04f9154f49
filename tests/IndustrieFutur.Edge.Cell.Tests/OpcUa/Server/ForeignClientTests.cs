using System.Text.Json.Nodes;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Server;

/// <summary>A foreign client (node-opcua) visits our server as it would visit a real controller.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_comes_in_with_every_policy_and_every_kind_of_user()
    {
        using var server = new VisitedServer();
        var said = await VisitAsync(server, "doors", Combination.All.Count + 2);

        Assert.Equal(Combination.All.Select(door => door.ToString()), said.Take(Combination.All.Count).Select(door => (string)door["door"]!));
        Assert.All(said.Take(Combination.All.Count), door => Assert.Equal(("Good", 5), ((string?)door["called"], (int?)door["sum"])));
        Assert.All(said.Skip(Combination.All.Count), stranger => Assert.Contains(nameof(StatusCodes.BadUserAccessDenied), (string?)stranger["failure"], StringComparison.Ordinal));
        Assert.Equal(Combination.All.Count + 2, server.Server.Counters.Sessions);
    }

    [Fact]
    public async Task It_browses_the_whole_space_and_finds_nothing_missing()
    {
        using var server = new VisitedServer(new ServerLimitsSettings { ReferencesPerNodeMax = 40 });
        var walked = Assert.Single(await VisitAsync(server, "walk", 1));

        Assert.True((int)walked["problemCount"]! == 0, walked["problems"]!.ToJsonString());
        Assert.Equal(server.ReachableCount(), (int)walked["nodes"]!);
        Assert.InRange((int)walked["nodes"]!, 6_000, int.MaxValue);
        Assert.InRange((int)walked["pieces"]!, 10, int.MaxValue);
        Assert.InRange((int)walked["attributes"]!, 5 * (int)walked["nodes"]!, int.MaxValue);
    }

    [Fact]
    public async Task It_reads_writes_calls_and_is_refused_what_it_may_not()
    {
        using var server = new VisitedServer();
        var said = await VisitAsync(server, "services", 6);

        Assert.Equal(
            [
                """{"event":"written","statuses":["Good","BadTypeMismatch","BadNotWritable","BadNodeIdUnknown"]}""",
                """{"event":"read","speed":2.5,"hasTimes":true,"part":[2,3]}""",
                """{"event":"translated","target":true}""",
                """{"event":"declared","inputs":["a","b"],"outputs":["sum"]}""",
                """{"event":"called","missing":"BadArgumentsMissing","registered":1}""",
                """{"event":"history","status":"BadHistoryOperationUnsupported"}""",
            ],
            said.Select(line => line.ToJsonString()));
    }

    [Fact]
    public async Task It_is_told_of_every_change_in_order()
    {
        using var server = new VisitedServer();
        var subscribed = Assert.Single(await VisitAsync(server, "subscribe", 1));

        Assert.Equal(Enumerable.Range(1, 20), subscribed["speeds"]!.AsArray().Select(speed => (int)speed!));
        Assert.Equal(50, (int)subscribed["interval"]!);
        Assert.True((bool)subscribed["hasTimes"]!);
    }

    [Fact]
    public async Task It_renews_its_channel_and_notices_nothing()
    {
        using var server = new VisitedServer();
        var renewed = Assert.Single(await VisitAsync(server, "renew", 1));

        Assert.InRange((int)renewed["renewals"]!, 3, int.MaxValue);
        Assert.InRange((int)renewed["reads"]!, 50, int.MaxValue);
        Assert.Equal(0, (int)renewed["bad"]!);
        Assert.Equal(1, server.Server.Counters.Sessions);
    }

    [Fact]
    public async Task The_session_after_the_hundredth_is_refused_until_one_is_closed()
    {
        using var server = new VisitedServer();
        var crowded = Assert.Single(await VisitAsync(server, "crowd", 1));

        Assert.Contains(nameof(StatusCodes.BadTooManySessions), (string?)crowded["refused"], StringComparison.Ordinal);
        Assert.Equal(100, (int)crowded["sessions"]!);
        Assert.Equal(1, server.Server.Counters.RefusedSessions);
    }

    private static async Task<List<JsonObject>> VisitAsync(VisitedServer server, string task, int lines)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("edge-opcua-visitor-").FullName;
        try
        {
            var (certificate, key) = VisitedServer.UserFiles(folder);
            using var visitor = new NodeProcess(
                "visitor.js",
                ["--url", server.Server.EndpointUrl, "--task", task, "--pki", Path.Combine(folder, "pki"), "--userCertificate", certificate, "--userKey", key]);
            var said = new List<JsonObject>();
            for (var i = 0; i < lines; i++)
            {
                said.Add(await visitor.HearAnyAsync(Limit, cancellation));
            }

            await visitor.HearAsync("done", Limit, cancellation);
            return said;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
