using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Driver;

/// <summary>What a person is told of signals that the foreign server does not give: the mistake by its name, and the remedy.</summary>
public sealed class DeviceProblemsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_and_a_namespace_that_is_not_there_are_told_apart_from_a_node_that_is_not_there()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, Cancellation);
        JsonObject Signal(string key, string where) => new() { [key] = where, ["type"] = "f64" };
        JsonObject Signals(string prefix) => new()
        {
            [prefix + "folder"] = Signal("path", "/Server"),
            [prefix + "nospace"] = Signal("node", "nsu=urn:nobody;i=1"),
            [prefix + "noway"] = Signal("path", "/nsu=urn:nobody:Cell/Double"),
            [prefix + "nonode"] = Signal("node", $"nsu={server.NamespaceUri};s=Nothing"),
        };

        using var cell = new DriverCell(server, 1, more: new JsonObject
        {
            ["watched"] = new JsonObject { ["signals"] = Signals("w.") },
            ["read"] = new JsonObject { ["mode"] = "read", ["sampling"] = "200ms", ["signals"] = Signals("r.") },
        });
        await cell.UntilAsync("a sentence for each kind of mistake", () => cell.Problems.Count(problem => problem.Contains(", r.", StringComparison.Ordinal)) == 4, Cancellation);

        Assert.Contains("w.folder, r.folder: the node has no value: it is a folder, an object or a method", Of("folder"), StringComparison.Ordinal);
        Assert.Contains("w.nospace, r.nospace: the server has no namespace \"urn:nobody\"; it has \"http://opcfoundation.org/UA/\", ", Of("nospace"), StringComparison.Ordinal);
        Assert.Contains($"\"{server.NamespaceUri}\". Correct the URI", Of("nospace"), StringComparison.Ordinal);
        Assert.Contains("w.noway, r.noway: the server has no namespace \"urn:nobody\"", Of("noway"), StringComparison.Ordinal);
        Assert.Contains("w.nonode, r.nonode: the server has no such node", Of("nonode"), StringComparison.Ordinal);

        string Of(string signal) => cell.Problems.Single(problem => problem.Contains($"w.{signal}", StringComparison.Ordinal));
    }
}
