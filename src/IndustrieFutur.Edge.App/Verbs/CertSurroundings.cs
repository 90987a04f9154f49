using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>The store that an <c>ifedge cert</c> verb works on, and where it answers.</summary>
/// <param name="Configuration">Null when none is there and the data folder stands for itself.</param>
internal sealed record CertSurroundings(PkiStore Store, EdgeConfiguration? Configuration, bool Json, TextWriter Output, TextWriter Error)
{
    /// <summary>Which certificate of ours is meant: this edge's, or whichever is there.</summary>
    public OwnCertificateRequest OwnRequest => new() { Edge = Configuration?.Options.Edge };

    /// <summary>What a command that is shown needs to find this store, from whichever folder it is called.</summary>
    public string DataOption => PkiPlace.Option(Store.Folder);

    /// <summary>A line for a person or an object for a script.</summary>
    public void Answer(string sentence, StoredCertificate certificate)
    {
        Output.WriteLine(Json ? Describe(certificate).ToJsonString() : sentence);
    }

    public static JsonObject Describe(StoredCertificate certificate) => new()
    {
        ["place"] = Word(certificate.Place),
        ["thumbprint"] = certificate.Thumbprint,
        ["subject"] = certificate.Subject,
        ["issuer"] = certificate.Issuer,
        ["notBefore"] = Iso(certificate.NotBeforeUtc),
        ["notAfter"] = Iso(certificate.NotAfterUtc),
        ["applicationUri"] = certificate.ApplicationUri,
        ["device"] = certificate.Device,
        ["host"] = certificate.Host,
        ["file"] = certificate.File,
    };

    public static string Word(CertificatePlace place) => place switch
    {
        CertificatePlace.Own => "own",
        CertificatePlace.Trusted => "trusted",
        CertificatePlace.Issuer => "issuer",
        CertificatePlace.Pinned => "pinned",
        CertificatePlace.Seen => "seen",
        _ => "rejected",
    };

    public static string Day(DateTime utc) => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
