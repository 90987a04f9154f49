namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>The policies we speak. Basic128Rsa15 and Basic256 rest on SHA-1 signatures, are deprecated, and are missing on purpose.</summary>
public static class SecurityPolicies
{
    public static SecurityPolicy None { get; } = new NonePolicy();

    public static SecurityPolicy Basic256Sha256 { get; } = new RsaOaepPolicy("Basic256Sha256", symmetricKeyBytes: 32);

    public static SecurityPolicy Aes128Sha256RsaOaep { get; } = new RsaOaepPolicy("Aes128_Sha256_RsaOaep", symmetricKeyBytes: 16);

    public static SecurityPolicy Aes256Sha256RsaPss { get; } = new Aes256Sha256RsaPssPolicy();

    /// <summary>From none to the strongest.</summary>
    public static IReadOnlyList<SecurityPolicy> All { get; } = [None, Aes128Sha256RsaOaep, Basic256Sha256, Aes256Sha256RsaPss];

    /// <summary>By its URI; null when we do not speak it.</summary>
    public static SecurityPolicy? Find(string? uri) => All.FirstOrDefault(policy => policy.Uri == uri);

    /// <summary>By the name that a configuration gives it; null when there is none of that name.</summary>
    public static SecurityPolicy? ByName(string? name) => All.FirstOrDefault(policy => policy.Name == name);
}
