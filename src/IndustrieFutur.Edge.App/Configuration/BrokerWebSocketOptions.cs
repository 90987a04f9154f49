using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>The broker's listener for MQTT over WebSocket, at the path /mqtt, on the broker's address and with its certificate.</summary>
public sealed class BrokerWebSocketOptions : IChecked
{
    [Range(1, 65_535)]
    [Description("TCP port; another than the broker's own.")]
    public int Port { get; init; } = 9001;

    [MaxLength(32)]
    [Description("Web pages that may connect, as their origin, such as \"https://andon.local\". A page of any other site is refused; programs send no origin.")]
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        foreach (var origin in Origins)
        {
            if (OriginOf(origin) is not { } meant)
            {
                mistakes.Add($"\"{origin}\" is no origin, so no page would be let in by it; write scheme and host as a browser sends them, such as \"https://andon.local\"", "origins");
            }
            else if (!meant.Equals(origin, StringComparison.OrdinalIgnoreCase))
            {
                mistakes.Add($"\"{origin}\" is more than an origin, so no page would be let in by it; write \"{meant}\"", "origins");
            }
        }
    }

    /// <summary>What a browser sends for a page there (RFC 6454, 6.1): scheme, host, and the port where it is not the scheme's own.</summary>
    private static string? OriginOf(string written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var url) && url.Host.Length > 0 && written.Contains("://", StringComparison.Ordinal)
            ? url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : null;
}
