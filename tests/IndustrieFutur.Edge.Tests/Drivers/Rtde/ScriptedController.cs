using System.Buffers.Binary;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>A controller at the far end of a link in memory: it answers at once, and sends what the test makes, when the test says so.</summary>
internal sealed class ScriptedController : IByteLink
{
    private readonly RtdePacketWriter _writer = new();
    private readonly Queue<byte[]> _toRead = new();
    private string[] _names = [];

    /// <summary>What it answers in the place of a type: NOT_FOUND, IN_USE, another type.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public bool AcceptsVersion { get; set; } = true;

    /// <summary>Times that the link was opened.</summary>
    public int Opened { get; private set; }

    /// <summary>What each connection asked for.</summary>
    public List<string> Recipes { get; } = [];

    public bool IsBroken { get; set; }

    public ScriptedController Open()
    {
        Opened++;
        _toRead.Clear();
        return this;
    }

    /// <summary>A package with this timestamp; every other value is what <paramref name="value"/> says of its field, element by element.</summary>
    public void Send(double timestamp, Func<string, int, double> value) => _toRead.Enqueue(Package(timestamp, value));

    public void Send(RtdeText text) => _toRead.Enqueue(_writer.Text(text).ToArray());

    public byte[] Package(double timestamp, Func<string, int, double> value)
    {
        var package = new byte[ushort.MaxValue];
        package[2] = (byte)RtdePacketType.DataPackage;
        package[3] = 1;
        var at = RtdeLimits.HeaderBytes + 1;
        foreach (var name in _names)
        {
            var type = TypeOf(name);
            for (var element = 0; element < RtdeFieldTypes.ElementsOf(type); element++)
            {
                Put(package.AsSpan(at), RtdeFieldTypes.ElementOf(type), name == RtdeFields.Timestamp ? timestamp : value(name, element));
                at += RtdeFieldTypes.ElementBytesOf(type);
            }
        }

        BinaryPrimitives.WriteUInt16BigEndian(package, (ushort)at);
        return package[..at];
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        if (IsBroken)
        {
            throw new LinkBrokenException("The robot is gone.");
        }

        if (!_toRead.TryDequeue(out var bytes))
        {
            return 0;
        }

        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var type = (RtdePacketType)bytes[2];
        _toRead.Enqueue(type switch
        {
            RtdePacketType.RequestProtocolVersion => _writer.Accepted(type, AcceptsVersion).ToArray(),
            RtdePacketType.GetControllerVersion => _writer.ControllerVersion(new RtdeControllerVersion(5, 25, 1, 0)).ToArray(),
            RtdePacketType.SetupOutputs => SetUp(bytes[(RtdeLimits.HeaderBytes + 8)..]),
            _ => _writer.Accepted(type, true).ToArray(),
        });
    }

    /// <inheritdoc/>
    public void DiscardInput() => _toRead.Clear();

    public void Dispose()
    {
        // It is opened again.
    }

    private byte[] SetUp(ReadOnlySpan<byte> names)
    {
        var list = Encoding.ASCII.GetString(names);
        Recipes.Add(list);
        _names = list.Split(',');
        var answers = _names.Select(name => Answers.TryGetValue(name, out var answer) ? answer : RtdeFieldTypes.NameOf(TypeOf(name)));
        return _writer.OutputTypes(1, string.Join(',', answers)).ToArray();
    }

    private RtdeFieldType TypeOf(string name) =>
        Answers.TryGetValue(name, out var answer) && RtdeFieldTypes.TryParse(answer, out var other) ? other
        : RtdeFields.TryFind(name, out var type) ? type : RtdeFieldType.Double;

    private static void Put(Span<byte> at, RtdeFieldType element, double value)
    {
        switch (element)
        {
            case RtdeFieldType.Bool: at[0] = value != 0 ? (byte)1 : (byte)0; break;
            case RtdeFieldType.UInt8: at[0] = (byte)value; break;
            case RtdeFieldType.UInt32: BinaryPrimitives.WriteUInt32BigEndian(at, (uint)value); break;
            case RtdeFieldType.Int32: BinaryPrimitives.WriteInt32BigEndian(at, (int)value); break;
            case RtdeFieldType.UInt64: BinaryPrimitives.WriteUInt64BigEndian(at, (ulong)value); break;
            default: BinaryPrimitives.WriteDoubleBigEndian(at, value); break;
        }
    }
}
