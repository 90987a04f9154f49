using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>A client that does nothing wrong: it reads the server's clock again and again in one session, and must never lose it.</summary>
internal sealed class HonestClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly UaSession _session;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private volatile Exception? _failure;
    private int _reads;

    /// <param name="session">Connected; this owns it from now on.</param>
    public HonestClient(UaSession session)
    {
        _session = session;
        _thread = new Thread(ReadAlways) { IsBackground = true, Name = "honest client" };
        _thread.Start();
    }

    /// <summary>Ends it and says how often it has read; throws what went wrong.</summary>
    public int Leave()
    {
        _stop.Cancel();
        _thread.Join();
        if (_failure is { } failure)
        {
            throw new InvalidOperationException($"An honest client lost its session after {_reads} reads: {failure.Message}", failure);
        }

        Assert.Equal((1, 0), (_session.Counters.SessionsCreated, _session.Counters.Timeouts));
        return _reads;
    }

    public static void Read(UaSession session)
    {
        var read = session.Invoke(new ReadRequest { NodesToRead = [new() { NodeId = new NodeId(0, NodeIds.ServerStatusCurrentTime), AttributeId = AttributeIds.Value }] });
        Assert.Equal(StatusCodes.Good, read.Results![0].Status);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _session.Dispose();
        _stop.Dispose();
    }

    private void ReadAlways()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                Read(_session);
                _reads++;
                _session.Pump(MonoTime.NowNanos() + (Pause.Ticks * TimeSpan.NanosecondsPerTick));
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is told when the client leaves.
        catch (Exception failure)
        {
            _failure = failure;
        }
#pragma warning restore CA1031
    }
}
