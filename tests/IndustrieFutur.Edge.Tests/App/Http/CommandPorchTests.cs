using System.Text;
using IndustrieFutur.Edge.App.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IndustrieFutur.Edge.Tests.App.Http;

/// <summary>What stands before the door for commands: foreign pages, names that were made to point here, large and many requests.</summary>
public sealed class CommandPorchTests
{
    private const string Cell = "site/cell1";

    [Theory]
    [InlineData("127.0.0.1:9090", null, null)]
    [InlineData("localhost:9090", "http://localhost:9090", null)]
    [InlineData("[::1]:9090", null, null)]
    [InlineData("cell.evil.example:9090", null, "host")]
    [InlineData("127.0.0.1.nip.io", null, "host")]
    [InlineData("", null, "host")]
    [InlineData("127.0.0.1:9090", "http://evil.example", "origin")]
    [InlineData("127.0.0.1:9090", "null", "origin")]
    [InlineData("127.0.0.1:9090", "http://127.0.0.1:8080", "origin")]
    [InlineData("127.0.0.1:9090", "https://127.0.0.1:9090", "origin")]
    public void Only_our_own_name_and_our_own_pages_come_in(string host, string? origin, string? code)
    {
        var request = Request("POST", host);
        request.Headers[CommandPorch.Header] = CommandPorch.HeaderValue;
        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        Assert.Equal(code, CodeOf(CommandPorch.Refuse(request, Cell)));
    }

    [Theory]
    [InlineData("GET", null, null, null)]
    [InlineData("POST", null, null, "header")]
    [InlineData("DELETE", null, null, "header")]
    [InlineData("POST", "XMLHttpRequest", null, "header")]
    [InlineData("POST", "ifedge", null, null)]
    [InlineData("POST", null, "Bearer 0123", null)]
    [InlineData("POST", null, "Basic 0123", "header")]
    public void A_form_of_a_foreign_page_cannot_write(string method, string? header, string? authorization, string? code)
    {
        var request = Request(method, "localhost");
        request.Headers[CommandPorch.Header] = header;
        request.Headers.Authorization = authorization;

        Assert.Equal(code, CodeOf(CommandPorch.Refuse(request, Cell)));
    }

    [Theory]
    [InlineData("{\"token\":\"a\",\"values\":{\"speed\":0.2,\"on\":true,\"program\":\"a.urp\"}}", "application/json", null)]
    [InlineData("", "application/json", null)]
    [InlineData("{\"tokens\":\"a\"}", "application/json", "malformed")]
    [InlineData("{\"token\":\"a\",\"token\":\"b\"}", "application/json", "malformed")]
    [InlineData("{\"expires\":\"1\"}", "application/json", "malformed")]
    [InlineData("{\"values\":null}", "application/json", "malformed")]
    [InlineData("{\"token\":null}", "application/json", "malformed")]
    [InlineData("[1]", "application/json", "malformed")]
    [InlineData("{", "application/json", "malformed")]
    [InlineData("token=a", "application/x-www-form-urlencoded", "malformed")]
    [InlineData("{\"token\":\"a\"}", "text/plain", "malformed")]
    public async Task A_body_is_read_strictly(string written, string type, string? code)
    {
        var (body, refusal) = await CommandPorch.ReadAsync<CommandBody>(Request("POST", "localhost", written, type));

        Assert.Equal((code, code is null), (CodeOf(refusal), body is not null));
    }

    [Theory]
    [InlineData(Cell, null)]
    [InlineData("site/cell2", "cell")]
    [InlineData("", "cell")]
    public void Who_means_another_cell_commands_nothing_here(string meant, string? code)
    {
        var request = Request("GET", "localhost");
        request.Headers[CommandPorch.CellHeader] = meant;

        Assert.Equal(code, CodeOf(CommandPorch.Refuse(request, Cell)));
    }

    [Fact]
    public async Task Values_are_handed_on_as_they_were_written()
    {
        var (body, _) = await CommandPorch.ReadAsync<CommandBody>(Request("POST", "localhost", "{\"values\":{\"speed\":0.20,\"on\":true,\"program\":\"a.urp\"}}", "application/json"));

        Assert.Equal(["speed=0.20", "on=true", "program=a.urp"], body!.WrittenValues().Select(value => $"{value.Key}={value.Value}"));
    }

    [Theory]
    [InlineData(8_192, false)]
    [InlineData(8_193, true)]
    public async Task A_body_has_8_kilobytes_at_most(int bytes, bool refused)
    {
        var padding = new string('a', bytes - "{\"reason\":\"\"}".Length);

        var (_, refusal) = await CommandPorch.ReadAsync<CommandBody>(Request("POST", "localhost", $"{{\"reason\":\"{padding}\"}}", "application/json"));

        Assert.Equal(refused ? StatusCodes.Status413PayloadTooLarge : null, (refusal as ContentHttpResult)?.StatusCode);
    }

    [Fact]
    public async Task A_body_that_says_it_is_large_is_not_even_begun()
    {
        var request = Request("POST", "localhost", "{}", "application/json");
        request.ContentLength = 50_000_000;

        var (_, refusal) = await CommandPorch.ReadAsync<CommandBody>(request);

        Assert.Equal((StatusCodes.Status413PayloadTooLarge, 0L), ((refusal as ContentHttpResult)?.StatusCode, request.Body.Position));
    }

    [Fact]
    public async Task More_than_eight_at_once_are_refused_and_a_stop_finds_room()
    {
        var porch = new CommandPorch();
        var held = new TaskCompletionSource<IResult>();
        var eight = Enumerable.Range(0, 8).Select(_ => porch.DoAsync(isStop: false, () => held.Task)).ToArray();

        var ninth = await porch.DoAsync(isStop: false, () => Task.FromResult(Results.Ok()));
        var stop = await porch.DoAsync(isStop: true, () => Task.FromResult(Results.Ok()));

        Assert.Equal("rate", CodeOf(ninth));
        Assert.IsType<Ok>(stop);
        held.SetResult(Results.Ok());
        await Task.WhenAll(eight);
        Assert.IsType<Ok>(await porch.DoAsync(isStop: false, () => Task.FromResult(Results.Ok())));
    }

    private static HttpRequest Request(string method, string host, string body = "", string? type = null)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host, request.ContentType) = (method, new HostString(host), type);
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }

    private static string? CodeOf(IResult? result) => result is ContentHttpResult { ResponseContent: { } content }
        ? (string?)System.Text.Json.Nodes.JsonNode.Parse(content)!["code"]
        : null;
}
