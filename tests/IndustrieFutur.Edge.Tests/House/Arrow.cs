namespace IndustrieFutur.Edge.Tests.House;

/// <summary>One row of the table in ARCHITECTURE.md, section 2: what a project may use.</summary>
/// <param name="Project">The short name of the project.</param>
/// <param name="Ours">Projects of ours.</param>
/// <param name="Packages">Packages; a name that ends in a point stands for all that begin so.</param>
internal sealed record Arrow(string Project, string[] Ours, string[] Packages)
{
    public static readonly IReadOnlyList<Arrow> Table =
    [
        new("Core", [], []),
        new("OpcUa", [], []),
        new("OpcUa.Generator", [], []),
        new("Protocols", [], ["System.IO.Ports"]),
        new("Drivers", ["Core", "OpcUa", "Protocols"], ["Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options"]),
        new("Control", ["Core"], ["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options"]),
        new(
            "Northbound",
            ["Core", "Protocols"],
            ["MQTTnet", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options"]),
        new(
            "Historian",
            ["Core", "Protocols"],
            ["MQTTnet", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options", "SQLitePCLRaw.bundle_e_sqlite3", "ZstdSharp.Port"]),
        new("Sampler", ["Core", "Protocols", "Drivers"], []),
        new(
            "App",
            ["Core", "OpcUa", "Protocols", "Drivers", "Control", "Northbound", "Historian", "Sampler", "Simulators"],
            ["MQTTnet.Server", "MQTTnet.AspNetCore", "Microsoft.Extensions.Hosting.", "System.CommandLine", "Spectre.Console", "OpenTelemetry."]),
        new("Simulators", ["Core", "OpcUa", "Protocols"], ["Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging."]),
    ];

    public bool AllowsPackage(string package) =>
        Packages.Any(allowed => allowed.EndsWith('.') ? package.StartsWith(allowed, StringComparison.Ordinal) : package == allowed);
}
