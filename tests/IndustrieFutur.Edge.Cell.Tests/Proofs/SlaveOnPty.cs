using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A Modbus slave on a pseudo-terminal under a fixed name, which can be pulled away and put back like a USB adapter.</summary>
internal sealed class SlaveOnPty : IDisposable
{
    private readonly PtyPair _pair;
    private readonly Thread _thread;
    private volatile bool _stopping;

    private SlaveOnPty(PtyPair pair)
    {
        _pair = pair;
        _thread = new Thread(Serve) { IsBackground = true, Name = "slave" };
        _thread.Start();
    }

    public static SlaveOnPty Plug(string link) => new(new PtyPair(link));

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _pair.Dispose();
    }

    private void Serve()
    {
        var server = new ModbusServer(new CountingRegisters(), ModbusFraming.Rtu, 1);
        while (!_stopping)
        {
            server.Serve(_pair.Master, LinkClock.NowNanos() + 20_000_000);
        }
    }
}
