using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>The broker's listener for MQTT over WebSocket, at the path /mqtt, on the broker's address and with its certificate.</summary>
public sealed class BrokerWebSocketOptions
{
    [Range(1, 65_535)]
    [Description("TCP port; another than the broker's own.")]
    public int Port { get; init; } = 9001;

    [MaxLength(32)]
    [Description("Web pages that may connect, as their origin, such as \"https://andon.local\". A page of any other site is refused; programs send no origin.")]
    public IReadOnlyList<string> Origins { get; init; } = [];
}
