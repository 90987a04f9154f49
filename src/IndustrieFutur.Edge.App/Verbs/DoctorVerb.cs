using System.CommandLine;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Doctor;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge doctor</c>: what works and what does not, from the serial port to the store, each with its remedy.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var json = VerbOptions.Json();
        var command = new Command("doctor", "Look at ports, devices, broker and store, and say what is wrong.") { file, config, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(ConfigurationFile.Named(parsed, config, file), parsed.InvocationConfiguration.Error);
            return ExamineAsync(configuration, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> ExamineAsync(EdgeConfiguration configuration, bool json, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in new Examination(configuration, TimeProvider.System).RunAsync(cancellationToken))
        {
            findings.Add(finding);
            if (!json)
            {
                Console.Out.WriteLine($"{Word(finding.Verdict),-8} {finding.Subject}: {finding.Text}");
            }
        }

        if (json)
        {
            Console.Out.WriteLine(new JsonArray([.. findings.Select(Describe)]).ToJsonString());
        }

        return findings.Any(finding => finding.Verdict == Verdict.Fail) ? ExitCode.FoundProblems : ExitCode.Done;
    }

    private static JsonNode Describe(Finding finding) => new JsonObject
    {
        ["subject"] = finding.Subject,
        ["verdict"] = Word(finding.Verdict),
        ["text"] = finding.Text,
    };

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Warning => "warning",
        _ => "FAIL",
    };
}
