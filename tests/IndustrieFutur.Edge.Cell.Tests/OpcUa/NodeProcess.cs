using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>A running program of tests/peers/opcua: a JSON object a line on its standard output, words on its standard input, the end of its errors kept.</summary>
internal sealed class NodeProcess : IDisposable
{
    /// <summary>Enough to see why it ended; node-opcua warns at length.</summary>
    private const int ErrorLinesKept = 60;

    private readonly Process _process;
    private readonly Channel<JsonObject> _said = Channel.CreateUnbounded<JsonObject>();
    private readonly Queue<string> _errors = new();

    public NodeProcess(string script, IEnumerable<string> arguments)
    {
        _process = Process.Start(NodePeers.Program(script, arguments))!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The end of what it wrote to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    /// <summary>The next object that it says; fails when it says none in time, or ends.</summary>
    public async Task<JsonObject> HearAsync(string expectedEvent, TimeSpan limit, CancellationToken cancellation)
    {
        var said = await HearAnyAsync(limit, cancellation, expectedEvent);
        return (string?)said["event"] == expectedEvent
            ? said
            : throw new InvalidOperationException($"The foreign peer said {said.ToJsonString()} instead of \"{expectedEvent}\".");
    }

    /// <summary>The next object that it says, whatever it is.</summary>
    public async Task<JsonObject> HearAnyAsync(TimeSpan limit, CancellationToken cancellation, string expectedEvent = "anything")
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(limit);
        try
        {
            return await _said.Reader.ReadAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The foreign peer did not say \"{expectedEvent}\" within {limit.TotalSeconds} s. Its errors: {Errors}");
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException($"The foreign peer ended instead of saying \"{expectedEvent}\". Its errors: {Errors}");
        }
    }

    /// <summary>Gives it a line and waits for the answer to it.</summary>
    public async Task<JsonObject> AskAsync(string line, TimeSpan limit, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        return await HearAsync(line.Split(' ')[0], limit, cancellation);
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    public void Kill()
    {
        _process.Kill();
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

    private void Hear(string? line)
    {
        if (line is null)
        {
            _said.Writer.TryComplete();
            return;
        }

        try
        {
            _said.Writer.TryWrite(JsonNode.Parse(line)!.AsObject());
        }
        catch (JsonException)
        {
            // Killed in the middle of a line, or a package that writes past our redirection.
            Keep(line);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > ErrorLinesKept)
            {
                _errors.Dequeue();
            }
        }
    }
}
