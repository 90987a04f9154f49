using System.Security.Cryptography;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>Keys for test certificates, made once per run: each takes longer than most tests.</summary>
internal static class PkiKeys
{
    private static readonly Lazy<RSA> LazyServer = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyAuthority = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyLowerAuthority = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyForger = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyShort = new(() => RSA.Create(1024));

    public static RSA Server => LazyServer.Value;

    public static RSA Authority => LazyAuthority.Value;

    public static RSA LowerAuthority => LazyLowerAuthority.Value;

    /// <summary>Of whoever would like to be taken for the authority.</summary>
    public static RSA Forger => LazyForger.Value;

    /// <summary>1024 bits: shorter than any policy allows.</summary>
    public static RSA Short => LazyShort.Value;
}
