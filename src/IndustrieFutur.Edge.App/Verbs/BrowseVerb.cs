using System.CommandLine;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge browse</c>: what an OPC UA server has to say, as a tree, a table, JSON, or a configuration that is ready to run.</summary>
internal static class BrowseVerb
{
    public static Command Create()
    {
        var config = ConfigurationOption();
        var server = new ServerOptions(config);
        var defaults = new WalkOptions();
        var match = new Option<string[]>("--match") { Description = "Only nodes whose path fits: * within a name, ** over many, such as \"**/Axis_*/**\". Can be given again.", DefaultValueFactory = _ => [] };
        var from = new Option<string?>("--from") { Description = "Begin below this node (\"nsu=http://...;s=Cell\"); without it below Objects." };
        var depth = Positive("--depth", "So many levels at most.", defaults.DepthMax);
        var max = Positive("--max", "So many nodes at most.", defaults.NodesMax);
        var withServer = new Option<bool>("--with-server") { Description = "Also what the server says of itself (the Server object)." };
        var csv = new Option<bool>("--csv") { Description = "Print a table (CSV)." };
        var asConfig = new Option<bool>("--as-config") { Description = "Print a configuration with a signal for each variable (that --match chooses), ready for \"ifedge check\" and \"ifedge run\"." };
        var name = DeviceName();
        var json = VerbOptions.Json();
        var command = new Command("browse", "Show the nodes of an OPC UA server, and make a configuration of them.") { match, from, depth, max, withServer, csv, asConfig, name, json };
        server.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(csv), result.GetValue(asConfig), result.GetValue(json) }.Count(given => given) > 1)
            {
                result.AddError("--csv, --json and --as-config exclude each other; ask for one");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var format = parsed.GetValue(csv) ? BrowseFormat.Csv : parsed.GetValue(json) ? BrowseFormat.Json : parsed.GetValue(asConfig) ? BrowseFormat.Configuration : BrowseFormat.Tree;
            var request = server.Read(parsed);
            var browse = new ServerBrowse(request, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)
            {
                From = Node(parsed.GetValue(from)),
                Options = defaults with { DepthMax = parsed.GetValue(depth), NodesMax = parsed.GetValue(max), WithServer = parsed.GetValue(withServer) },
                Globs = [.. (parsed.GetValue(match) ?? []).Select(glob => new PathGlob(glob))],
                Format = format,
                Device = parsed.GetValue(name) ?? request.Device ?? "device1",
            };

            // The client is synchronous: it blocks a thread, which must not be the one that hears Ctrl-C.
            return Task.Run(() => browse.Run(cancellationToken), cancellationToken);
        });
        return command;
    }

    /// <summary>Without a file it was meant as what --as-config is: it was called so once.</summary>
    private static Option<string?> ConfigurationOption()
    {
        var config = VerbOptions.Config(ServerOptions.ConfigDescription);
        config.Arity = ArgumentArity.ZeroOrOne;
        config.Validators.Add(result =>
        {
            if (result.Tokens is not [var file] || file.Value.Contains("://", StringComparison.Ordinal))
            {
                result.AddError("--config names the configuration's file; to print a configuration of what is browsed, write --as-config");
            }
        });
        return config;
    }

    /// <summary>Checked as "ifedge check" would, and before anything is opened.</summary>
    private static Option<string?> DeviceName()
    {
        var name = new Option<string?>("--name") { Description = "The device's id in that configuration (as it was, or device1)." };
        name.Validators.Add(result =>
        {
            if (result.GetValue(name) is not { } id || !OptionsBinder.IsId(id))
            {
                result.AddError($"the --name \"{result.GetValue(name)}\" {OptionsBinder.NoId}");
            }
        });
        return name;
    }

    private static ExpandedNodeId? Node(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return ExpandedNodeId.TryParse(text, out var node)
            ? node
            : throw new VerbFailedException(ExitCode.Usage, $"\"{text}\" is no node id; write \"nsu=<the namespace's URI>;s=<text>\" (or i= a number), as browse shows it");
    }

    private static Option<int> Positive(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = $"{description} ({usual})", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1)
            {
                result.AddError($"{name} needs a number from 1");
            }
        });
        return option;
    }
}
