using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge audit verify</c>: is the audit the chain that was written, and has each order one outcome?</summary>
internal static class AuditVerifyVerb
{
    /// <summary>Fewer digits of a hash could be met by chance, or by trying.</summary>
    private const int HeadDigitsMin = 16;

    public static Command Create()
    {
        var place = AuditVerb.Place();
        var head = new Option<string?>("--head") { Description = "A head hash that was published on \"state\" or in /metrics: without it an end that was cut off does not show." };
        head.Validators.Add(result =>
        {
            var hash = result.GetValueOrDefault<string?>() ?? "";
            if (hash.Length is < HeadDigitsMin or > 64 || !hash.All(char.IsAsciiHexDigit))
            {
                result.AddError($"--head takes a hash of 64 hexadecimal digits, or its first {HeadDigitsMin} or more");
            }
        });
        var json = VerbOptions.Json();
        var command = new Command("verify", "Check the chain of hashes, the numbers and the outcomes. Ends with 1 when something is wrong, 4 when there is no audit.") { place, head, json };
        command.SetAction(parsed =>
        {
            var report = AuditVerb.Read(parsed, place, folder => AuditVerifier.Verify(folder, parsed.GetValue(head) ?? ""));
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? Json(report).ToJsonString() + "\n" : Text(report, parsed.GetValue(head) is not null));
            return report.Findings.Count > 0 ? ExitCode.FoundProblems : ExitCode.Done;
        });
        return command;
    }

    private static string Text(AuditReport report, bool isHeadGiven)
    {
        var lines = report.Findings.Select(finding => $"{Where(finding.Place)}: {Word(finding.Fault)}: {finding.Text}").ToList();
        if (report.MoreFindings > 0)
        {
            lines.Add($"and {report.MoreFindings} findings more");
        }

        if (report.Gone > 0)
        {
            lines.Add($"lines up to {report.Gone} went to make room, as the audit says itself");
        }

        if (report.TornBytes > 0)
        {
            lines.Add($"the last line is not whole ({report.TornBytes} bytes): it is being written, or a crash tore it and the next start sets it aside");
        }

        if (report.OpenOrders.Count > 0)
        {
            lines.Add($"orders without an outcome yet: {string.Join(", ", report.OpenOrders)}; they run, or the next start writes their outcome");
        }

        lines.Add($"{(report.Findings.Count == 0 ? "in order" : "NOT IN ORDER")}: {report.Lines} lines, {report.First} to {report.Last}, head {report.HeadHash}");
        if (!isHeadGiven && report.Findings.Count == 0)
        {
            lines.Add("whether its end was cut off shows only with --head and a hash that was published: on \"state\", in /status, in /metrics");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static JsonObject Json(AuditReport report) => new()
    {
        ["inOrder"] = report.Findings.Count == 0,
        ["lines"] = report.Lines,
        ["first"] = report.First,
        ["last"] = report.Last,
        ["head"] = report.HeadHash,
        ["gone"] = report.Gone,
        ["tornBytes"] = report.TornBytes,
        ["openOrders"] = new JsonArray([.. report.OpenOrders.Select(order => (JsonNode)order)]),
        ["findings"] = new JsonArray([.. report.Findings.Select(finding => new JsonObject
        {
            ["fault"] = Word(finding.Fault),
            ["file"] = finding.Place.File,
            ["line"] = finding.Place.Line,
            ["text"] = finding.Text,
        })]),
        ["moreFindings"] = report.MoreFindings,
    };

    private static string Where(AuditPlace place) => place.Line == 0 ? place.File : $"{place.File}, line {place.Line}";

    private static string Word(AuditFault fault) => JsonNamingPolicy.CamelCase.ConvertName(fault.ToString());
}
