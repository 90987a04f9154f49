using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>To which server a session goes, how it is secured, and as whom.</summary>
public sealed record SessionSettings
{
    public required EndpointAddress Endpoint { get; init; }

    /// <summary>Exactly this one: there is no falling back to a weaker one.</summary>
    public SecurityPolicy Policy { get; init; } = SecurityPolicies.Basic256Sha256;

    /// <summary>Exactly this one.</summary>
    public MessageSecurityMode Mode { get; init; } = MessageSecurityMode.SignAndEncrypt;

    public UserIdentity Identity { get; init; } = new UserIdentity.Anonymous();

    /// <summary>Ours; only None does without.</summary>
    public ApplicationCertificate? Certificate { get; init; }

    /// <summary>Counts when there is no certificate; otherwise the certificate's own is told.</summary>
    public string ApplicationUri { get; init; } = "urn:industriefutur:edge";

    public string ApplicationName { get; init; } = "IndustrieFutur.Edge";

    /// <summary>Under which the server's diagnostics list us.</summary>
    public string SessionName { get; init; } = "ifedge";

    /// <summary>How long a server keeps a session that it does not hear of: long enough to resume after a cable was pulled and put back.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public ChannelSettings Channel { get; init; } = new();

    /// <summary>Needed whenever something depends on the server being the right one: with every policy but None, and for a password on None.</summary>
    public ServerCertificateCheck? CheckServer { get; init; }

    /// <summary>Without it None is refused.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Our own mistakes, before anything is opened.</summary>
    internal void Check()
    {
        if (Policy.IsNone != (Mode == MessageSecurityMode.None))
        {
            throw new ArgumentException($"The policy {Policy.Name} and the mode {Mode} exclude each other for {Endpoint}; None goes with None only.");
        }

        if (Policy.IsNone && !AllowInsecure)
        {
            throw new ArgumentException(
                $"A session without security to {Endpoint} is refused. Choose a policy and the mode SignAndEncrypt, or allow it with allowInsecure.");
        }

        if (!Policy.IsNone && (Certificate is null || CheckServer is null))
        {
            throw new ArgumentException($"The policy {Policy.Name} for {Endpoint} needs a certificate of ours and a check of the server's.");
        }
    }

    internal string UriOfOurs => Certificate?.ApplicationUri ?? ApplicationUri;
}
