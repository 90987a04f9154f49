using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>What the service answers on its loopback port: is it alive, is it ready, what are the values, where did the samples go.</summary>
internal static class CellEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Cell cell)
    {
        routes.MapGet("/healthz", () => cell.IsSampling()
            ? Results.Text("alive\n")
            : Results.Text("the sampling loop stands still\n", statusCode: StatusCodes.Status503ServiceUnavailable));
        routes.MapGet("/ready", () => Ready(cell));
        routes.MapGet("/values", () => Results.Json<IReadOnlyList<SignalView>>([.. SignalView.All(cell.Plan, cell.Links)], SignalViewJson.Default.IReadOnlyListSignalView));
        routes.MapGet("/status", () => Results.Text(StatusReport.ToJson(cell, Problems(cell)).ToJsonString(), "application/json"));
        routes.MapGet("/ledger", () => Results.Text(LedgerReport.ToJson(cell).ToJsonString(), "application/json"));
    }

    /// <summary>200 when every link, the broker and every store are reached; else 503 with what is not, in words.</summary>
    private static IResult Ready(Cell cell)
    {
        var problems = Problems(cell);
        return Results.Json(new { ready = problems.Count == 0, problems }, statusCode: problems.Count == 0 ? 200 : 503);
    }

    private static List<string> Problems(Cell cell)
    {
        var problems = LinkReport.Problems(cell.Links).ToList();
        problems.AddRange(cell.Links.Views
            .Where(view => view.Status.State == LinkState.Stale)
            .Select(view => $"link {view.Link} ({view.Devices}): open, but silent for longer than agreed; it is looked into"));
        problems.AddRange(DeviceProblems.Find(cell.Plan, cell.Links));
        if (cell.Sampler?.Problem is { } problem)
        {
            problems.Add(problem);
        }

        problems.AddRange(cell.Sinks
            .Where(sink => !sink.Status.IsConnected || sink.Status.Refused.Length > 0)
            .Select(sink => $"broker {sink.Url}: {(sink.Status.IsConnected ? sink.Status.Refused : Or(sink.Status.LastError, "not connected yet"))}"));

        if (cell.Broker?.Retained.FileError is { Length: > 0 } retained)
        {
            problems.Add($"embedded broker: what it retains cannot be written ({retained}) and would be gone after a restart; make room, or give this user the right to write the data folder");
        }

        problems.AddRange(cell.Nodes
            .Where(node => !node.IsBorn)
            .Select(node => $"sparkplug {node.Id} at {node.Url}: {(node.Status.IsConnected ? "waits for its primary host" : Or(node.Status.LastError, "not connected yet"))}"));
        problems.AddRange(cell.Listeners
            .Where(listener => !listener.Status.IsConnected)
            .Select(listener => $"commands of {listener.Id} at {listener.Url}: {Or(listener.Status.LastError, "not connected yet")}"));
        problems.AddRange(cell.Historians
            .Where(historian => !historian.Status.Connected || !historian.Status.StoreReachable)
            .Select(historian => $"historian {historian.Id}: {Or(historian.Status.LastError, "not connected yet")}"));
        problems.AddRange(cell.Historians
            .Where(historian => historian.SetBack.Length > 0 && historian.Status.LastError != historian.SetBack)
            .Select(historian => $"historian {historian.Id}: {historian.SetBack}"));
        problems.AddRange(cell.SilentHistorians());
        if (cell.SpoolTrouble is { } trouble)
        {
            problems.Add($"{trouble.Sentence} {trouble.Remedy}");
        }

        if (cell.SpoolDamage is { Length: > 0 } damage)
        {
            problems.Add(damage);
        }

        problems.AddRange(new[] { cell.Commands.Users?.Trouble, cell.Commands.Audit?.Trouble }.OfType<string>().Select(words => $"commands: {words}"));

        if (cell.Commands.Problem is { Length: > 0 } commands)
        {
            problems.Add(commands);
        }

        if (cell.Refused.Problem is { Length: > 0 } refused)
        {
            problems.Add(refused);
        }

        return problems;
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
