namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>The folders of the store, called as most OPC UA programs call them.</summary>
internal sealed class PkiLayout(string root)
{
    public string Root => root;

    public string OwnCertificates { get; } = Path.Combine(root, "own", "certs");

    public string OwnKeys { get; } = Path.Combine(root, "own", "private");

    public string TrustedCertificates { get; } = Path.Combine(root, "trusted", "certs");

    public string TrustedLists { get; } = Path.Combine(root, "trusted", "crl");

    public string Pins { get; } = Path.Combine(root, "trusted", "pins");

    public string IssuerCertificates { get; } = Path.Combine(root, "issuers", "certs");

    public string IssuerLists { get; } = Path.Combine(root, "issuers", "crl");

    public string Rejected { get; } = Path.Combine(root, "rejected");

    public string LockFile { get; } = Path.Combine(root, ".lock");

    /// <summary>Parents by themselves: the system would make those that are missing for everybody to read.</summary>
    public void Make()
    {
        PkiFiles.MakeFolder(root);
        foreach (var folder in (string[])
            [OwnCertificates, OwnKeys, TrustedCertificates, TrustedLists, Pins, IssuerCertificates, IssuerLists])
        {
            PkiFiles.MakeFolder(Path.GetDirectoryName(folder)!);
            PkiFiles.MakeFolder(folder);
        }

        PkiFiles.MakeFolder(Rejected);
    }

    public string KeyOf(string certificateFile) => Path.Combine(OwnKeys, Path.GetFileNameWithoutExtension(certificateFile) + ".pem");
}
