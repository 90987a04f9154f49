using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>
/// What stands before the door for commands: no foreign page comes in, neither by a form, nor by a name that was made to point here, and
/// nobody fills it with large or many requests.
/// </summary>
internal sealed class CommandPorch
{
    /// <summary>The header that a foreign page cannot send without being asked first, which it is not.</summary>
    public const string Header = "X-Requested-With";

    public const string HeaderValue = "ifedge";

    /// <summary>Which cell is meant, as group/edge: a client that says it commands no other, whoever has the port.</summary>
    public const string CellHeader = "X-Ifedge-Cell";

    /// <summary>Four values and a reason of 200 letters have 2 KB at most.</summary>
    private const int BodyBytesMax = 8_192;

    /// <summary>Persons before one machine; each waits for its outcome.</summary>
    private const int WorkMax = 8;

    /// <summary>Who wants to stop something finds room although others wait.</summary>
    private const int WorkMaxOfStops = 16;

    private static readonly string[] OurNames = ["127.0.0.1", "localhost", "[::1]"];

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
    };

    private int _inWork;

    /// <summary>Why this request does not come in; null: it does.</summary>
    public static IResult? Refuse(HttpRequest request, string cell)
    {
        if (request.Headers[CellHeader] is [{ } meant] && meant != cell)
        {
            return CommandProblem.Of(
                StatusCodes.Status409Conflict, "cell",
                $"Ici répond la cellule {cell}, et non {meant} : rien n'a été fait. Donnez --config de la cellule voulue, et à chaque service son port.",
                $"The cell {cell} answers here, not {meant}: nothing was done. Give --config of the cell that you mean, and each service its own port.");
        }

        if (!OurNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return CommandProblem.Of(
                StatusCodes.Status403Forbidden, "host",
                "Ce service ne répond que sous 127.0.0.1 ou localhost.", "This service answers under 127.0.0.1 or localhost only.");
        }

        if (!StringValues.IsNullOrEmpty(request.Headers.Origin) && request.Headers.Origin != $"http://{request.Host}")
        {
            return CommandProblem.Of(
                StatusCodes.Status403Forbidden, "origin",
                "Une page d'un autre site ne commande rien ici.", "A page of another site commands nothing here.");
        }

        return HttpMethods.IsGet(request.Method) || request.Headers[Header] == HeaderValue || BearerOf(request).Length > 0
            ? null
            : CommandProblem.Of(
                StatusCodes.Status403Forbidden, "header",
                $"L'en-tête {Header}: {HeaderValue} manque.", $"The header {Header}: {HeaderValue} is missing.");
    }

    public static string BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var session] ? session : "";

    /// <summary>The body, strictly; or the answer that says what is wrong with it.</summary>
    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpRequest request)
        where T : class, new()
    {
        if (request.ContentLength == 0)
        {
            return (new T(), null);
        }

        if (request.ContentLength > BodyBytesMax)
        {
            return (null, TooLong());
        }

        if (!request.HasJsonContentType())
        {
            return (null, CommandProblem.Of(StatusCodes.Status415UnsupportedMediaType, "malformed", "Le corps doit être du JSON (application/json).", "The body must be JSON (application/json)."));
        }

        var bytes = new byte[BodyBytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > BodyBytesMax)
        {
            return (null, TooLong());
        }

        try
        {
            return (length == 0 ? new T() : JsonSerializer.Deserialize<T>(bytes.AsSpan(0, length), Strict) ?? new T(), null);
        }
        catch (JsonException cause)
        {
            return (null, CommandProblem.Of(
                StatusCodes.Status400BadRequest, "malformed", $"Le corps n'est pas compris, rien n'a été fait : {cause.Message}", $"The body is not understood, nothing was done: {cause.Message}"));
        }
    }

    private static IResult TooLong() => CommandProblem.Of(
        StatusCodes.Status413PayloadTooLarge, "malformed", $"Le corps dépasse {BodyBytesMax} octets.", $"The body has more than {BodyBytesMax} bytes.");

    /// <summary>Does one request of those that wait for something; too many are refused at once.</summary>
    public async Task<IResult> DoAsync(bool isStop, Func<Task<IResult>> work)
    {
        try
        {
            return Interlocked.Increment(ref _inWork) <= (isStop ? WorkMaxOfStops : WorkMax)
                ? await work()
                : CommandProblem.Of(
                    StatusCodes.Status429TooManyRequests, "rate",
                    $"{WorkMax} demandes sont déjà en cours ; attendre leur issue.", $"{WorkMax} requests are in work already; wait for their outcome.");
        }
        finally
        {
            Interlocked.Decrement(ref _inWork);
        }
    }
}
