using System.Diagnostics;
using IndustrieFutur.Edge.Cell.Tests.Proofs;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>The foreign OPC UA programs of tests/peers/opcua, installed once for a run of the tests. A test that needs them and cannot have them fails.</summary>
internal static class NodePeers
{
    /// <summary>The script gives npm five minutes for each of its at most two downloads.</summary>
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(11);

    private static readonly string Sources = Path.Combine(Peers.Repository(), "tests", "peers", "opcua");

    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>How to start one of the programs: node, the script, where its packages lie.</summary>
    public static ProcessStartInfo Program(string script, IEnumerable<string> arguments) =>
        new(Path.Combine(Folder.Value, "node"), [Path.Combine(Sources, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(Folder.Value, "node_modules") },
        };

    private static string Install()
    {
        using var install = Process.Start(
            new ProcessStartInfo("bash", [Path.Combine(Sources, "install")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = install.StandardError.ReadToEndAsync();
        var folder = install.StandardOutput.ReadToEndAsync();
        if (!install.WaitForExit(InstallLimit))
        {
            install.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"tests/peers/opcua/install did not end within {InstallLimit.TotalMinutes} minutes; is the npm registry within reach?");
        }

        return install.ExitCode == 0
            ? folder.GetAwaiter().GetResult().Trim()
            : throw new InvalidOperationException($"The npm package node-opcua, our foreign OPC UA peer, is not here: {errors.GetAwaiter().GetResult().Trim()}");
    }
}
