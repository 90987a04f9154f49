using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>A terminal that has no room for every signal shows some of each device, and what is Bad.</summary>
public sealed class LiveTableTests
{
    [Fact]
    public void Each_device_shows_its_first_signals_in_the_order_of_the_configuration()
    {
        var signals = Signals(("cobot", 50), ("plc", 20), ("scanner", 1));

        var chosen = LiveTable.Chosen(signals, rows: 7).Select(Name);

        Assert.Equal(["cobot.0", "cobot.1", "cobot.2", "plc.0", "plc.1", "plc.2", "scanner.0"], chosen);
    }

    [Fact]
    public void What_is_Bad_is_shown_first_wherever_it_stands_and_what_awaits_its_first_value_is_not_Bad()
    {
        var signals = Signals(("cobot", 50), ("plc", 20));
        signals[45] = signals[45] with { Status = StatusCode.BadNoCommunication };
        signals[47] = signals[47] with { Status = StatusCode.BadWaitingForInitialData };

        var chosen = LiveTable.Chosen(signals, rows: 3).Select(Name);

        Assert.Equal(["cobot.45", "cobot.0", "plc.0"], chosen);
    }

    [Fact]
    public void With_room_for_all_all_are_shown_as_they_come()
    {
        var signals = Signals(("cobot", 3), ("plc", 2));

        Assert.Equal(signals, LiveTable.Chosen(signals, rows: 5));
    }

    private static string Name(SignalView signal) => $"{signal.Device}.{signal.Signal}";

    private static SignalView[] Signals(params (string Device, int Count)[] devices) =>
        [.. devices.SelectMany(device => Enumerable.Range(0, device.Count).Select(number => Good(device.Device, $"{number}")))];

    private static SignalView Good(string device, string signal) =>
        new(device, signal, signal, SignalValue.None, "", "Good", StatusCode.Good, 0, "", 1, 1);
}
