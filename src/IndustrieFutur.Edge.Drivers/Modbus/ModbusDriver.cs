using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>
/// Reads every Modbus device on one serial line or connection: one request a step, the group that has been due longest first. Once
/// connected it allocates nothing.
/// </summary>
public sealed partial class ModbusDriver : ILinkDriver
{
    public static readonly DriverKind Kind = new(
        "modbus",
        typeof(ModbusOptions),
        device => ((ModbusOptions)device).LinkKey,
        (first, second) => ((ModbusOptions)first).QuarrelWith((ModbusOptions)second),
        (devices, writer, statistics, _) => new ModbusDriver(devices, writer, statistics.ModbusUnits))
    {
        StatisticsBytes = static devices => devices.Count * ModbusUnitStatistics.BytesNeeded,
        Statistics = static (devices, memory) => new DriverStatistics { ModbusUnits = ModbusBindings.Statistics(devices, memory) },
    };

    /// <summary>A TCP connection on which every unit stayed silent so often in a row is half open: its other end is gone without a word.</summary>
    private const int SilencesOfDeadConnection = 3;

    /// <summary>A device may be busy for two rounds without its last values being put in doubt.</summary>
    private const int BusyRoundsMax = 3;

    /// <summary>A link nothing is asked on is looked at so often: one that is gone shows within a second, whatever the intervals.</summary>
    private const long LookEveryNanos = 500_000_000;

    /// <summary>On a line that is never idle a trial of refused addresses waits so long for a gap, and then takes the time of one request.</summary>
    private const long TrialPatienceNanos = 10_000_000_000;

    private readonly SampleWriter _writer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, IByteLink> _open;
    private readonly ModbusClientSettings _settings;
    private readonly bool _isTcp;
    private readonly string _linkName;
    private readonly ModbusUnit[] _units;
    private readonly ModbusPoll[] _polls;

    // Latin-1 characters take two bytes as UTF-8.
    private readonly byte[] _text = new byte[4 * ModbusLimits.RegistersPerReadMax];

    private IByteLink? _link;
    private ModbusClient? _client;
    private int _silences;
    private long _lookedMonoNanos;

