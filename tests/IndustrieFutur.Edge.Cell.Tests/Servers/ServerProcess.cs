using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A server as a process of this machine: loopback only, a port and a temporary folder of its own. It can be killed and started again.</summary>
internal sealed class ServerProcess : IServerHost
{
    /// <summary>InfluxDB needs the longest, some 2 s; the rest is for a machine that builds at the same time.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Enough to see why a server refused to start, without keeping the log of a long run.</summary>
    private const int LogLinesKept = 40;

    private readonly ServerRecipe _recipe;
    private readonly ServerPlace _place;
    private readonly string _program;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    private ServerProcess(ServerRecipe recipe, string program, int port)
    {
        _recipe = recipe;
        _program = program;
        var folder = Directory.CreateTempSubdirectory($"edge-{recipe.Program}-").FullName;
        _place = new ServerPlace("127.0.0.1", port, folder, Path.Combine(folder, "server.conf"));
    }

    public string HostName => _place.Address;

    public int Port => _place.Port;

    public string Description => $"process {_program}";

    /// <summary>Where it keeps its data.</summary>
    public string Folder => _place.Folder;

    /// <summary>The program's path, or null when it is not installed. Debian keeps servers in sbin, which is not on every user's PATH.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static async Task<ServerProcess> StartAsync(ServerRecipe recipe, string program, CancellationToken cancellation)
    {
        // Between asking for a free port and listening on it another process may take it: three tries make that a curiosity.
        for (var attempt = 1; ; attempt++)
        {
            var server = new ServerProcess(recipe, program, FreePort.Next());
            try
            {
                await server.StartAsync(cancellation);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Starts it, for the first time or again: same port, same folder.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (_process is { HasExited: false })
        {
            throw new InvalidOperationException($"{_recipe.Name} on port {Port} runs already: kill it before it is started again.");
        }

        if (_recipe.Configuration is { } configuration)
        {
            await File.WriteAllTextAsync(_place.ConfigurationFile, configuration(_place), cancellation);
        }

        _process?.Dispose();
        _process = Spawn();
        var process = _process;
        await Until.TrueAsync(
            $"{_recipe.Name} to answer on port {Port}",
            StartDeadline,
            async token => process.HasExited ? throw Ended(process) : await AnswersAsync(token),
            cancellation);
    }

    /// <summary>Stops it where it stands (SIGSTOP): its connections stay open and nothing answers.</summary>
    public void Freeze()
    {
        using var stop = System.Diagnostics.Process.Start("kill", ["-STOP", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        stop.WaitForExit();
    }

    /// <summary>Ends it as a power cut would (SIGKILL) and returns when it is gone.</summary>
    public void Kill()
    {
        if (_process is null or { HasExited: true })
        {
            return;
        }

        _process.Kill();
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        if (Directory.Exists(_place.Folder))
        {
            Directory.Delete(_place.Folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private Process Spawn()
    {
        var start = new ProcessStartInfo(_program, _recipe.Arguments(_place))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _place.Folder,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} could not be started.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        while (_log.Count > LogLinesKept)
        {
            _log.TryDequeue(out _);
        }
    }

    private InvalidOperationException Ended(Process process)
    {
        // Without a time, this also waits until the last lines of its output have been read.
        process.WaitForExit();
        return new($"{_recipe.Name} ({_program}) ended at once with code {process.ExitCode}. It said: {string.Join(" | ", _log)}");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            if (_recipe.ReadyPath is { } path)
            {
                return await HttpProbe.SucceedsAsync(new Uri($"http://127.0.0.1:{Port}{path}"), cancellation);
            }

            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
