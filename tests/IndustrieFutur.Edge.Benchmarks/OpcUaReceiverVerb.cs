using System.Globalization;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Our client as a process of its own: does what each line on its standard input says, as node-opcua's client beside it does.</summary>
internal sealed class OpcUaReceiverVerb(OpcUaReceiver receiver, TimeSpan publishing) : IDisposable
{
    private readonly ManualResetEventSlim _done = new();

    /// <summary>What the link's thread is to do next: nothing while empty, end when null.</summary>
    private volatile string? _order = "stop";

    public static int Run(string url, string policy, string publishingMillis, string items)
    {
        using var receiver = new OpcUaReceiver(url, policy, int.Parse(items, CultureInfo.InvariantCulture));
        using var verb = new OpcUaReceiverVerb(receiver, TimeSpan.FromMilliseconds(int.Parse(publishingMillis, CultureInfo.InvariantCulture)));
        var link = new Thread(verb.StepAlways) { Name = "link" };
        link.Start();
        verb._done.Wait();
        Console.WriteLine("=ready");
        verb.Obey();
        link.Join();
        return 0;
    }

    public void Dispose() => _done.Dispose();

    private void Obey()
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(line == "count" ? $"={receiver.Values}" : $"={Order(line)}");
        }

        _order = null;
    }

    /// <summary>The link's thread does it, because it alone may use the session.</summary>
    private string Order(string order)
    {
        _done.Reset();
        _order = order;
        _done.Wait();
        return receiver.Refused == 0 ? order : throw new InvalidOperationException($"The ring refused {receiver.Refused} values: there is no figure.");
    }

    private void StepAlways()
    {
        while (_order is { } order)
        {
            if (order.Length > 0)
            {
                Do(order);
            }

            receiver.Step();
        }
    }

    private void Do(string order)
    {
        if (order == "start")
        {
            receiver.WatchAll(publishing);
        }
        else
        {
            receiver.WatchNothing(publishing);
        }

        _order = "";
        _done.Set();
    }
}
