using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Driver;

/// <summary>Orders from the inbox of a link through its runner to the foreign server, which counts what reaches it.</summary>
public sealed class OpcUaOrderTests
{
    private const long SoonNanos = 60_000_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_written_methods_called_and_refusals_told_by_the_foreign_server()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, Cancellation);
        using var cell = await BeginAsync(server);

        var written = await OrderAsync(cell, 0, 12.5);
        var byPath = await OrderAsync(cell, 1, 13.5);
        var locked = await OrderAsync(cell, 2, 2);
        var called = await OrderAsync(cell, 3, 0.5, -7, 1);
        var denied = await OrderAsync(cell, 4);
        var orders = await server.AskAsync("orders", Cancellation);

        Assert.Equal([OrderVerdict.Taken, OrderVerdict.Taken, OrderVerdict.Taken], new[] { written, byPath, called }.Select(report => report.Verdict));
        Assert.Equal((OrderVerdict.Rejected, StatusCodes.BadNotWritable, "BadNotWritable (0x803B0000)"), (locked.Verdict, locked.Code, locked.Text));
        Assert.Equal((OrderVerdict.Rejected, StatusCodes.BadUserAccessDenied), (denied.Verdict, denied.Code));
        Assert.Equal((2, 13.5), ((int)orders["writes"]!, (double)orders["setpoint"]!));
        Assert.Equal("[0.5,-7,true]", orders["given"]!.ToJsonString());
        Assert.Equal((1, 1), ((int)orders["set"]!, (int)orders["denied"]!));
    }

    [Fact]
    public async Task A_method_that_never_answers_is_unknown_is_called_once_and_the_link_lives_on()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, Cancellation);
        using var cell = await BeginAsync(server);

        var silent = await OrderAsync(cell, 5);
        var after = await OrderAsync(cell, 0, 1);
        var orders = await server.AskAsync("orders", Cancellation);

        Assert.Equal((OrderVerdict.Unanswered, StatusCodes.BadTimeout), (silent.Verdict, silent.Code));
        Assert.Equal(OrderVerdict.Taken, after.Verdict);
        Assert.Equal((1, 1), ((int)orders["silent"]!, (int)orders["writes"]!));
        Assert.Equal(1, cell.Numbers.SessionsCreated);
    }

    [Fact]
    public async Task A_line_that_is_cut_while_an_answer_is_awaited_is_mended_and_nothing_is_sent_again()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, Cancellation);
        using var line = new CuttableLine(server.Port);
        using var cell = await BeginAsync(server, line);

        Post(cell, 5);
        await cell.UntilAsync("the call", () => (int)server.AskAsync("orders", Cancellation).GetAwaiter().GetResult()["silent"]! == 1, Cancellation);
        line.Cut();
        var lost = await CollectAsync(cell);
        line.Mend();
        await cell.UntilAsync("the link again", () => cell.Numbers.SessionsResumed == 1 && cell.Status is { IsConnected: true, State: LinkState.Live }, Cancellation);
        var after = await OrderAsync(cell, 0, 1);

        Assert.Equal(OrderVerdict.Unanswered, lost.Verdict);
        Assert.Equal(OrderVerdict.Taken, after.Verdict);
        Assert.Equal(1, (int)(await server.AskAsync("orders", Cancellation))["silent"]!);
    }

    private static async Task<DriverCell> BeginAsync(NodeServer server, CuttableLine? line = null)
    {
        string Own(string id) => $"nsu={server.NamespaceUri};s={id}";
        var cell = new DriverCell(server, 1, line, targets: new JsonObject
        {
            ["setpoint"] = new JsonObject { ["node"] = Own("Setpoint"), ["type"] = "f64" },
            ["bypath"] = new JsonObject { ["path"] = $"/nsu={server.NamespaceUri}:Cell/Setpoint", ["type"] = "f64" },
            ["locked"] = new JsonObject { ["node"] = Own("Locked"), ["type"] = "f64" },
            ["set"] = new JsonObject
            {
                ["object"] = $"/nsu={server.NamespaceUri}:Cell",
                ["method"] = $"/nsu={server.NamespaceUri}:Set",
                ["arguments"] = new JsonArray("f32", "i32", "bool"),
            },
            ["deny"] = new JsonObject { ["object"] = Own("Cell"), ["method"] = Own("Deny") },
            ["silent"] = new JsonObject { ["object"] = Own("Cell"), ["method"] = Own("Silent") },
        });
        await cell.UntilAsync("the open link", () => cell.Status is { IsConnected: true, State: LinkState.Live } && cell.Counts.Values > 0, Cancellation);
        return cell;
    }

    private static Task<OrderReport> OrderAsync(DriverCell cell, int command, params double[] values)
    {
        Post(cell, command, values);
        return CollectAsync(cell);
    }

    /// <summary>As the gate does when all its guards hold.</summary>
    private static void Post(DriverCell cell, int command, params double[] values)
    {
        var order = new Order
        {
            Id = command + 1,
            Command = command,
            Count = values.Length,
            ExpiresMonoNanos = MonoClock.NowNanos() + SoonNanos,
            Generation = cell.Status.Generation,
            PostedMonoNanos = MonoClock.NowNanos(),
        };
        values.CopyTo(order.Values, 0);
        Assert.True(cell.Box.TryPost(0, order));
    }

    private static async Task<OrderReport> CollectAsync(DriverCell cell)
    {
        var report = default(OrderReport);
        await cell.UntilAsync("the order's report", () => cell.Box.TryCollect(0, out report), Cancellation);
        return report;
    }
}
