using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>The MQTT broker inside the process. On loopback it needs nothing; beyond, it needs users.</summary>
public sealed class EmbeddedBrokerOptions : IChecked
{
    [Description("Address it listens on; loopback until told otherwise.")]
    public string Address { get; init; } = "127.0.0.1";

    [Range(1, 65_535)]
    [Description("TCP port. 1883 is the one that IANA gives to MQTT.")]
    public int Port { get; init; } = 1883;

    [MaxLength(64)]
    [Description("Who may log in, by name; without users only this machine may connect.")]
    public IReadOnlyDictionary<string, BrokerUserOptions> Users { get; init; } = new Dictionary<string, BrokerUserOptions>();

    [Description("PEM file of the certificate; with it the broker speaks TLS.")]
    public string? CertificateFile { get; init; }

    [Description("PEM file of the certificate's key.")]
    public string? KeyFile { get; init; }

    [Description("MQTT over WebSocket as well, for web pages and for networks that let nothing else through.")]
    public BrokerWebSocketOptions? WebSocket { get; init; }

    [Description("What it holds at most, and what happens then.")]
    public BrokerLimitsOptions Limits { get; init; } = new();

    [Description("\"ifedge run\" leaves it to \"ifedge broker FILE\", a process of its own.")]
    public bool Apart { get; init; }

    [Description("Allows a listener beyond this machine without TLS or without users.")]
    public bool AllowInsecure { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (WebSocket?.Port == Port)
        {
            mistakes.Add($"is the port of the broker itself; write another, such as {(Port == 9001 ? 9002 : 9001)}", "webSocket", "port");
        }

        CheckAddress(mistakes);
        if ((CertificateFile is null) != (KeyFile is null))
        {
            mistakes.Add("\"certificateFile\" and \"keyFile\" go together; one is missing", CertificateFile is null ? "certificateFile" : "keyFile");
        }
    }

    /// <summary>True when an address is surely this broker's. A name of the network may be anybody's.</summary>
    public bool IsAt(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var at)
        && (at.Port > 0 ? at.Port : at.Scheme == "mqtts" ? 8_883 : 1_883) == (at.Scheme is "ws" or "wss" ? WebSocket?.Port : Port)
        && (at.Host == "localhost" || (IPAddress.TryParse(at.Host.Trim('[', ']'), out var host) && (IPAddress.IsLoopback(host) || host.ToString() == Address)));

    /// <summary>It listens at 127.0.0.1, alone or among others.</summary>
    internal bool IsOnLoopback => IPAddress.TryParse(Address, out var address) && (address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private void CheckAddress(Mistakes mistakes)
    {
        if (!IPAddress.TryParse(Address, out var address))
        {
            mistakes.Add($"\"{Address}\" is no IP address; write 127.0.0.1, or 0.0.0.0 for all", "address");
            return;
        }

        if (!IPAddress.IsLoopback(address) && !AllowInsecure && Users.Count == 0)
        {
            mistakes.Add("a broker that other machines reach needs \"users\"; add them, or say \"allowInsecure\": true", "address");
        }

        if (!IPAddress.IsLoopback(address) && !AllowInsecure && CertificateFile is null)
        {
            mistakes.Add("a broker that other machines reach needs \"certificateFile\" and \"keyFile\"; add them, or say \"allowInsecure\": true", "address");
        }
    }
}
