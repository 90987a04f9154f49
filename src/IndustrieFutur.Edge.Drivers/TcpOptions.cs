using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>Where a device or its gateway listens on the network.</summary>
public sealed class TcpOptions
{
    [Required]
    [MinLength(1)]
    [Description("Host name or IP address. An address needs no name server, which a cell may lose.")]
    public string Host { get; init; } = "";

    [Range(1, 65_535)]
    [Description("TCP port; without it the one that the protocol has by custom, where it has one.")]
    public int? Port { get; init; }
}
