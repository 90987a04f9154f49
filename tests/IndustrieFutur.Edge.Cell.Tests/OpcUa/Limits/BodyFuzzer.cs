using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>Sends damaged requests in whole chunks, in a session that lives, so that they reach the services behind the chunks: in clear or encrypted.</summary>
internal sealed class BodyFuzzer(Visitors visitors, bool isEncrypted, int seed)
{
    /// <summary>Most answers are there at once, and some requests have none.</summary>
    private static readonly TimeSpan Glimpse = TimeSpan.FromMilliseconds(3);

    /// <summary>Where the token of a session lies in a request: type, namespace, length, 32 bytes.</summary>
    private const int TokenBytes = 1 + 2 + 4 + 32;

    private readonly Mutator _mutator = new(seed);
    private readonly Random _random = new(seed);

    public FuzzCount Count { get; } = new();

    public void Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var session = WireSession.Open(visitors, isEncrypted);
                Count.Connections++;
                Damage(session, end);
            }
            catch (UaException) when (!end.IsCancellationRequested)
            {
                Count.Refused++;
            }
            catch (UaException)
            {
                // Its time is over all the same.
            }
        }
    }

    /// <summary>Until the session is gone, which a damaged request may bring about.</summary>
    private void Damage(WireSession session, CancellationToken end)
    {
        var seeds = Recording.Make(session).Select(request => (request.EncodingId, Body: RawRequest.BodyOf(request))).ToList();
        var bodies = seeds.Select(seed => seed.Body).ToList();
        while (!end.IsCancellationRequested)
        {
            var (type, body) = seeds[_random.Next(seeds.Count)];

            // One that ends the session ends the lane's depth with it: seldom.
            if (type == CloseSessionRequest.Id && _random.Next(20) != 0)
            {
                continue;
            }

            var status = session.Await(session.Post(new RawRequest(type, Damaged(body, bodies))), Glimpse);
            Count.Damaged++;
            Count.Refused += status is null or StatusCodes.Good ? 0 : 1;
            if (status == StatusCodes.BadSessionIdInvalid && IsOver(session))
            {
                return;
            }
        }

        session.Post(new CloseSessionRequest { RequestHeader = { AuthenticationToken = session.Token }, DeleteSubscriptions = true });
    }

    private static bool IsOver(WireSession session) =>
        session.Await(session.Post(new ReadRequest { RequestHeader = { AuthenticationToken = session.Token } }), TimeSpan.FromSeconds(1)) == StatusCodes.BadSessionIdInvalid;

    /// <summary>Mostly behind the token: without it a request goes no further than the search for its session.</summary>
    private ReadOnlyMemory<byte> Damaged(byte[] body, IReadOnlyList<byte[]> others)
    {
        var spared = _random.Next(16) == 0 ? 0 : TokenBytes;
        var length = _mutator.Next([body[spared..], .. _random.Next(8) == 0 ? others : []]);
        return (byte[])[.. body.AsSpan(0, spared), .. _mutator.Buffer.AsSpan(0, length)];
    }
}
