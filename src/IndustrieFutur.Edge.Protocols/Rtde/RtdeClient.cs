using System.Globalization;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>
/// The client's side of one RTDE connection, used by one thread: it negotiates, sets up what the controller is to send, and takes the
/// packages where they lie. It sends no inputs: nothing of it can move a robot.
/// </summary>
/// <param name="link">The connection; whoever opened it closes it.</param>
/// <param name="peer">The controller's address, for messages.</param>
/// <param name="stop">Ends every wait for an answer within 50 ms.</param>
public sealed class RtdeClient(IByteLink link, string peer, CancellationToken stop)
{
    /// <summary>A controller answers within two cycles; one that just boots may take a second.</summary>
    private const long AnswerNanos = 2_000_000_000;

    private const long LookEveryNanos = 50_000_000;

    private readonly RtdePacketReader _reader = new(link, peer);
    private readonly RtdePacketWriter _writer = new();
    private RtdeRecipe? _recipe;

    /// <summary>Called every 50 ms or so while an answer is awaited: for what its owner must not be late with. Must not throw.</summary>
    public Action? WhileWaiting { get; init; }

    /// <summary>When the package taken last had come.</summary>
    public long ArrivalMonoNanos => _reader.ArrivalMonoNanos;

    /// <summary>The last text of the controller; null when it sent none.</summary>
    public RtdeText? LastText { get; private set; }

    public long TextsReceived { get; private set; }

    /// <summary>Agrees on version 2 of the protocol. Throws <see cref="RtdeRefusedException"/> when the controller does not speak it.</summary>
    public void Negotiate()
    {
        link.Write(_writer.RequestProtocolVersion(RtdeLimits.ProtocolVersion));
        if (!IsAccepted(RtdePacketType.RequestProtocolVersion))
        {
            throw new RtdeRefusedException(
                $"{peer} refuses version {RtdeLimits.ProtocolVersion} of RTDE; its software is too old, or something else listens there. Update the controller, or correct \"port\".");
        }
    }

    /// <summary>Asks for the version of the controller's software.</summary>
    public RtdeControllerVersion AskControllerVersion()
    {
        link.Write(_writer.Bare(RtdePacketType.GetControllerVersion));
        return RtdeControllerVersion.TryParse(Answer(RtdePacketType.GetControllerVersion).Payload, out var version)
            ? version
            : throw Strange("the question for its version");
    }

    /// <summary>
    /// Asks for these fields at this frequency. The recipe that comes back may not be usable: its fields say why. One more may be asked for
    /// while nothing is started, but no controller promises that it forgets the one before; a new connection is sure.
    /// </summary>
    public RtdeRecipe SetUpOutputs(double frequency, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        link.Write(_writer.SetupOutputs(frequency, string.Join(',', names)));
        if (!RtdeRecipe.TryParse(names, Answer(RtdePacketType.SetupOutputs).Payload, out var recipe))
        {
            throw Strange(string.Create(CultureInfo.InvariantCulture, $"a recipe of {names.Count} fields"));
        }

        _recipe = recipe;
        _reader.PacketBytesMax = Math.Max(RtdeLimits.ControlBytesMax, RtdeLimits.HeaderBytes + 1 + recipe.Bytes);
        return recipe;
    }

    /// <summary>From now on packages come. A recipe that was refused has the number 0; none that is valid has.</summary>
    public void Start() => Switch(
        RtdePacketType.Start,
        _recipe is { Id: 0 } ? "has refused the recipe (it answers with the recipe id 0) and does not start sending; its fields or its \"frequency\" are not the controller's" : "does not start sending");

    /// <summary>No more packages; those under way are thrown away.</summary>
    public void Pause() => Switch(RtdePacketType.Pause, "does not stop sending");

    /// <summary>
    /// The values of the next package, where they lie; valid until the next call. Waits at most until then, and not at all when a package is
    /// there. False: none came. Throws <see cref="LinkBrokenException"/> when the link is gone or what comes is no RTDE.
    /// </summary>
    public bool TryReadData(long untilMonoNanos, out ReadOnlySpan<byte> values)
    {
        // Whoever sends anything but data without end does not hold us longer than that.
        var isFilled = true;
        while (!TryTakeData(out values))
        {
            if (!isFilled)
            {
                return false;
            }

            isFilled = _reader.Fill(untilMonoNanos) && _reader.ArrivalMonoNanos < untilMonoNanos;
        }

        return true;
    }

    private bool TryTakeData(out ReadOnlySpan<byte> values)
    {
        while (_reader.TryTake(out var packet))
        {
            if (IsData(packet))
            {
                values = packet.Payload[1..];
                return true;
            }

            Note(packet);
        }

        values = default;
        return false;
    }

    private bool IsData(RtdePacket packet)
    {
        if (packet.Type != RtdePacketType.DataPackage || _recipe is not { } recipe)
        {
            return false;
        }

        if (packet.Payload.IsEmpty || packet.Payload[0] != recipe.Id)
        {
            return false;
        }

        return packet.Payload.Length == recipe.Bytes + 1
            ? true
            : throw new LinkBrokenException(
                $"{peer} sends a package of {packet.Payload.Length - 1} bytes, where {recipe.Bytes} were agreed on. The connection is opened anew; if that repeats, update the controller.");
    }

    private void Note(RtdePacket packet)
    {
        if (packet.Type == RtdePacketType.TextMessage && RtdeText.TryParse(packet.Payload, out var text))
        {
            LastText = text;
            TextsReceived++;
        }
    }

    private void Switch(RtdePacketType type, string refusal)
    {
        link.Write(_writer.Bare(type));
        if (!IsAccepted(type))
        {
            throw new RtdeRefusedException($"{peer} {refusal}. Look at the controller's log on its pendant.");
        }
    }

    private bool IsAccepted(RtdePacketType type)
    {
        var payload = Answer(type).Payload;
        return !payload.IsEmpty && payload[0] == 1;
    }

    /// <summary>The next packet of this type: texts, and packages of a stream that was not paused, may come before it.</summary>
    private RtdePacket Answer(RtdePacketType type)
    {
        var until = LinkClock.NowNanos() + AnswerNanos;
        while (true)
        {
            while (_reader.TryTake(out var packet))
            {
                if (packet.Type == type)
                {
                    return packet;
                }

                Note(packet);
            }

            stop.ThrowIfCancellationRequested();
            WhileWaiting?.Invoke();
            var now = LinkClock.NowNanos();
            _reader.Fill(Math.Min(until, now + LookEveryNanos));
            if (now >= until)
            {
                throw new LinkBrokenException(
                    $"{peer} takes the connection and does not answer to {(char)type} within {AnswerNanos / 1_000_000_000} s. Is it the controller's RTDE port ({RtdeLimits.Port}), and RTDE switched on in its security settings? It is tried again.");
            }
        }
    }

    private LinkBrokenException Strange(string question) =>
        new($"{peer} gives no answer to {question} that RTDE knows. The connection is opened anew; check that the port is the controller's RTDE port ({RtdeLimits.Port}).");
}
