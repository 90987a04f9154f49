using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>Users that the foreign server lets in.</summary>
internal static class Credentials
{
    public const string User = "operator";
    public const string Password = "secret";

    private static readonly Lazy<X509Certificate2> Certificate = new(MakeCertificate);

    /// <summary>With its key.</summary>
    public static X509Certificate2 UserCertificate => Certificate.Value;

    /// <summary>A user of that kind.</summary>
    public static UserIdentity Of(string kind) => kind switch
    {
        Combination.Password => new UserIdentity.UserPassword(User, () => Encoding.UTF8.GetBytes(Password)),
        Combination.Certificate => new UserIdentity.UserCertificate(Certificate.Value),
        _ => new UserIdentity.Anonymous(),
    };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Operator of the tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
