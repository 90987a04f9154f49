using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>A program that others wrote (libmodbus, pymodbus, mbpoll, socat), run as a process for one test.</summary>
internal sealed class ForeignPeer : IDisposable
{
    private static readonly Lazy<string> Built = new(Build);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private ForeignPeer(Process process) => _process = process;

    /// <summary>Starts a program that prints "ready" when it is.</summary>
    public static ForeignPeer Start(string program, params string[] arguments)
    {
        var peer = Launch(program, arguments);
        var said = peer._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        if (!said.Wait(Patience, TestContext.Current.CancellationToken) || said.Result != "ready")
        {
            peer.Dispose();
            Assert.Fail($"{program} did not get ready: {(said.IsCompleted ? said.Result : "silence")}");
        }

        return peer;
    }

    /// <summary>Starts two pseudo-terminals joined by socat: what goes in at one comes out at the other.</summary>
    public static ForeignPeer Cable(string first, string second)
    {
        var peer = Launch("socat", $"pty,raw,echo=0,link={first}", $"pty,raw,echo=0,link={second}");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(first) && File.Exists(second), Patience), "socat made no pseudo-terminals");
        return peer;
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static (int ExitCode, string Said) Run(string program, params string[] arguments)
    {
        using var peer = Launch(program, arguments);
        var said = peer._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = peer._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(peer._process.WaitForExit(Patience), $"{program} does not end");
        return (peer._process.ExitCode, said.Result + complained.Result);
    }

    /// <summary>A peer in C of tests/peers, compiled once.</summary>
    public static string Compiled(string name) => Path.Combine(Built.Value, name);

    /// <summary>A peer in Python of tests/peers.</summary>
    public static string Script(string name) => Path.Combine(Repository(), "tests", "peers", name);

    /// <summary>The Python that the distribution's packages belong to.</summary>
    public static string Python => "/usr/bin/python3";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Tells it to end and returns what it still says.</summary>
    public string Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.True(_process.WaitForExit(Patience), "the peer does not end");
        return _process.StandardOutput.ReadToEnd();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static ForeignPeer Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return new ForeignPeer(Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started."));
    }

    private static string Build()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "modbus-peers");
        var (exitCode, said) = Run("bash", Path.Combine(Repository(), "tests", "peers", "build"), folder);
        return exitCode == 0 ? folder : throw new InvalidOperationException(said);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndustrieFutur.Edge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
