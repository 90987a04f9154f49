using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The program as a user runs it: a process of its own, its two outputs, its exit code, its handles and its CPU time.</summary>
internal sealed class EdgeProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private EdgeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Open handles of the process, by the kernel's count.</summary>
    public int Handles => Directory.GetFiles($"/proc/{_process.Id}/fd").Length;

    /// <summary>User and system time it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory that is resident now, by the kernel's count.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static EdgeProcess Start(string workingDirectory, params string[] arguments) => Start(workingDirectory, [], arguments);

    public static EdgeProcess Start(string workingDirectory, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ifedge.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new EdgeProcess(Process.Start(start)!);
    }

    /// <summary>Waits for its end and returns its exit code; kills it and fails when it takes longer.</summary>
    public int WaitForExit(TimeSpan limit)
    {
        if (!_process.WaitForExit(limit))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"ifedge did not end within {limit}. It said: {Errors}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>The JSON object that the last line of its output is.</summary>
    public JsonObject Ledger()
    {
        var last = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        try
        {
            return JsonNode.Parse(last)!.AsObject();
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"ifedge printed no JSON. stdout: {Output} stderr: {Errors}");
        }
    }

    /// <summary>As systemd stops a service.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>As a power cut ends it (SIGKILL); returns when it is gone.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
