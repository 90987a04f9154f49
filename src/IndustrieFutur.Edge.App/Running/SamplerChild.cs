using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The sampler as a process that this service starts: with the program beside ours, and its words in our log.</summary>
internal sealed class SamplerChild(string dataFolder, ILogger logger) : IDisposable
{
    private Process? _process;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>It was started, and is no more.</summary>
    public bool HasExited => _process is { HasExited: true };

    /// <summary>Of the last start; 0: there was none.</summary>
    public int Id => _process?.Id ?? 0;

    /// <summary>The last line it said.</summary>
    public string LastWords { get; private set; } = "none.";

    /// <summary>Starts it; what hinders that in a sentence, or null.</summary>
    public string? Start()
    {
        _process?.Dispose();
        _process = null;
        var program = Path.Combine(AppContext.BaseDirectory, "ifedge-sampler.dll");
        var start = new ProcessStartInfo(Runtime(), ["exec", program, dataFolder]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };

        // So large a nursery that what a link allocates when it reconnects makes no collection for days. The runtime takes it from its
        // environment alone (measured: System.GC.Gen0Size in runtimeconfig.json changes nothing, and 128 MB is the most it gives).
        start.Environment["DOTNET_GCgen0size"] = "0x8000000";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        try
        {
            _process = Process.Start(start)!;
            _process.ErrorDataReceived += (_, line) => Relay(line.Data);
            _process.BeginErrorReadLine();
            return null;
        }
        catch (Exception cause) when (cause is Win32Exception or InvalidOperationException)
        {
            logger.SamplerNotStarted(program, cause.Message);
            return $"sampler: {program} cannot be started ({cause.Message}), so nothing is sampled; is it beside ifedge?";
        }
    }

    public void Dispose() => _process?.Dispose();

    /// <summary>The runtime that runs this process, or the one that is on the path.</summary>
    private static string Runtime() => Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : RuntimeBeside() ?? "dotnet";

    private static string? RuntimeBeside()
    {
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        return File.Exists(beside) ? beside : null;
    }

    /// <summary>A line of the sampler: its level as a number, a blank, the words.</summary>
    private void Relay(string? line)
    {
        if (line is null)
        {
            return;
        }

        var hasLevel = line.Length > 2 && char.IsAsciiDigit(line[0]) && line[1] == ' ';
        LastWords = hasLevel ? line[2..] : line;
        logger.SamplerSays(hasLevel ? (LogLevel)(line[0] - '0') : LogLevel.Error, LastWords);
    }
}
