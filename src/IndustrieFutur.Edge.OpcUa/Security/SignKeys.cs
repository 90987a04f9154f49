using System.Buffers.Binary;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>Mode Sign: a signature behind each chunk, and no padding.</summary>
internal sealed class SignKeys(ReadOnlySpan<byte> signing) : SymmetricKeys
{
    private readonly ChunkSignature _signature = new(signing);

    public override int BodyBytesMax(int chunkBytes) => chunkBytes - ClearBytes - SequenceBytes - ChunkSignature.Bytes;

    public override int Protect(byte[] buffer, int start, int count)
    {
        var chunk = buffer.AsSpan(start, count + ChunkSignature.Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(chunk[4..], chunk.Length);
        _signature.Write(chunk[..count], chunk[count..]);
        return chunk.Length;
    }

    public override int Unprotect(byte[] buffer, int start, int count)
    {
        var chunk = buffer.AsSpan(start, count);
        var end = count - ChunkSignature.Bytes;
        return end >= ClearBytes + SequenceBytes && _signature.IsGood(chunk[..end], chunk[end..]) ? end : throw Failed();
    }

    protected override void Dispose(bool disposing)
    {
        _signature.Dispose();
        base.Dispose(disposing);
    }
}
