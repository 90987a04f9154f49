using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Finds among a server's endpoints the one that was configured: that policy and that mode, never a weaker one.</summary>
internal static class EndpointChoice
{
    private const string BinaryProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    public static EndpointDescription Choose(IReadOnlyList<EndpointDescription> offered, SessionSettings settings)
    {
        var exact = offered.Where(endpoint => Matches(endpoint, settings)).ToList();
        if (exact.Count == 0)
        {
            throw NotOffered(offered, settings);
        }

        // Some servers have one endpoint per network card or user kind; any that takes our kind of user will do.
        var tokenType = settings.Identity.TokenType;
        return exact.Find(endpoint => endpoint.UserIdentityTokens?.Any(token => token.TokenType == tokenType) == true) ?? exact[0];
    }

    /// <summary>
    /// Whoever could change the discovery, which nothing protects, could hide the endpoints he does not like: so the list in the secured
    /// answer must have the one that we chose. Servers may leave the certificate out there (OPC UA Part 4, 5.6.2): the answer's own is
    /// compared and its signature checked in any case.
    /// </summary>
    public static bool IsAmong(EndpointDescription chosen, IReadOnlyList<EndpointDescription>? listed) =>
        listed?.Any(endpoint =>
            endpoint.SecurityMode == chosen.SecurityMode
            && endpoint.SecurityPolicyUri == chosen.SecurityPolicyUri
            && IsBinary(endpoint)
            && (endpoint.ServerCertificate is null or [] || SameCertificate(endpoint.ServerCertificate, chosen.ServerCertificate))) == true;

    /// <summary>By the first certificate of each: issuers may follow in one place and not in the other.</summary>
    public static bool SameCertificate(byte[]? one, byte[]? other) => DerChain.Leaf(one).SequenceEqual(DerChain.Leaf(other));

    private static bool Matches(EndpointDescription endpoint, SessionSettings settings) =>
        endpoint.SecurityMode == settings.Mode && endpoint.SecurityPolicyUri == settings.Policy.Uri && IsBinary(endpoint);

    private static bool IsBinary(EndpointDescription endpoint) =>
        (string.IsNullOrEmpty(endpoint.TransportProfileUri) || endpoint.TransportProfileUri == BinaryProfile)
        && endpoint.EndpointUrl?.StartsWith("opc.tcp:", StringComparison.OrdinalIgnoreCase) != false;

    private static UaException NotOffered(IReadOnlyList<EndpointDescription> offered, SessionSettings settings)
    {
        var policyIsThere = offered.Any(endpoint => endpoint.SecurityPolicyUri == settings.Policy.Uri);
        var offers = offered.Where(IsBinary).Select(Describe).Distinct().ToList();
        return new UaException(
            policyIsThere ? StatusCodes.BadSecurityModeRejected : StatusCodes.BadSecurityPolicyRejected,
            $"{settings.Endpoint} does not offer {settings.Policy.Name} with {settings.Mode}, and nothing else is used instead. "
            + $"It offers {(offers.Count == 0 ? "nothing" : string.Join(", ", offers))}. Enable it on the server or configure one of these.");
    }

    private static string Describe(EndpointDescription endpoint) =>
        $"{endpoint.SecurityPolicyUri?.Split('#')[^1]} with {endpoint.SecurityMode}";
}
