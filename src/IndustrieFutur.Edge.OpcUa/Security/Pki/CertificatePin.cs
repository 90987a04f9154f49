using System.Text.Json;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>
/// What was decided about one server's certificate alone. With a device: that device's server is trusted by it. With a host: it may be
/// met there although it does not name that host. Nothing else is overridden.
/// </summary>
/// <param name="Der">The certificate.</param>
/// <param name="ApplicationUri">What the server called itself then; it must still.</param>
/// <param name="Device">The device of the configuration; null when it counts for each, and then trust comes from elsewhere.</param>
/// <param name="Host">The host that is accepted; null when none is.</param>
public sealed record CertificatePin(byte[] Der, string ApplicationUri, string? Device, string? Host)
{
    internal byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("device", Device);
            writer.WriteString("host", Host);
            writer.WriteString("applicationUri", ApplicationUri);
            writer.WriteBase64String("certificate", Der);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Throws when it is none: <see cref="JsonException"/> and what reading JSON throws besides.</summary>
    internal static CertificatePin FromJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CertificatePin(
            root.GetProperty("certificate").GetBytesFromBase64(),
            root.GetProperty("applicationUri").GetString() ?? throw new JsonException("applicationUri is null"),
            root.GetProperty("device").GetString(),
            root.GetProperty("host").GetString());
    }
}
