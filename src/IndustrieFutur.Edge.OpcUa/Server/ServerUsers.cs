namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Who may activate a session, and how he proves it (OPC UA Part 4, 7.41).</summary>
public sealed record ServerUsers
{
    public bool IsAnonymousAllowed { get; init; } = true;

    /// <summary>Null: no user logs in with a password.</summary>
    public PasswordCheck? CheckPassword { get; init; }

    /// <summary>Null: no user logs in with a certificate.</summary>
    public UserCertificateCheck? CheckCertificate { get; init; }
}
