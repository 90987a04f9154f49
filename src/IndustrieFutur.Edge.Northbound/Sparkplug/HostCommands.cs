using System.Text;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Sparkplug;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>What hosts order: a rebirth is done, orders for devices go to the command door, all else is ignored and told now and then. For the receiving thread.</summary>
internal sealed class HostCommands(
    string sink, SparkplugTopics topics, DeviceQueue[] queues, EdgeNodeSession session, ICommandDoor door, TimeProvider clock, ILogger logger)
{
    private readonly RareWord _rebirth = new(clock);
    private readonly RareWord _refused = new(clock);
    private readonly RareWord _ignored = new(clock);

    /// <summary>A payload of an NCMD or DCMD; anything else is no business of ours.</summary>
    public void Hear(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic == topics.NodeCommand)
        {
            HearNode(topic, payload);
        }
        else if (topics.TryDeviceOf(topic, out var device))
        {
            HearDevice(topic, device, payload);
        }
    }

    /// <summary>Tells that a command was not even looked at, and why.</summary>
    public void Ignore(string topic, string reason)
    {
        if (_ignored.IsDue(out var untold))
        {
            logger.CommandIgnored(sink, topic, reason, untold);
        }
    }

    private void HearNode(string topic, ReadOnlySpan<byte> payload)
    {
        var reader = new SparkplugCommandReader(payload);
        while (reader.TryNext(out var command))
        {
            if (command.Name.SequenceEqual("Node Control/Rebirth"u8))
            {
                HearRebirth(command);
            }
            else
            {
                Ignore(topic, "the node knows only \"Node Control/Rebirth\".");
            }
        }

        TellMalformed(topic, reader.IsMalformed);
    }

    private void HearRebirth(in SparkplugCommand command)
    {
        if (command is not { Wire: SparkplugType.Boolean, Bits: not 0, IsNull: false })
        {
            return;
        }

        session.RequestRebirth();
        if (_rebirth.IsDue(out var untold))
        {
            logger.RebirthAsked(sink, untold);
        }
    }

    private void HearDevice(string topic, string device, ReadOnlySpan<byte> payload)
    {
        var queue = Array.Find(queues, queue => queue.Device.Id == device);
        if (queue is null)
        {
            Ignore(topic, "this node has no such device.");
            return;
        }

        var reader = new SparkplugCommandReader(payload);
        while (reader.TryNext(out var command))
        {
            if (queue.Find(command)?.Signal is not { } signal)
            {
                Ignore(topic, "the device has no such metric.");
            }
            else if (!TryValue(signal.Kind, command, out var bits, out var text))
            {
                Refuse(signal, $"the value is no {signal.Kind}.");
            }
            else if (door.Refusal(new DeviceOrder(sink, signal, bits, text, command.UtcMillis)) is { } reason)
            {
                Refuse(signal, reason);
            }
        }

        TellMalformed(topic, reader.IsMalformed);
    }

    /// <summary>The value as the signal's kind has it; false when it cannot be taken for one without loss.</summary>
    private static bool TryValue(ValueKind kind, in SparkplugCommand command, out long bits, out string text)
    {
        (bits, text) = (command.Bits, "");
        if (command.IsNull)
        {
            return false;
        }

        switch (kind, command.Wire)
        {
            case (ValueKind.Text, SparkplugType.String):
                text = Encoding.UTF8.GetString(command.Text);
                return true;
            case (ValueKind.Boolean, SparkplugType.Boolean):
            case (ValueKind.Float64, SparkplugType.Double):
            case (ValueKind.Int64 or ValueKind.UInt64, SparkplugType.Int64):
                return true;
            case (ValueKind.Float64, SparkplugType.Float):
                bits = BitConverter.DoubleToInt64Bits(BitConverter.Int32BitsToSingle((int)command.Bits));
                return true;
            case (ValueKind.Int64, SparkplugType.Int32):
                // Negative numbers of up to 32 bits come as their two's complement (6.4.16); only the datatype tells.
                bits = command.Type is SparkplugType.Int8 or SparkplugType.Int16 or SparkplugType.Int32 ? (int)command.Bits : command.Bits;
                return true;
            case (ValueKind.UInt64, SparkplugType.Int32):
                return command.Type is not (SparkplugType.Int8 or SparkplugType.Int16 or SparkplugType.Int32) || (int)command.Bits >= 0;
            default:
                return false;
        }
    }

    private void Refuse(SignalPlan signal, string reason)
    {
        if (_refused.IsDue(out var untold))
        {
            logger.OrderRefused(sink, $"{signal.Device}.{signal.Id}", reason, untold);
        }
    }

    private void TellMalformed(string topic, bool isMalformed)
    {
        if (isMalformed)
        {
            Ignore(topic, "it is no Sparkplug payload, or is cut.");
        }
    }
}
