using System.Buffers.Binary;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>Mode None: nothing is added, nothing is checked.</summary>
internal sealed class NoKeys : SymmetricKeys
{
    public override int BodyBytesMax(int chunkBytes) => chunkBytes - ClearBytes - SequenceBytes;

    public override int Protect(byte[] buffer, int start, int count)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start + 4), count);
        return count;
    }

    public override int Unprotect(byte[] buffer, int start, int count) =>
        count >= ClearBytes + SequenceBytes ? count : throw Failed();
}
