namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Whose certificate is looked at. Only a server has a host to be compared, and only a server may be pinned.</summary>
public enum CertificateRole
{
    Server,
    Client,
}
