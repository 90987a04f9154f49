using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>An application certificate of ours, made by the service's own store for a test and gone with it.</summary>
internal sealed class OwnCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-opcua-own-").FullName;

    private OwnCertificate() => Application = new PkiStore(_folder).LoadOrCreateOwn(new OwnCertificateRequest { Edge = "test" });

    public ApplicationCertificate Application { get; }

    public static OwnCertificate Make() => new();

    public void Dispose()
    {
        Application.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
