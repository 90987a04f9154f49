using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Damages inputs the way lines, bugs and attackers do: bits, bytes, lengths, ends, and pieces of other messages.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>Most messages are smaller, and copying the few large ones would take all the time.</summary>
    public const int BytesMax = 128 * 1024;

    /// <summary>Lengths that mean harm.</summary>
    private static readonly int[] HostileLengths =
        [int.MaxValue, int.MinValue, -1, -2, 0, 1, 65_535, 65_536, 1_048_560, 1_048_561, 16 * 1024 * 1024, 0x0FFFFFFF, 0x10000000];

    private readonly Random _random = new(seed);

    public byte[] Buffer { get; } = new byte[BytesMax];

    /// <summary>Puts a damaged copy of one of the seeds into the buffer and returns its length.</summary>
    public int Next(IReadOnlyList<byte[]> seeds)
    {
        var seed = seeds[_random.Next(seeds.Count)];
        seed.CopyTo(Buffer, 0);
        var length = seed.Length;
        for (var damages = _random.Next(1, 5); damages > 0; damages--)
        {
            length = Damage(seeds, length);
        }

        return length;
    }

    private int Damage(IReadOnlyList<byte[]> seeds, int length)
    {
        if (length == 0)
        {
            Buffer[0] = (byte)_random.Next(256);
            return 1;
        }

        var at = _random.Next(length);
        switch (_random.Next(7))
        {
            case 0:
                Buffer[at] ^= (byte)(1 << _random.Next(8));
                return length;
            case 1:
                Buffer[at] = (byte)_random.Next(256);
                return length;
            case 2:
                return at;
            case 3:
                return Hostile(at, length);
            case 4:
                return Splice(seeds[_random.Next(seeds.Count)], at, length);
            case 5:
                return Repeat(at, length);
            default:
                Buffer.AsSpan(at, length - at).Fill((byte)_random.Next(256));
                return length;
        }
    }

    private int Hostile(int at, int length)
    {
        if (length - at >= sizeof(int))
        {
            var value = _random.Next(4) == 0 ? length - at + _random.Next(-8, 8) : HostileLengths[_random.Next(HostileLengths.Length)];
            BinaryPrimitives.WriteInt32LittleEndian(Buffer.AsSpan(at), value);
        }

        return length;
    }

    private int Splice(byte[] other, int at, int length)
    {
        if (other.Length == 0)
        {
            return length;
        }

        var from = _random.Next(other.Length);
        var count = Math.Min(_random.Next(1, 64), Math.Min(other.Length - from, BytesMax - at));
        other.AsSpan(from, count).CopyTo(Buffer.AsSpan(at));
        return Math.Max(length, at + count);
    }

    /// <summary>The same piece again and again: values within values.</summary>
    private int Repeat(int at, int length)
    {
        var piece = Math.Min(_random.Next(1, 9), length - at);
        var times = _random.Next(1, 200);
        var end = at;
        for (var i = 0; i < times && end + piece <= BytesMax; i++)
        {
            Buffer.AsSpan(at, piece).CopyTo(Buffer.AsSpan(end));
            end += piece;
        }

        return Math.Max(length, end);
    }
}
