using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>An application certificate of ours, made for a test and gone with it.</summary>
internal sealed class OwnCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-opcua-own-").FullName;

    private OwnCertificate() => Application = null!;

    public ApplicationCertificate Application { get; private init; }

    public static OwnCertificate Make() => throw new NotImplementedException();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
