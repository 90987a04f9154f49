using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>
/// A line of the audit: a record as JSON, closed by the hash of the line before and its own. The hash goes over the 64 digits of the one
/// before and the bytes of the line without its last member, so that it is checked on the bytes and never on what a reader made of them.
/// </summary>
internal sealed record AuditLine(AuditRecord Record, string Previous, string Hash)
{
    /// <summary>Before the first line.</summary>
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Of a line; what the gate writes has some 1 KB, and a record that is longer was not bounded where it came in.</summary>
    public const int BytesMax = 64 << 10;

    private const int HashDigits = 64;

    private static readonly byte[] HashMember = ",\"hash\":\""u8.ToArray();
    private static readonly byte[] Close = "\"}"u8.ToArray();

    // The audit is read by people: é stays é, and no page shows it unescaped.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of the line, without the end of line, and its hash.</summary>
    public static (byte[] Bytes, string Hash) Write(AuditRecord record, string previous)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            AuditJson.Write(json, record);
            json.WriteString("prev", previous);
            json.WriteEndObject();
        }

        var body = stream.ToArray();
        var hash = HashOf(previous, body);
        return ([.. body.AsSpan(..^1), .. HashMember, .. Encoding.ASCII.GetBytes(hash), .. Close], hash);
    }

    /// <summary>Null: it is not a whole line of an audit, or not as it was written.</summary>
    public static AuditLine? Read(ReadOnlyMemory<byte> bytes)
    {
        var tail = HashMember.Length + HashDigits + Close.Length;
        if (bytes.Length <= tail || bytes.Length > BytesMax || !bytes.Span[^tail..].StartsWith(HashMember) || !bytes.Span.EndsWith(Close))
        {
            return null;
        }

        byte[] body = [.. bytes.Span[..^tail], (byte)'}'];
        var hash = Encoding.ASCII.GetString(bytes.Span[^(HashDigits + Close.Length)..^Close.Length]);
        try
        {
            using var document = JsonDocument.Parse(body);
            var previous = document.RootElement.GetProperty("prev").GetString() ?? "";
            return HashOf(previous, body) == hash ? new AuditLine(AuditJson.Read(document.RootElement), previous, hash) : null;
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>It is JSON, so that nothing tore it: a line that was torn cannot be.</summary>
    public static bool IsWhole(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static string Utc(long utcMillis) =>
        DateTimeOffset.FromUnixTimeMilliseconds(utcMillis).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string HashOf(string previous, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(previous));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
