using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>Where the service answers over HTTP. Loopback only: a later page with log-in may open it.</summary>
public sealed class HttpOptions
{
    [Range(0, 65_535)]
    [Description("TCP port on 127.0.0.1; 0 switches it off.")]
    public int Port { get; init; } = 8088;
}
