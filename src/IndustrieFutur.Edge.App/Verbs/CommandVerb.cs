using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge command</c>: gives one command to the running service and waits for its outcome. Nothing is tried again.</summary>
internal static class CommandVerb
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The command, as \"ifedge commands\" lists it." };
        var values = new Argument<string[]>("values") { Description = "name=value, as its parameters say.", Arity = ArgumentArity.ZeroOrMore };
        values.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"\"{token.Value}\" is no value; write name=value");
            }
        });
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask whether to go on." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        var (config, json, login) = (VerbOptions.Config("The configuration of the running service."), VerbOptions.Json(), new CommandLogin());
        var command = new Command("command", "Give a command: interlocks are shown, you confirm, its effect is awaited. Exit code 0: confirmed, 7: refused, 1: rejected or unknown.") { id, values, yes, reason, json, config };
        login.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(parsed.GetValue(config), parsed.InvocationConfiguration.Error);
            using var client = await login.OpenAsync(parsed, configuration, cancellationToken);
            var asking = new CommandAsking(client, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)
            {
                Command = parsed.GetValue(id)!,
                Values = Values(parsed.GetValue(values)!),
                Reason = parsed.GetValue(reason) ?? "",
                IsSure = parsed.GetValue(yes),
                IsJson = parsed.GetValue(json),
            };
            return await asking.RunAsync(cancellationToken);
        });
        return command;
    }

    private static JsonObject Values(string[] written)
    {
        var values = new JsonObject();
        foreach (var value in written)
        {
            var at = value.IndexOf('=', StringComparison.Ordinal);
            if (!values.TryAdd(value[..at], value[(at + 1)..]))
            {
                throw new VerbFailedException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture, $"\"{value[..at]}\" is given twice; write it once"));
            }
        }

        return values;
    }
}
