using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>As whom a session is activated (OPC UA Part 4, 7.41).</summary>
public abstract record UserIdentity
{
    private UserIdentity()
    {
    }

    internal abstract UserTokenType TokenType { get; }

    /// <summary>In sentences: never more than the user's name.</summary>
    internal abstract string Name { get; }

    /// <summary>Nobody in particular.</summary>
    public sealed record Anonymous : UserIdentity
    {
        internal override UserTokenType TokenType => UserTokenType.Anonymous;

        internal override string Name => "an anonymous user";
    }

    /// <summary>A user with a password, which is fetched when it is sent and never kept here.</summary>
    /// <param name="User">The user's name on the server.</param>
    /// <param name="Password">Gives the password as UTF-8, each time in an array of its own: it is wiped after use.</param>
    public sealed record UserPassword(string User, Func<byte[]> Password) : UserIdentity
    {
        internal override UserTokenType TokenType => UserTokenType.UserName;

        internal override string Name => $"the user \"{User}\"";
    }

    /// <summary>A user who proves with a key that the certificate is hers.</summary>
    /// <param name="Certificate">With its private key.</param>
    public sealed record UserCertificate(X509Certificate2 Certificate) : UserIdentity
    {
        internal override UserTokenType TokenType => UserTokenType.Certificate;

        internal override string Name => $"the user certificate \"{Certificate.Subject}\"";
    }
}
