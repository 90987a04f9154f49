using System.Diagnostics;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>A server or a client in a process of its own, so that its CPU is counted apart; asked and answering a line at a time.</summary>
internal sealed class BenchChild : IDisposable
{
    /// <summary>The slowest answer is node-opcua's creation of 10,000 items, some seconds here; more says that nothing will come.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _name;

    public BenchChild(string name, ProcessStartInfo start)
    {
        _name = name;
        start.RedirectStandardError = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public int ProcessId => _process.Id;

    public long CpuNanos => ProcessCpu.NanosOf(_process.Id);

    /// <summary>A verb of this very program, compiled whole at once: a figure is of a service that has run for long, not of its compiler.</summary>
    public static BenchChild Ours(string verb, params string[] words)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [verb, .. words]);
        start.Environment["DOTNET_TieredCompilation"] = "0";
        return new BenchChild(verb, start);
    }

    /// <summary>Tells the child one thing and waits for the line that answers it.</summary>
    public string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        return Answer();
    }

    /// <summary>The next line that begins with "=": all else is what a foreign program has to say.</summary>
    public string Answer()
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        while (true)
        {
            var line = Line(limit.Token) ?? throw new InvalidOperationException($"{_name} has ended; what it said is above.");
            if (line.StartsWith('='))
            {
                return line[1..].Trim();
            }

            Console.WriteLine($"{_name}: {line}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private string? Line(CancellationToken limit)
    {
        try
        {
            return _process.StandardOutput.ReadLineAsync(limit).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"{_name} has not answered within {AnswerLimit.TotalSeconds:0} s.");
        }
    }
}
