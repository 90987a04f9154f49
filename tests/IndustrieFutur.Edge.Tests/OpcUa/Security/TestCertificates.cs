using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Tests.OpcUa.Security;

/// <summary>Certificates with keys for tests, made once per run: a key takes longer than most tests.</summary>
internal static class TestCertificates
{
    private static readonly Lazy<X509Certificate2> LazyClient = new(() => New("client", 2048));
    private static readonly Lazy<X509Certificate2> LazyServer = new(() => New("server", 2048));
    private static readonly Lazy<X509Certificate2> LazyStranger = new(() => New("stranger", 2048));
    private static readonly Lazy<X509Certificate2> LazyLarge = new(() => New("large", 3072));
    private static readonly Lazy<X509Certificate2> LazyShort = new(() => New("short", 1024));

    public static X509Certificate2 Client => LazyClient.Value;

    public static X509Certificate2 Server => LazyServer.Value;

    public static X509Certificate2 Stranger => LazyStranger.Value;

    /// <summary>Needs two bytes to say how much padding there is.</summary>
    public static X509Certificate2 Large => LazyLarge.Value;

    /// <summary>Shorter than any policy allows.</summary>
    public static X509Certificate2 Short => LazyShort.Value;

    private static X509Certificate2 New(string name, int bits)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(120));
    }
}
