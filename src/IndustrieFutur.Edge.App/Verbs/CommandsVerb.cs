using System.CommandLine;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Commands;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge commands</c>: what may be commanded, what stands against it now, and what persons do besides commands.</summary>
internal static class CommandsVerb
{
    public static Command Create()
    {
        var (file, config, json) = (ConfigurationFile.Argument(), VerbOptions.Config(), VerbOptions.Json());
        var command = new Command("commands", "List the commands with their interlocks as they stand; switch commands on and off, take the lease, approve, arm, rehearse.") { file, config, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(ConfigurationFile.Named(parsed, config, file), parsed.InvocationConfiguration.Error);
            using var client = new CommandClient(configuration);
            var (_, report) = await client.SendAsync(HttpMethod.Get, "commands", null, "", cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteAsync(parsed.GetValue(json) ? report.ToJsonString() + "\n" : CommandText.List(report));
            return ExitCode.Done;
        });
        command.Add(Switch("on", "Take commands again.", isOn: true));
        command.Add(Switch("off", "Take no command any more, at once: what waits is withdrawn.", isOn: false));
        command.Add(Act("lease", "Take the lease, or renew it: you answer for the cell, from this machine.", null, (_, _) => (HttpMethod.Post, "lease", new JsonObject())));
        command.Add(Act("release", "Give the lease back.", null, (_, _) => (HttpMethod.Delete, "lease", null)));
        var token = new Argument<string>("token") { Description = "As whoever prepared the command was told." };
        command.Add(Act("approve", "Agree to what somebody else has prepared.", token, (parsed, _) => (HttpMethod.Post, "approve", new JsonObject { ["token"] = parsed.GetValue(token) })));
        command.Add(Act("arm", "Arm the set of commands in force, which was rehearsed.", null, (_, _) => (HttpMethod.Post, "arm", new JsonObject())));
        var reaction = new Argument<string>("reaction") { Description = "The reaction's id." };
        command.Add(Act("rearm", "Arm a reaction that has fired.", reaction, (parsed, _) => (HttpMethod.Post, $"reactions/{Uri.EscapeDataString(parsed.GetValue(reaction)!)}:arm", new JsonObject())));
        command.Add(CommandRehearseVerb.Create());
        return command;
    }

    private static Command Switch(string name, string description, bool isOn) =>
        Act(name, description, null, (_, reason) => (HttpMethod.Post, "switch", new JsonObject { ["on"] = isOn, ["reason"] = reason }));

    private static Command Act(string name, string description, Argument<string>? what, Func<ParseResult, string, (HttpMethod Method, string Path, JsonObject? Body)> request)
    {
        var (config, json, login) = (VerbOptions.Config("The configuration of the running service."), VerbOptions.Json(), new CommandLogin());
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        var command = new Command(name, description) { reason, json, config };
        if (what is not null)
        {
            command.Add(what);
        }

        login.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(parsed.GetValue(config), parsed.InvocationConfiguration.Error);
            using var client = await login.OpenAsync(parsed, configuration, cancellationToken);
            var (method, path, body) = request(parsed, parsed.GetValue(reason) ?? "");
            var (_, answer) = await client.SendAsync(method, path, body, "", cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? answer.ToJsonString() : CommandText.Sentence(answer));
            return (bool?)answer["done"] == true ? ExitCode.Done : (string?)answer["code"] == "identity" ? ExitCode.Refused : ExitCode.RefusedByRule;
        });
        return command;
    }
}
