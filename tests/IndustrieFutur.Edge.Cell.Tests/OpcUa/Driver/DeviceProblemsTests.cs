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

    [Fact]
    public async Task Neither_a_lost_link_nor_a_value_that_is_awaited_is_told_of_as_trouble_of_a_signal_or_as_its_end()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, Cancellation);
        using var line = new CuttableLine(server.Port);
        line.Cut();
        JsonObject Signal(string path) => new() { ["path"] = path, ["type"] = "text" };
        using var cell = new DriverCell(server, 1, line, grace: "1s", more: new JsonObject
        {
            ["slow"] = new JsonObject
            {
                ["publishing"] = "1s",
                ["signals"] = new JsonObject { ["right"] = Signal("/Server/ServerStatus/State"), ["wrong"] = Signal("/Nowhere") },
            },
        });
        await cell.UntilAsync("the link's mark", () => cell.ValueOf("right") == "BadNoCommunication", Cancellation);

        line.Mend();
        await cell.UntilAsync("a value and a trouble", () => cell.ValueOf("right") == "0" && cell.Told.Count > 0, Cancellation);
        line.Cut();
        await cell.UntilAsync("the end of the grace", () => cell.ValueOf("right") == "BadNoCommunication" && cell.ValueOf("wrong") == "BadNoCommunication", Cancellation);
        line.Mend();
        await cell.UntilAsync("the same again", () => cell.ValueOf("right") == "0" && cell.ValueOf("wrong") == "BadNoMatch", Cancellation);

        Assert.StartsWith("device plc, wrong: the server finds nothing there", Assert.Single(cell.Told), StringComparison.Ordinal);
        Assert.Equal(cell.Told, cell.Problems);
    }

    [Fact]
    public async Task An_element_of_what_is_no_array_or_has_more_dimensions_is_no_value_and_is_told()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Signals = 1 }, Cancellation);
        JsonObject Signals(string prefix) => new()
        {
            [prefix + "scalar"] = Signal("Double", "7"),
            [prefix + "row"] = Signal("Matrix", "1"),
            [prefix + "deep"] = Signal("Doubles", "1,2"),
            [prefix + "beyond"] = Signal("Doubles", "6"),
            [prefix + "cell"] = Signal("Matrix", "1,2"),
            [prefix + "element"] = Signal("Doubles", "5"),
        };
        JsonObject Signal(string node, string index) => new() { ["node"] = $"nsu={server.NamespaceUri};s={node}", ["index"] = index, ["type"] = "f64" };

        using var cell = new DriverCell(server, 1, more: new JsonObject
        {
            ["watched"] = new JsonObject { ["signals"] = Signals("w.") },
            ["read"] = new JsonObject { ["mode"] = "read", ["sampling"] = "200ms", ["signals"] = Signals("r.") },
        });
        string[] right = ["w.cell", "w.element", "r.cell", "r.element"];
        string[] wrong = ["scalar", "row", "deep", "beyond"];
        await cell.UntilAsync("good elements", () => right.All(signal => cell.ValueOf(signal) == "6"), Cancellation);
        await cell.UntilAsync(
            "a word on the others",
            () => wrong.All(signal => cell.ValueOf("w." + signal).StartsWith("BadIndexRange", StringComparison.Ordinal) && cell.ValueOf("r." + signal) == cell.ValueOf("w." + signal)),
            Cancellation);

        Assert.NotEmpty(cell.Problems);
        Assert.All(cell.Problems, problem => Assert.Contains("there is no such element", problem, StringComparison.Ordinal));
    }
}
