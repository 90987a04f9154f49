using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Simulators;

/// <summary>Serves a simulated device as a Modbus RTU slave on a serial line, on a thread of its own; a line that is lost is opened again.</summary>
internal sealed class ModbusLineServer : IDisposable
{
    /// <summary>How often a waiting thread looks whether it is to stop.</summary>
    private const long LookEveryNanos = 100_000_000;

    /// <summary>Between two tries to open a line that was unplugged.</summary>
    private const long ReopenEveryNanos = 500_000_000;

    private readonly Func<IByteLink> _open;
    private readonly ModbusServer _server;
    private readonly Thread _thread;
    private IByteLink _link;
    private volatile bool _stopping;

    /// <summary>Opens the line at once, so that a mistake in its name shows where it was made.</summary>
    public ModbusLineServer(IModbusDevice device, byte unit, Func<IByteLink> open)
    {
        _open = open;
        _server = new ModbusServer(device, ModbusFraming.Rtu, unit);
        _link = open();
        _thread = new Thread(Run) { Name = "modbus rtu", IsBackground = true };
        _thread.Start();
    }

    public long Answered => _server.Answered;

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _link.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            try
            {
                _server.Serve(_link, LinkClock.NowNanos() + LookEveryNanos);
            }
            catch (LinkBrokenException)
            {
                Reopen();
            }
        }
    }

    private void Reopen()
    {
        _link.Dispose();
        while (!_stopping)
        {
            Pacer.SleepUntil(MonoClock.NowNanos() + ReopenEveryNanos);
            try
            {
                _link = _open();
                return;
            }
            catch (LinkBrokenException)
            {
                // Not back yet.
            }
        }
    }
}
