using IndustrieFutur.Edge.App.Http;
using IndustrieFutur.Edge.Control;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IndustrieFutur.Edge.Tests.App.Http;

/// <summary>The gate's answers as statuses of HTTP, with a body that says the same.</summary>
public sealed class CommandProblemTests
{
    [Theory]
    [InlineData(null, "", 200)]
    [InlineData(Outcome.Confirmed, "", 200)]
    [InlineData(Outcome.Refused, "interlock", 409)]
    [InlineData(Outcome.Refused, "switch", 409)]
    [InlineData(Outcome.Refused, "identity", 403)]
    [InlineData(Outcome.Refused, "limits", 422)]
    [InlineData(Outcome.Refused, "rate", 429)]
    [InlineData(Outcome.Rejected, "", 502)]
    [InlineData(Outcome.Unknown, "", 504)]
    public void Each_outcome_has_its_status(Outcome? outcome, string rule, int status)
    {
        Assert.Equal(status, CommandProblem.StatusOf(Answer(outcome, rule)));
    }

    [Fact]
    public void A_refusal_is_a_problem_with_its_code_and_both_languages()
    {
        var written = Assert.IsType<ContentHttpResult>(CommandProblem.Of(Answer(Outcome.Refused, "interlock")));

        var problem = System.Text.Json.Nodes.JsonNode.Parse(written.ResponseContent!)!;
        Assert.Equal(("application/problem+json", 409), (written.ContentType, written.StatusCode));
        Assert.Equal(
            ("urn:ifedge:problem:interlock", "Guard open", 409, "interlock", "Protecteur ouvert", "refused"),
            ((string?)problem["type"], (string?)problem["title"], (int?)problem["status"], (string?)problem["code"], (string?)problem["text"]!["fr"], (string?)problem["outcome"]));
    }

    [Fact]
    public void An_act_that_is_not_done_is_a_problem()
    {
        var written = Assert.IsType<ContentHttpResult>(CommandProblem.Of(new ActAnswer(false, "lease", "Bail pris", "Lease taken")));

        Assert.Equal(409, written.StatusCode);
        Assert.Contains("\"code\":\"lease\"", written.ResponseContent, StringComparison.Ordinal);
    }

    private static CommandAnswer Answer(Outcome? outcome, string rule) =>
        new() { Id = "i", Command = "c", Outcome = outcome, Rule = rule, TextFr = "Protecteur ouvert", TextEn = "Guard open" };
}