    internal ModbusDriver(
        IReadOnlyList<DeviceBinding> devices,
        SampleWriter writer,
        IReadOnlyList<ModbusUnitStatistics> statistics,
        Func<CancellationToken, IByteLink>? open = null)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(writer);
        var first = (ModbusOptions)devices[0].Options;
        _writer = writer;
        _open = open ?? first.OpenLink;
        _isTcp = first.Tcp is not null;
        _linkName = first.LinkKey;
        _settings = first.ClientSettings(devices.Select(device => (ModbusOptions)device.Options));
        (_units, _polls) = ModbusBindings.Bind(devices, statistics);
        _targets = TargetsOf(devices, _units);
        Statistics = statistics;
    }

    /// <summary>One entry per device, in the order of the plan.</summary>
    public IReadOnlyList<ModbusUnitStatistics> Statistics { get; }

    /// <inheritdoc/>
    public bool HasAnswered { get; private set; }

    /// <inheritdoc/>
    public void Connect()
    {
        Disconnect();
        try
        {
            _link = _open(_stop.Token);
        }
        catch (LinkBrokenException broken)
        {
            NoteLinkLost();
            throw new LinkLostException(broken.Message, broken);
        }

        _client = new ModbusClient(_link, _settings) { Stopping = _stop.Token };
        _silences = 0;
        var now = MonoClock.NowNanos();
        _lookedMonoNanos = now;
        foreach (var unit in _units)
        {
            unit.Reset();
        }

        foreach (var poll in _polls)
        {
            poll.SetStatuses(0, poll.Items.Length, StatusCode.Good);
            poll.StartOver(now);
        }
    }

    /// <inheritdoc/>
    public long Step(long monoNow)
    {
        var client = _client ?? throw new InvalidOperationException("The driver steps before it is connected.");
        try
        {
            AskOrLook(client, monoNow);
        }
        catch (LinkBrokenException broken)
        {
            NoteLinkLost();
            throw new LinkLostException(broken.Message, broken);
        }

        return NextDue();
    }

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Disconnect()
    {
        HasAnswered = false;
        _client = null;
        _link?.Dispose();
        _link = null;
    }

    public void Dispose()
    {
        Disconnect();
        _stop.Dispose();
    }

    private static long Ready(ModbusPoll poll) => Math.Max(poll.DueMonoNanos, poll.Unit.NotBeforeMonoNanos);

    private static long TrialReady(ModbusPoll poll) => Math.Max(poll.TrialMonoNanos, poll.Unit.NotBeforeMonoNanos);

    private void AskOrLook(ModbusClient client, long monoNow)
    {
        var urgent = MostUrgent(monoNow);
        var refused = LongestRefused(monoNow);
        if (refused is not null && (urgent is null || monoNow - refused.TrialMonoNanos >= TrialPatienceNanos))
        {
            _lookedMonoNanos = monoNow;
            TryRefused(client, refused, monoNow);
            return;
        }

        if (urgent is not null)
        {
            _lookedMonoNanos = monoNow;
            Ask(client, urgent, monoNow);
            return;
        }

        if (monoNow - _lookedMonoNanos >= LookEveryNanos)
        {
            _lookedMonoNanos = monoNow;
            client.Look();
        }
    }

    private ModbusPoll? MostUrgent(long monoNow)
    {
        ModbusPoll? urgent = null;
        foreach (var poll in _polls)
        {
            if (Ready(poll) <= monoNow && (urgent is null || poll.TurnMonoNanos < urgent.TurnMonoNanos))
            {
                urgent = poll;
            }
        }

        return urgent;
    }

    private ModbusPoll? LongestRefused(long monoNow)
    {
        ModbusPoll? longest = null;
        foreach (var poll in _polls)
        {
            if (TrialReady(poll) <= monoNow && (longest is null || poll.TrialMonoNanos < longest.TrialMonoNanos))
            {
                longest = poll;
            }
        }

        return longest;
    }

    private long NextDue()
    {
        var next = _lookedMonoNanos + LookEveryNanos;
        foreach (var poll in _polls)
        {
            next = Math.Min(next, Math.Min(Ready(poll), TrialReady(poll)));
        }

        return next;
    }

    private void Ask(ModbusClient client, ModbusPoll poll, long monoNow)
    {
        var unit = poll.Unit;
        var wasSilent = unit.Statistics.IsSilent;
        poll.Begin(monoNow);
        ref var block = ref poll.Current;
        var result = Request(client, unit, block, monoNow, out var data, out var now);
        if (IsSilence(result))
        {
            poll.GiveWay(now);
            return;
        }

        if (result.IsOk)
        {
            block.BusyRounds = 0;
            WriteValues(poll, block, data, client.ArrivalMonoNanos);
        }

        if (wasSilent)
        {
            StartOver(unit, now);
            return;
        }

        if (result.IsOk)
        {
            unit.Statistics.MissedRounds += poll.Advance(monoNow);
            return;
        }

        Refused(poll, result.Exception, client.ArrivalMonoNanos, monoNow);
    }

    /// <summary>Asks once more for what the device did not know: while it boots it may not know what it has.</summary>
    private void TryRefused(ModbusClient client, ModbusPoll poll, long monoNow)
    {
        var unit = poll.Unit;
        var wasSilent = unit.Statistics.IsSilent;
        ref var block = ref poll.Trial;
        var result = Request(client, unit, block, monoNow, out var data, out var now);
        if (IsSilence(result))
        {
            poll.EndTrial(now);
            return;
        }

        if (result.IsOk)
        {
            WriteValues(poll, block, data, client.ArrivalMonoNanos);
        }

        if (wasSilent)
        {
            StartOver(unit, now);
            return;
        }

        if (result.IsOk || (block.ItemCount > 1 && IsOfAddresses(result.Exception)))
        {
            poll.EndTrialWithNews(now);
            return;
        }

        poll.EndTrial(now);
    }

    /// <summary>One round trip, and what it says of the unit.</summary>
    private ModbusResult Request(
        ModbusClient client, ModbusUnit unit, in ModbusBlock block, long monoNow, out ReadOnlySpan<byte> data, out long now)
    {
        var crcErrors = client.CrcErrors;
        client.Timeout = unit.Timeout;
        var result = client.Read(unit.Number, block.Table, (ushort)block.Start, block.Count, out data);

        // The caller's clock may be a test's; what is measured while waiting is not.
        now = Math.Max(monoNow, MonoClock.NowNanos());
        Note(unit, result, client.CrcErrors - crcErrors, now);
        if (result.Outcome == ModbusOutcome.Timeout)
        {
            LoseHalfOpenConnection();
        }

        return result;
    }

    /// <summary>What a round trip says of its unit, whatever it was for.</summary>
    private void Note(ModbusUnit unit, ModbusResult result, long crcErrors, long now)
    {
        var isTimeout = result.Outcome == ModbusOutcome.Timeout;
        unit.Statistics.Requests++;
        unit.Statistics.CrcErrors += crcErrors;
        unit.Statistics.Timeouts += isTimeout ? 1 : 0;
        unit.Statistics.Exceptions += isTimeout || result.IsOk ? 0 : 1;
        _silences = isTimeout ? _silences + 1 : 0;
        if (IsSilence(result))
        {
            Silent(unit, now);
            return;
        }

        HasAnswered = true;
        unit.Answered(now);
        unit.IsLost = false;
    }

    /// <summary>A gateway that finds no unit lives itself, the unit behind it does not: silence, as far as the unit goes.</summary>
    private static bool IsSilence(ModbusResult result) =>
        result.Outcome == ModbusOutcome.Timeout
        || result.Exception is ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond;

    private static bool IsOfAddresses(ModbusExceptionCode code) =>
        code is ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue;

    /// <summary>
    /// The unit is back from silence: it was restarted, maybe with another program, so what it refused before says nothing. Rounds
    /// that were due in the silence were not missed by us; they begin anew from here.
    /// </summary>
    private void StartOver(ModbusUnit unit, long now)
    {
        foreach (var poll in _polls)
        {
            if (poll.Unit == unit)
            {
                poll.StartOver(now);
            }
        }
    }

    private void Silent(ModbusUnit unit, long now)
    {
        if (unit.FellSilent(now))
        {
            Lose(unit, now);
        }
    }

    private void LoseHalfOpenConnection()
    {
        if (!_isTcp || _silences < SilencesOfDeadConnection || Array.Exists(_units, static unit => unit.Silences == 0))
        {
            return;
        }

        NoteLinkLost();
        throw new LinkLostException(
            $"The connection to {_linkName} is open but nothing answered {_silences} requests in a row; it is closed and opened again. "
            + "Check that the device runs, that its Modbus server is on, and that \"unit\" is right.");
    }

    private void Refused(ModbusPoll poll, ModbusExceptionCode code, long arrivalMonoNanos, long monoNow)
    {
        ref var block = ref poll.Current;
        if (IsOfAddresses(code) && block.ItemCount > 1)
        {
            poll.SplitCurrent();
            return;
        }

        switch (code)
        {
            case ModbusExceptionCode.IllegalFunction or ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue:
                poll.RefuseCurrent(monoNow);
                WriteStatus(poll, block, StatusCode.BadConfigurationError, arrivalMonoNanos);
                break;
            case ModbusExceptionCode.Acknowledge or ModbusExceptionCode.ServerDeviceBusy:
                block.BusyRounds++;
                if (block.BusyRounds >= BusyRoundsMax)
                {
                    WriteStatus(poll, block, StatusCode.Bad, arrivalMonoNanos);
                }

                break;
            default:
                WriteStatus(poll, block, StatusCode.BadDeviceFailure, arrivalMonoNanos);
                break;
        }

        poll.Unit.Statistics.MissedRounds += poll.Advance(monoNow);
    }

    /// <summary>The runner marks every signal of a lost link; what was said of blocks and units before is overwritten by it.</summary>
    private void NoteLinkLost()
    {
        foreach (var unit in _units)
        {
            NoteLost(unit);
        }
    }

    private void Lose(ModbusUnit unit, long now)
    {
        if (unit.IsLost)
        {
            return;
        }

        NoteLost(unit);
        foreach (var signal in unit.Signals)
        {
            _writer.Write(signal, StatusCode.BadNoCommunication, 0, now);
        }
    }

    private void NoteLost(ModbusUnit unit)
    {
        unit.IsLost = true;
        foreach (var poll in _polls)
        {
            if (poll.Unit == unit)
            {
                poll.SetStatuses(0, poll.Items.Length, StatusCode.BadNoCommunication);
            }
        }
    }

    /// <summary>Marks those of a block's signals for which it is news.</summary>
    private void WriteStatus(ModbusPoll poll, in ModbusBlock block, uint status, long arrivalMonoNanos)
    {
        for (var i = block.FirstItem; i < block.FirstItem + block.ItemCount; i++)
        {
            if (poll.Statuses[i] != status)
            {
                poll.Statuses[i] = status;
                _writer.Write(poll.Items[i].Signal, status, 0, arrivalMonoNanos);
            }
        }
    }

    private void WriteValues(ModbusPoll poll, in ModbusBlock block, ReadOnlySpan<byte> data, long arrivalMonoNanos)
    {
        poll.SetStatuses(block.FirstItem, block.ItemCount, StatusCode.Good);
        foreach (ref readonly var item in poll.Items.AsSpan(block.FirstItem, block.ItemCount))
        {
            var offset = item.Start - block.Start;
            if (item.Table.HoldsBits())
            {
                Write(item.Signal, ModbusValue.PackedBit(data, offset), arrivalMonoNanos);
                continue;
            }

            var registers = data.Slice(2 * offset, 2 * item.Length);
            switch (item.Type)
            {
                case ModbusType.Bool:
                    Write(item.Signal, ModbusValue.Bit(registers, item.Bit), arrivalMonoNanos);
                    break;
                case ModbusType.String:
                    var length = ModbusValue.DecodeText(registers, item.Order, _text);
                    _writer.WriteText(item.Signal, StatusCode.Good, _text.AsSpan(0, length), arrivalMonoNanos);
                    break;
                default:
                    var bits = ModbusValue.Decode(registers, item.Type, item.Order);
                    _writer.Write(item.Signal, StatusCode.Good, item.BitCount == 0 ? bits : item.Bits(bits), arrivalMonoNanos);
                    break;
            }
        }
    }

    private void Write(int signal, bool value, long arrivalMonoNanos) =>
        _writer.Write(signal, StatusCode.Good, value ? 1 : 0, arrivalMonoNanos);
}
