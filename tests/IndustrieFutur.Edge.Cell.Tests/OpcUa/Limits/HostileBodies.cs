using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>Requests of every service whose lengths are lies, or that hold values within values within values: each gets a ServiceFault, and its channel lives.</summary>
internal sealed class HostileBodies(Visitors visitors, bool isEncrypted)
{
    /// <summary>A server that believed one of these would look for memory, or for bytes that never come.</summary>
    private static readonly int[] Claims = [int.MaxValue, int.MaxValue - 7, 0x0FFF_FFFF, 65_537];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Anything may happen to a message whose numbers were changed blindly; most are answered at once.</summary>
    private static readonly TimeSpan Glimpse = TimeSpan.FromMilliseconds(2);

    /// <summary>How many requests were refused; fails at the first that was not.</summary>
    public int ClaimTooMuch()
    {
        using var session = WireSession.Open(visitors, isEncrypted);
        var recorded = Recording.Make(session);
        var empty = recorded.Select(request => (IUaRequest)Activator.CreateInstance(request.GetType())!).ToList();
        Assert.Equal(27, recorded.Select(request => request.EncodingId).Distinct().Count());
        return recorded.Concat(empty).Sum(request => ClaimTooMuch(session, request));
    }

    /// <summary>Each place of each request is made a length that is a lie, whatever stood there.</summary>
    public int ClaimAnywhere()
    {
        var count = 0;
        using var model = WireSession.Open(visitors, isEncrypted);
        foreach (var type in Recording.Make(model).Select(request => request.EncodingId).Distinct())
        {
            using var session = WireSession.Open(visitors, isEncrypted);
            var request = Recording.Make(session).First(request => request.EncodingId == type);
            var body = RawRequest.BodyOf(request);
            for (var at = 0; at <= body.Length - sizeof(int); at++, count++)
            {
                session.Await(session.Post(new RawRequest(type, Claiming(body, at, int.MaxValue))), Glimpse);
            }

            Assert.True(session.Await(session.Post(new ReadRequest()), Patience) is not null, $"After {request.GetType().Name} with lies in it the channel is dead.");
            session.Post(new CloseSessionRequest { RequestHeader = { AuthenticationToken = session.Token }, DeleteSubscriptions = true });
        }

        return count;
    }

    /// <summary>How many there were.</summary>
    public int Nest()
    {
        using var session = WireSession.Open(visitors, isEncrypted);
        const int Depth = 100_000;
        byte[][] levels = [[0x98, 1, 0, 0, 0], [0x17, 0x01], [0x19, 0x40], [0x40]];
        foreach (var level in levels)
        {
            byte[] first = level.Length == 1 ? [0x19] : [];
            var body = WriteOf(session.Token, [.. first, .. Enumerable.Repeat(level, Depth).SelectMany(bytes => bytes)]);
            Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, session.Await(session.Post(new RawRequest(WriteRequest.Id, body)), Patience));
        }

        Assert.Equal(StatusCodes.Good, session.Ask(new ReadRequest { NodesToRead = [new() { NodeId = new NodeId(0, NodeIds.ServerStatusState), AttributeId = AttributeIds.Value }] }).Results![0].Status);
        return levels.Length;
    }

    private static int ClaimTooMuch(WireSession session, IUaRequest request)
    {
        request.RequestHeader.AuthenticationToken = session.Token;
        var body = RawRequest.BodyOf(request);
        var count = 0;
        foreach (var at in NullLengths(body))
        {
            foreach (var claim in Claims)
            {
                var status = session.Await(session.Post(new RawRequest(request.EncodingId, Claiming(body, at, claim))), Patience);
                Assert.True(
                    status is StatusCodes.BadEncodingLimitsExceeded or StatusCodes.BadDecodingError or StatusCodes.BadMonitoredItemFilterInvalid,
                    $"{request.GetType().Name} that claims {claim} elements at byte {at} is answered with {(status is { } known ? StatusCodes.NameOf(known) : "nothing")}.");
                count++;
            }
        }

        return count;
    }

    /// <summary>Where arrays and strings say that they are null: their length is -1.</summary>
    private static List<int> NullLengths(byte[] body)
    {
        var found = new List<int>();
        for (var at = 0; at <= body.Length - sizeof(int); at++)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)) == -1)
            {
                found.Add(at);
                at += sizeof(int) - 1;
            }
        }

        return found;
    }

    private static byte[] Claiming(byte[] body, int at, int claim)
    {
        var bytes = body.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), claim);
        return bytes;
    }

    /// <summary>A Write of one value, which is the bytes of a Variant.</summary>
    private static byte[] WriteOf(NodeId token, byte[] variant)
    {
        var buffer = new MessageBuffer(1024 * 1024);
        var writer = new UaWriter(buffer);
        new RequestHeader { AuthenticationToken = token }.Encode(ref writer);
        writer.WriteInt32(1);
        writer.WriteNodeId(new NodeId(1, "Cell.Speed"));
        writer.WriteUInt32(AttributeIds.Value);
        writer.WriteString(null);
        writer.WriteByte(1);
        writer.WriteRaw(variant);
        return buffer.Written.ToArray();
    }
}
