using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Commands;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>One command given from a terminal: prepared and shown where it is of level 2, confirmed by the person, then its outcome awaited.</summary>
internal sealed class CommandAsking(CommandClient client, TextWriter output, TextWriter error)
{
    private const int IdDigits = 32;

    public required string Command { get; init; }

    public required JsonObject Values { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>The person has said yes already.</summary>
    public bool IsSure { get; init; }

    public bool IsJson { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (_, report) = await client.SendAsync(HttpMethod.Get, "commands", null, "", cancellationToken);
        var command = report["commands"]!.AsArray().Select(each => each!.AsObject()).FirstOrDefault(each => (string?)each["id"] == Command);
        if (command is null)
        {
            var known = string.Join(", ", report["commands"]!.AsArray().Select(each => (string?)each!["id"]));
            throw new VerbFailedException(ExitCode.RefusedByRule, $"there is no command \"{Command}\"; the service has: {(known.Length > 0 ? known : "none")}");
        }

        return (int)command["level"]! == 2 ? await PrepareAsync(command, cancellationToken) : await SubmitAsync(command, cancellationToken);
    }

    private async Task<int> SubmitAsync(JsonObject command, CancellationToken cancellationToken)
    {
        await error.WriteAsync(CommandText.Guards(command["interlocks"]!.AsArray()));
        return (bool)command["stop"]! || Agrees("Entrée : exécuter, autre : annuler / Enter: execute, else: cancel ")
            ? await EndAsync("submit", "", cancellationToken)
            : Cancelled();
    }

    private async Task<int> PrepareAsync(JsonObject command, CancellationToken cancellationToken)
    {
        var (status, prepared) = await AskAsync("prepare", "", cancellationToken);
        if (status != HttpStatusCode.OK || (string?)prepared["outcome"] != "prepared")
        {
            return Say(prepared);
        }

        var token = (string)prepared["token"]!;
        await error.WriteLineAsync(CommandText.Sentence(prepared));
        await error.WriteAsync(CommandText.Guards(prepared["guards"]!.AsArray()));
        if ((bool)command["twoPersons"]!)
        {
            await error.WriteLineAsync($"Une deuxième personne accepte avec / a second person agrees with: ifedge commands approve {token} --user ...");
        }

        return Agrees("Armé 10 s. Entrée : exécuter, autre : annuler / Armed for 10 s. Enter: execute, else: cancel ")
            ? await EndAsync("execute", token, cancellationToken)
            : Cancelled();
    }

    private async Task<int> EndAsync(string step, string token, CancellationToken cancellationToken)
    {
        var (_, answer) = await AskAsync(step, token, cancellationToken);
        return Say(answer);
    }

    /// <summary>Each request has an id of its own; none is ever sent twice.</summary>
    private Task<(HttpStatusCode Status, JsonObject Body)> AskAsync(string step, string token, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["values"] = Values.DeepClone(), ["reason"] = Reason };
        if (token.Length > 0)
        {
            body["token"] = token;
        }

        return client.SendAsync(HttpMethod.Post, $"commands/{Uri.EscapeDataString(Command)}:{step}", body, RandomNumberGenerator.GetHexString(IdDigits, lowercase: true), cancellationToken);
    }

    private bool Agrees(string question)
    {
        if (IsSure)
        {
            return true;
        }

        if (Console.IsInputRedirected)
        {
            throw new VerbFailedException(ExitCode.Usage, "nobody can be asked whether to go on, and nothing was done; write --yes");
        }

        error.Write(question);

        // What was typed before the question was there is no answer to it.
        while (Console.KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }

        var key = Console.ReadKey(intercept: true).Key;
        error.WriteLine();
        return key == ConsoleKey.Enter;
    }

    private int Cancelled()
    {
        error.WriteLine("Annulé, rien n'a été fait. / Cancelled, nothing was done.");
        return ExitCode.Interrupted;
    }

    private int Say(JsonObject answer)
    {
        if (IsJson)
        {
            output.WriteLine(answer.ToJsonString());
        }
        else
        {
            output.WriteLine($"{Command}: {CommandWords.Of((string?)answer["outcome"])}  {CommandText.Sentence(answer)}");
            if ((string?)answer["rule"] == "interlock" && answer["guards"] is JsonArray guards)
            {
                output.Write(CommandText.Guards(guards));
            }
        }

        return CommandWords.CodeOf((string?)answer["outcome"], (string?)answer["code"]);
    }
}
