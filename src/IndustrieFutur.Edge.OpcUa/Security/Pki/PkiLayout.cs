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

    /// <summary>Where other OPC UA programs, too, put what was shown and is not trusted.</summary>
    public string Seen { get; } = Path.Combine(root, "rejected");

    /// <summary>What a person rejected. It is no more than the name says, and never emptied to make room.</summary>
    public string Rejected { get; } = Path.Combine(root, "denied");

    /// <summary>How "ifedge" finds this store from whichever folder it is called.</summary>
    public string DataOption { get; } = DataOptionOf(root);

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

        PkiFiles.MakeFolder(Seen);
        PkiFiles.MakeFolder(Rejected);
    }

    public static string DataOptionOf(string root) => $"--data \"{Path.GetDirectoryName(root)}\"";

    public string KeyOf(string certificateFile) => Path.Combine(OwnKeys, Path.GetFileNameWithoutExtension(certificateFile) + ".pem");
}
