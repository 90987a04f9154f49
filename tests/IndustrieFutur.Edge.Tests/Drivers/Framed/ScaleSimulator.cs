using System.Text;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>A scale that speaks as much MT-SICS as the tests ask for, at the far end of a link.</summary>
internal sealed class ScaleSimulator : IDisposable
{
    private readonly IByteLink _link;
    private readonly FrameReader _requests;
    private readonly Thread _thread;
    private volatile string? _answer = "S S     100.00 g";
    private volatile bool _stopping;
    private int _asked;

    public ScaleSimulator(IByteLink link)
    {
        _link = link;
        _requests = new FrameReader(link, new FrameSettings());
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What it answers to SI; null: nothing.</summary>
    public string? Answer
    {
        get => _answer;
        set => _answer = value;
    }

    /// <summary>How many requests came.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                if (_requests.TryRead(LinkClock.NowNanos() + 20_000_000, out var request))
                {
                    Interlocked.Increment(ref _asked);
                    Reply(request);
                }
            }
        }
        catch (LinkBrokenException)
        {
            // The plug was pulled: nothing left to say.
        }
    }

    private void Reply(ReadOnlySpan<byte> request)
    {
        var answer = request.SequenceEqual("SI"u8) ? _answer : "ES";
        if (answer is not null)
        {
            _link.Write(Encoding.Latin1.GetBytes(answer + "\r\n"));
        }
    }
}
