using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>How to reach an MQTT broker.</summary>
public class BrokerOptions : IChecked
{
    [Required]
    [Description("mqtts://host:8883 (TLS) or, on this machine or with allowInsecure, mqtt://host:1883.")]
    public string Url { get; init; } = "";

    [MaxLength(8)]
    [Description("Further addresses of the same broker, where it is a cluster of several nodes: url first, then these, in turn, whenever the one in use is away.")]
    public IReadOnlyList<string> Urls { get; init; } = [];

    [Description("Name to log in with.")]
    public string? User { get; init; }

    [Description("Password, as \"env:NAME\" or \"file:path\".")]
    public SecretReference? Password { get; init; }

    [Description("PEM file of the authority that signed the broker's certificate; without it the machine's own list decides.")]
    public string? CaFile { get; init; }

    [Description("PEM file of the client certificate, for brokers that ask for one.")]
    public string? CertificateFile { get; init; }

    [Description("PEM file of the client certificate's key.")]
    public string? KeyFile { get; init; }

    [Description("Allows mqtt:// (no encryption) to another machine.")]
    public bool AllowInsecure { get; init; }

    /// <inheritdoc/>
    public virtual void Check(Mistakes mistakes)
    {
        CheckAddress(Url, "url", mistakes);
        foreach (var url in Urls)
        {
            CheckAddress(url, "urls", mistakes);
        }

        if ((User is null) != (Password is null))
        {
            mistakes.Add("\"user\" and \"password\" go together; one is missing", User is null ? "user" : "password");
        }

        if ((CertificateFile is null) != (KeyFile is null))
        {
            mistakes.Add("\"certificateFile\" and \"keyFile\" go together; one is missing", CertificateFile is null ? "certificateFile" : "keyFile");
        }
    }

    private void CheckAddress(string address, string key, Mistakes mistakes)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("mqtt" or "mqtts") || url.Host.Length == 0)
        {
            mistakes.Add($"\"{address}\" is no broker address; write mqtts://host:8883 or mqtt://127.0.0.1:1883", key);
            return;
        }

        if (url.UserInfo.Length > 0)
        {
            mistakes.Add("a user or password does not belong into the address; use \"user\" and \"password\": \"env:NAME\"", key);
        }

        if (url.Scheme == "mqtt" && !AllowInsecure && !IsThisMachine(url.Host))
        {
            mistakes.Add($"mqtt:// to {url.Host} is not encrypted; use mqtts://, or say \"allowInsecure\": true", key);
        }
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
