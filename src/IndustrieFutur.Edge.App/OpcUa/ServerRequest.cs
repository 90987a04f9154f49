using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Which server a person wants to look at, how, and as whom.</summary>
internal sealed record ServerRequest
{
    public required EndpointAddress Endpoint { get; init; }

    /// <summary>The policy that must be taken; null: the best there is.</summary>
    public string? Policy { get; init; }

    /// <summary>The mode that must be taken; null: the best there is.</summary>
    public MessageSecurityMode? Mode { get; init; }

    public UserIdentity Identity { get; init; } = new UserIdentity.Anonymous();

    /// <summary>The user as a configuration names her, without any secret; null: anonymous.</summary>
    public OpcUaUserOptions? User { get; init; }

    /// <summary>Whether an endpoint without protection may be taken where there is no other.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>What one rung may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Where our certificate lies, and those that we trust.</summary>
    public required string PkiFolder { get; init; }

    /// <summary>The data folder that the command line names, whole; null when it names none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Our name in our certificate; null: whatever certificate is there, or the usual name of this machine.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>The edge whose certificate is ours; null: whichever is there.</summary>
    public string? Edge { get; init; }

    /// <summary>The device of the configuration: what was pinned for it counts.</summary>
    public string? Device { get; init; }

    /// <summary>Accept a certificate of an authority whose revocation list is not in the store.</summary>
    public bool AllowMissingCrl { get; init; }

    /// <summary>By what the server knows the user.</summary>
    public UserTokenType TokenType => Identity switch
    {
        UserIdentity.UserPassword => UserTokenType.UserName,
        UserIdentity.UserCertificate => UserTokenType.Certificate,
        _ => UserTokenType.Anonymous,
    };

    /// <summary>The user in a person's words.</summary>
    public string Who => Identity switch
    {
        UserIdentity.UserPassword password => $"the user {password.User}",
        UserIdentity.UserCertificate certificate => $"the user of the certificate {certificate.Certificate.Subject}",
        _ => "an anonymous user",
    };
}
