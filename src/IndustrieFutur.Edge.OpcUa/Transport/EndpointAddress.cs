using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>Where a server is: <c>opc.tcp://host:port/path</c>, as an integrator writes it.</summary>
public sealed record EndpointAddress
{
    /// <summary>The port that IANA gave to OPC UA; taken when none is written.</summary>
    public const int PortDefault = 4840;

    /// <summary>A URL of 4,096 bytes and more must be refused by servers (OPC UA Part 6, 7.1.2.3).</summary>
    public const int UrlBytesMax = 4095;

    private const string Scheme = "opc.tcp";
    private const string Example = "write it as opc.tcp://192.168.0.10:4840";

    private EndpointAddress(string url, string host, int port, string path)
    {
        Url = url;
        Host = host;
        Port = port;
        Path = path;
    }

    /// <summary>As it was written; what the server is told.</summary>
    public string Url { get; }

    /// <summary>Name or address, an IPv6 one without its brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>Empty, or beginning with '/'.</summary>
    public string Path { get; }

    /// <summary>Throws <see cref="FormatException"/> that says what is wrong and what would be right.</summary>
    public static EndpointAddress Parse(string text) =>
        TryParse(text, out var address, out var mistake) ? address : throw new FormatException(mistake);

    /// <summary>The mistake is a sentence about the text, with its remedy; null when there is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EndpointAddress? address, [NotNullWhen(false)] out string? mistake)
    {
        address = null;
        mistake = MistakeOf(text, out var uri);
        if (mistake is not null)
        {
            return false;
        }

        var path = uri!.PathAndQuery == "/" ? "" : uri.PathAndQuery;
        address = new EndpointAddress(text!.Trim(), uri.DnsSafeHost, uri.IsDefaultPort || uri.Port == -1 ? PortDefault : uri.Port, path);
        return true;
    }

    public override string ToString() => Url;

    /// <summary>Host and port as they are written in a sentence.</summary>
    internal string HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static string? MistakeOf(string? text, out Uri? uri)
    {
        uri = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"The endpoint is empty; {Example}.";
        }

        if (Encoding.UTF8.GetByteCount(text) > UrlBytesMax)
        {
            return $"The endpoint is longer than {UrlBytesMax} bytes; {Example}.";
        }

        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out uri) || uri.Host.Length == 0)
        {
            // What cannot be read may hold a password.
            var shown = text.Contains('@', StringComparison.Ordinal) ? "What stands there" : $"\"{text}\"";
            return $"{shown} is no endpoint: host or port cannot be read; {Example}.";
        }

        if (uri.Scheme != Scheme)
        {
            return $"The endpoint begins with {uri.Scheme}://; only {Scheme}:// is spoken here; {Example}.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return $"An endpoint on {uri.Host} names a user; user and password have settings of their own; {Example}.";
        }

        return uri.Port == 0 ? $"\"{text}\" names port 0, where nobody listens; {Example}." : null;
    }
}
