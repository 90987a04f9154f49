using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Northbound.Mqtt;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>How to reach an MQTT broker.</summary>
public class BrokerOptions : IChecked
{
    [Required]
    [Description("mqtts://host:8883 (TLS), wss://host/path (TLS, WebSocket) or, on this machine or with allowInsecure, mqtt://host:1883 and ws://host:9001/path.")]
    public string Url { get; init; } = "";

    [MaxLength(8)]
    [Description("Further addresses of the same broker, where it is a cluster of several nodes: url first, then these, in turn, whenever the one in use is away.")]
    public IReadOnlyList<string> Urls { get; init; } = [];

    [AllowedValues("5", "3.1.1")]
    [Description("MQTT version. With 5, a broker that refuses it is asked again with 3.1.1, and that is told; 3.1.1 asks for that alone.")]
    public string Version { get; init; } = "5";

    [Description("Name to log in with.")]
    public string? User { get; init; }

    [Description("Password, as \"env:NAME\" or \"file:path\".")]
    public SecretReference? Password { get; init; }

    [Description("PEM file of the authority that signed the broker's certificate; without it the machine's own list decides.")]
    public string? CaFile { get; init; }

    [MaxLength(8)]
    [Description("SHA-256 of the broker's certificate or of its public key, in hex or base64: only such a one is taken, and without caFile nobody needs to have signed it. Several for the time of a change.")]
    public IReadOnlyList<string> Pins { get; init; } = [];

    [Description("false: the certificate need not name the broker's host; only with pins, which name it better.")]
    public bool CheckHost { get; init; } = true;

    [Description("PEM file of the client certificate, for brokers that ask for one.")]
    public string? CertificateFile { get; init; }

    [Description("PEM file of the client certificate's key; nobody but its owner may read it (mode 0600).")]
    public string? KeyFile { get; init; }

    [Description("Allows mqtt:// and ws:// (no encryption) to another machine: whoever listens there reads the password.")]
    public bool AllowInsecure { get; init; }

    /// <summary>Nobody on the way can read along: TLS, or a broker on this machine.</summary>
    public bool IsPrivate => Urls.Prepend(Url).All(address => Uri.TryCreate(address, UriKind.Absolute, out var url) && (IsSecure(url) || IsThisMachine(url.Host)));

    /// <inheritdoc/>
    public virtual void Check(Mistakes mistakes)
    {
        CheckAddress(Url, "url", mistakes);
        foreach (var url in Urls)
        {
            CheckAddress(url, "urls", mistakes);
        }

        CheckTrust(mistakes);
        if ((User is null) != (Password is null))
        {
            mistakes.Add("\"user\" and \"password\" go together; one is missing", User is null ? "user" : "password");
        }

        if ((CertificateFile is null) != (KeyFile is null))
        {
            mistakes.Add("\"certificateFile\" and \"keyFile\" go together; one is missing", CertificateFile is null ? "certificateFile" : "keyFile");
        }
    }

    /// <summary>The address asks for TLS.</summary>
    internal static bool IsSecure(Uri url) => url.Scheme is "mqtts" or "wss";

    private void CheckAddress(string address, string key, Mistakes mistakes)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("mqtt" or "mqtts" or "ws" or "wss") || url.Host.Length == 0)
        {
            mistakes.Add($"\"{address}\" is no broker address; write mqtts://host:8883, wss://host/path or mqtt://127.0.0.1:1883", key);
            return;
        }

        if (url.UserInfo.Length > 0)
        {
            mistakes.Add("a user or password does not belong into the address; use \"user\" and \"password\": \"env:NAME\"", key);
        }

        if (url.Scheme is "mqtt" or "mqtts" && url.PathAndQuery is not ("" or "/"))
        {
            mistakes.Add($"{url.Scheme}:// has no path; remove \"{url.PathAndQuery}\", or write {(url.Scheme == "mqtt" ? "ws" : "wss")}:// for a WebSocket", key);
        }

        if (!IsSecure(url) && !AllowInsecure && !IsThisMachine(url.Host))
        {
            mistakes.Add($"{url.Scheme}:// to {url.Host} is not encrypted; use {url.Scheme}s://, or say \"allowInsecure\": true", key);
        }

        if (!IsSecure(url) && (CaFile is not null || CertificateFile is not null || Pins.Count > 0))
        {
            mistakes.Add($"{url.Scheme}:// shows and checks no certificate; use {url.Scheme}s://, or remove \"caFile\", \"pins\", \"certificateFile\" and \"keyFile\"", key);
        }
    }

    private void CheckTrust(Mistakes mistakes)
    {
        foreach (var pin in Pins.Where(pin => !CertificatePin.TryParse(pin, out _)))
        {
            mistakes.Add($"\"{pin}\" is no SHA-256; write its 64 hex digits (openssl x509 -noout -fingerprint -sha256), or base64", "pins");
        }

        if (!CheckHost && Pins.Count == 0)
        {
            mistakes.Add("without a look at the host, any certificate of the authority could stand for the broker; name it under \"pins\"", "checkHost");
        }
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
