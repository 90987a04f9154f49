using System.Diagnostics;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A validator that is not ours (npm "ajv") reads the schema as editors do: it takes what we hand out and refuses the ten mistakes.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignSchemaTests : IDisposable
{
    /// <summary>Downloads 2 MB; two minutes pass only where there is no network.</summary>
    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(2);

    private const string Script = """
        const Ajv = require("ajv/dist/2020").default;
        const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
        const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(input.schema);
        const answers = input.documents.map(d => validate(d) ? "" : validate.errors.map(e => `${e.instancePath} ${e.keyword}`).join("; "));
        console.log(JSON.stringify(answers));
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ifedge-ajv-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ajv_takes_every_configuration_of_the_project_and_refuses_the_ten_mistakes()
    {
        await InstallAsync(TestContext.Current.CancellationToken);
        var files = (string[])[.. ProjectConfigurations.All, ProjectConfigurations.TenMistakes];
        var input = new JsonObject
        {
            ["schema"] = ProjectConfigurations.Plain(ProjectConfigurations.Schema),
            ["documents"] = new JsonArray([.. files.Select(ProjectConfigurations.Plain)]),
        };

        var (code, output, error) = await RunAsync("node", ["-e", Script], input.ToJsonString(), TestContext.Current.CancellationToken);

        Assert.True(code == 0, error);
        var answers = JsonNode.Parse(output)!.AsArray().Select(answer => (string)answer!).ToList();
        Assert.All(files[..^1].Zip(answers), pair => Assert.True(pair.Second.Length == 0, $"{pair.First}: {pair.Second}"));
        Assert.Contains("/devices/plc additionalProperties", answers[^1], StringComparison.Ordinal);
        Assert.Contains("/devices/plc/unit type", answers[^1], StringComparison.Ordinal);
        Assert.Contains("/devices/plc/groups/fast/interval pattern", answers[^1], StringComparison.Ordinal);
        Assert.Contains("/devices/scale/driver enum", answers[^1], StringComparison.Ordinal);
        Assert.Contains("/sinks/site required", answers[^1], StringComparison.Ordinal);
        Assert.Contains("/sinks/site/password pattern", answers[^1], StringComparison.Ordinal);
        Assert.Contains("/sinks/site/window maximum", answers[^1], StringComparison.Ordinal);
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (code, _, error) = await RunAsync("npm", ["install", "--no-audit", "--no-fund", "ajv@8"], "", cancellationToken);
            Assert.SkipWhen(code != 0, $"npm could not install ajv: {error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("npm is missing; install it (apt install npm) to hold the schema against a foreign validator");
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(InstallWithin);
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "", $"{program} did not end within {InstallWithin.TotalMinutes} minutes");
        }
    }
}
