using System.Text.Json;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Vectors;

/// <summary>A secured exchange with the keys of both sides, made for tests only.</summary>
internal sealed class SecuredCapture
{
    private SecuredCapture(string file, JsonElement root)
    {
        File = file;
        PolicyUri = Text(root, "securityPolicy");
        IsEncrypted = Text(root, "mode") == "SignAndEncrypt";
        ClientCertificate = Convert.FromBase64String(Text(root, "clientCertificateDerBase64"));
        ClientKeyPkcs8 = Convert.FromBase64String(Text(root, "clientPrivateKeyPkcs8Base64"));
        ServerCertificate = Convert.FromBase64String(Text(root, "serverCertificateDerBase64"));
        ServerKeyPkcs8 = Convert.FromBase64String(Text(root, "serverPrivateKeyPkcs8Base64"));
        Messages = [.. root.GetProperty("messages").EnumerateArray().Select(Read)];
    }

    public string File { get; }

    public string PolicyUri { get; }

    public bool IsEncrypted { get; }

    public byte[] ClientCertificate { get; }

    public byte[] ClientKeyPkcs8 { get; }

    public byte[] ServerCertificate { get; }

    public byte[] ServerKeyPkcs8 { get; }

    public IReadOnlyList<SecuredMessage> Messages { get; }

    public static IReadOnlyList<SecuredCapture> ReadAll() =>
        [.. Directory.GetFiles(Repository.PathOf(VectorFile.Folder), "secure-*.json").Order(StringComparer.Ordinal).Select(Read)];

    public static SecuredCapture Read(string path)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        return new SecuredCapture(Path.GetFileName(path), json.RootElement);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static SecuredMessage Read(JsonElement message) => new(
        Text(message, "dir") == "C",
        Text(message, "kind"),
        Convert.FromHexString(Text(message, "wire")),
        Convert.FromHexString(Text(message, "plaintext")),
        message.TryGetProperty("signedHeaderLength", out var length) ? length.GetInt32() : 0);
}
