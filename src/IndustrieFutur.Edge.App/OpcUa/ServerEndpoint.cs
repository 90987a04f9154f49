using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>
/// Takes the strongest endpoint of those that a server offers, by our own order: the level that the server gives them is a number of
/// its own making. What was asked for is taken exactly; nothing weaker ever stands in for it.
/// </summary>
internal sealed record ServerEndpoint(EndpointDescription? Endpoint, string Why, string Next, int ExitCode)
{
    private const string Binary = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    /// <summary>Weakest first; what is not in it we do not speak (the older ones are broken).</summary>
    private static readonly string[] Order = ["None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"];

    public static ServerEndpoint Make(IReadOnlyList<EndpointDescription> offered, ServerRequest request)
    {
        var spoken = offered.Where(IsSpoken).ToArray();
        if (spoken.Length == 0)
        {
            return Nothing(App.ExitCode.CannotConnect, "the server offers no endpoint that we speak", $"switch one of {string.Join(", ", Order.Skip(1))} on in the server");
        }

        var wanted = spoken.Where(endpoint => IsWanted(endpoint, request)).ToArray();
        if (wanted.Length == 0)
        {
            return Nothing(App.ExitCode.Refused, $"the server does not offer {Wish(request)}", $"switch it on in the server, or take one of: {List(spoken)}");
        }

        var allowed = wanted.Where(endpoint => request.AllowInsecure || IsProtected(endpoint)).ToArray();
        if (allowed.Length == 0)
        {
            return Nothing(
                App.ExitCode.Refused,
                "what is left is without protection: anybody on the network could read, and pass for the server",
                $"{Protect(spoken, request)}; on a test bench add --allow-insecure");
        }

        var best = allowed.Where(endpoint => Tokens(endpoint).Contains(request.TokenType)).MaxBy(Rank);
        return best is not null
            ? new ServerEndpoint(best, $"{Name(best)} is taken: {Reason(best, wanted, request)}", IsProtected(best) ? "" : Protect(spoken, request), App.ExitCode.Done)
            : Nothing(App.ExitCode.Refused, $"no such endpoint lets {Who(request.TokenType)} in", Instead(allowed));
    }

    /// <summary>Policy and mode as a person says them.</summary>
    public static string Name(EndpointDescription endpoint) =>
        endpoint.SecurityMode == MessageSecurityMode.None ? "None" : $"{PolicyName(endpoint)} {endpoint.SecurityMode}";

    /// <summary>Whom the endpoint lets in.</summary>
    public static IEnumerable<UserTokenType> Tokens(EndpointDescription endpoint) =>
        (endpoint.UserIdentityTokens ?? []).Select(token => token.TokenType).Distinct().Order();

    public static string Who(UserTokenType token) => token switch
    {
        UserTokenType.Anonymous => "anonymous",
        UserTokenType.UserName => "user and password",
        UserTokenType.Certificate => "user certificate",
        _ => "issued token",
    };

    public static bool IsSpoken(EndpointDescription endpoint) =>
        (endpoint.TransportProfileUri ?? "") is "" or Binary
        && SecurityPolicies.Find(endpoint.SecurityPolicyUri ?? "") is { } policy
        && (policy.Name == Order[0]) == (endpoint.SecurityMode == MessageSecurityMode.None)
        && endpoint.SecurityMode is MessageSecurityMode.None or MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt;

    /// <summary>The policy's short name, also of one that we do not speak.</summary>
    public static string PolicyName(EndpointDescription endpoint) => ServerWords.Plain(endpoint.SecurityPolicyUri?.Split('#')[^1]);

    private static ServerEndpoint Nothing(int exitCode, string why, string next) => new(null, why, next, exitCode);

    private static bool IsWanted(EndpointDescription endpoint, ServerRequest request) =>
        (request.Policy is null || request.Policy == PolicyName(endpoint)) && (request.Mode is null || request.Mode == endpoint.SecurityMode);

    /// <summary>A mode that also hides what is said goes before any policy.</summary>
    private static int Rank(EndpointDescription endpoint) =>
        ((int)endpoint.SecurityMode * Order.Length) + Array.IndexOf(Order, PolicyName(endpoint));

    private static string Reason(EndpointDescription best, EndpointDescription[] wanted, ServerRequest request) =>
        best.SecurityMode == MessageSecurityMode.None ? "without protection, as --allow-insecure permits"
        : request.Policy is not null && request.Mode is not null ? "as the configuration or the command line says"
        : wanted.Length == 1 ? "the only one that fits"
        : $"the strongest that lets {Who(request.TokenType)} in";

    private static bool IsProtected(EndpointDescription endpoint) => endpoint.SecurityMode != MessageSecurityMode.None;

    /// <summary>What there is to do about None: the server may offer better and only not have been asked for it.</summary>
    private static string Protect(EndpointDescription[] spoken, ServerRequest request)
    {
        var better = spoken.Where(IsProtected).ToArray();
        if (better.Length == 0)
        {
            return "switch Basic256Sha256 with SignAndEncrypt on in the server";
        }

        var isAskedFor = request.Policy == Order[0] || request.Mode == MessageSecurityMode.None;
        return isAskedFor ? $"{LeaveOut(request)}, for the server offers {List(better)}" : Instead(better);
    }

    private static string LeaveOut(ServerRequest request) =>
        request.Device is { } device ? $"ask for another policy than None (\"security\" of the device {device}, or --policy here)"
        : request.Policy == Order[0] ? "leave --policy None out"
        : "leave --mode None out";

    private static string Wish(ServerRequest request) => string.Join(" with ", new[] { request.Policy, request.Mode?.ToString() }.OfType<string>());

    private static string List(EndpointDescription[] endpoints) => string.Join(", ", endpoints.OrderByDescending(Rank).Select(Name).Distinct());

    private static string Instead(EndpointDescription[] endpoints)
    {
        var tokens = endpoints.SelectMany(Tokens).ToHashSet();
        var ways = new List<string>();
        if (tokens.Contains(UserTokenType.UserName))
        {
            ways.Add("name a user of the server: --user NAME --password-from env:NAME");
        }

        if (tokens.Contains(UserTokenType.Certificate))
        {
            ways.Add("give a user's certificate: --certificate FILE");
        }

        if (tokens.Contains(UserTokenType.Anonymous))
        {
            ways.Add("leave the user out: it lets anonymous clients in");
        }

        return ways.Count > 0 ? string.Join("; or ", ways) : "switch a way to log in on in the server: it offers none that we know";
    }
}
