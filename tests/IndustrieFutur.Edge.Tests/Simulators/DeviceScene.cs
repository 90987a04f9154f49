using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Tests.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Simulators;

/// <summary>A simulated device, the clock that the test steps, and the lines on which it is reached.</summary>
internal sealed class DeviceScene : IDisposable
{
    private readonly SimulationClock _clock = new();
    private readonly List<IByteLink> _opened = [];

    public DeviceScene(ISimulatedDevice device, LineProtocol protocol)
    {
        _clock.Add(device);
        Lines = new DeviceLines(protocol);
    }

    public DeviceLines Lines { get; }

    /// <summary>Lets the cell's time pass at once.</summary>
    public void Run(double seconds) => _clock.Step((int)(seconds * SimulatedTime.TicksPerSecond));

    /// <summary>Runs the cell tick by tick until it is as expected; a minute of its time at most.</summary>
    public void RunUntil(Func<bool> isReached)
    {
        for (var tick = 0; !isReached(); tick++)
        {
            Assert.True(tick < 60 * SimulatedTime.TicksPerSecond, "not within a minute of the cell's time");
            _clock.Step(1);
        }
    }

    /// <summary>The far end of the device's pseudo-terminal.</summary>
    public IByteLink OpenPty()
    {
        Lines.OpenPty();
        var link = SerialLine.Open(Lines.PtyPath!, SerialImplementation.Auto);
        _opened.Add(link);
        return link;
    }

    public void Dispose()
    {
        _opened.ForEach(link => link.Dispose());
        Lines.Dispose();
        _clock.Dispose();
    }
}
