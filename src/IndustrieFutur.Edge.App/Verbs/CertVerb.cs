using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert</c>: our certificates, and whose we trust.</summary>
internal static class CertVerb
{
    public static Command Create() => new("cert", "Look at certificates for OPC UA, trust and reject them, export and renew ours.")
    {
        CertListVerb.Create(),
        CertTrustVerb.Create(),
        CertRejectVerb.Create(),
        CertExportVerb.Create(),
        CertRenewVerb.Create(),
        CertCommissionVerb.Create(),
    };
}
