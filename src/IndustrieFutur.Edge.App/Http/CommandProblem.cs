using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Control;
using Microsoft.AspNetCore.Http;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>What the door for commands says when it was not as asked: a problem of RFC 9457 with a code and both languages.</summary>
internal static class CommandProblem
{
    private const string Type = "application/problem+json";

    public static IResult Of(int status, string code, string french, string english) => Written(status, code, new JsonObject(), french, english);

    /// <summary>A command's answer: itself when it worked or is prepared, else a problem that has all of it.</summary>
    public static IResult Of(CommandAnswer answer)
    {
        var status = StatusOf(answer);
        var code = answer.Outcome == Outcome.Refused ? answer.Rule : answer.Outcome is { } outcome ? CommandJson.Word(outcome) : "";
        return status == StatusCodes.Status200OK ? Json(CommandJson.Of(answer)) : Written(status, code, CommandJson.Of(answer), answer.TextFr, answer.TextEn);
    }

    public static IResult Of(ActAnswer answer) => answer.Done
        ? Json(CommandJson.Of(answer))
        : Written(StatusOf(answer.Rule), answer.Rule, CommandJson.Of(answer), answer.TextFr, answer.TextEn);

    public static IResult Json(JsonNode body, int status = StatusCodes.Status200OK) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    public static int StatusOf(CommandAnswer answer) => answer.Outcome switch
    {
        null or Outcome.Confirmed => StatusCodes.Status200OK,
        Outcome.Rejected => StatusCodes.Status502BadGateway,
        Outcome.Unknown => StatusCodes.Status504GatewayTimeout,
        _ => StatusOf(answer.Rule),
    };

    private static int StatusOf(string rule) => rule switch
    {
        "identity" or "role" or "allow" => StatusCodes.Status403Forbidden,
        "command" => StatusCodes.Status404NotFound,
        "limits" => StatusCodes.Status422UnprocessableEntity,
        "rate" => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status409Conflict,
    };

    private static IResult Written(int status, string code, JsonObject body, string french, string english)
    {
        body["type"] = $"urn:ifedge:problem:{code}";
        body["title"] = english;
        body["status"] = status;
        body["code"] = code;
        body["text"] = CommandJson.Text(french, english);
        return Results.Text(body.ToJsonString(), Type, statusCode: status);
    }
}
