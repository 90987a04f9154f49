using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Cuts a long list into requests that the server takes: by number, by bytes, and by halving what it refuses. The results have the order
/// and the length of the list, whatever the server answered.
/// </summary>
internal sealed class Batches(BatchSizes sizes, SessionCounters counters, Func<bool> isConnected)
{
    private readonly MessageBuffer _scratch = new(DecodeLimits.Default.ByteStringBytesMax);

    /// <summary>For services that may be asked again: they change nothing, or changed nothing when they were refused.</summary>
    /// <param name="items">What to ask for.</param>
    /// <param name="size">How many at once.</param>
    /// <param name="bytesOf">The bytes that one of them takes.</param>
    /// <param name="call">Asks for some of them; answers may be fewer.</param>
    /// <param name="ofStatus">The result of one that got no answer.</param>
    public TResult[] Run<TItem, TResult>(
        IReadOnlyList<TItem> items, BatchSize size, Func<TItem, int> bytesOf, Func<TItem[], TResult[]?> call, Func<uint, TResult> ofStatus)
    {
        var results = new List<TResult>(items.Count);
        while (results.Count < items.Count)
        {
            var batch = Take(items, results.Count, size.Items, bytesOf);
            try
            {
                Append(results, call(batch), batch.Length, ofStatus);
            }
            catch (UaException refused) when (IsTooMuch(refused.Status))
            {
                Shrink(size, batch.Length);
                if (!isConnected())
                {
                    throw;
                }

                // What is too large alone stays too large; the others are not made to wait for it.
                if (batch.Length == 1)
                {
                    results.Add(ofStatus(refused.Status));
                }
            }
            catch (UaException undecodable) when (undecodable.Status == StatusCodes.BadDecodingError && isConnected())
            {
                results.AddRange(Isolate(batch, size, bytesOf, call, ofStatus));
            }
        }

        return [.. results];
    }

    /// <summary>For services that act on the plant: nothing is ever sent twice. Items of a failed request have its status, later ones were not sent.</summary>
    public TResult[] RunOnce<TItem, TResult>(
        IReadOnlyList<TItem> items, BatchSize size, Func<TItem, int> bytesOf, Func<TItem[], TResult[]?> call, Func<uint, TResult> ofStatus)
    {
        var results = new List<TResult>(items.Count);
        while (results.Count < items.Count)
        {
            var batch = Take(items, results.Count, size.Items, bytesOf);
            var status = isConnected() ? StatusCodes.BadUnknownResponse : StatusCodes.BadNotConnected;
            TResult[]? answers = null;
            try
            {
                answers = isConnected() ? call(batch) : null;
            }
            catch (UaException refused)
            {
                status = refused.Status;
                if (IsTooMuch(status))
                {
                    Shrink(size, batch.Length);
                }
            }

            Append(results, answers, batch.Length, _ => ofStatus(status));
        }

        return [.. results];
    }

    /// <summary>
    /// Finds, half by half, the item whose answer cannot be decoded; it alone has that for its status. The size is right as it is: the next
    /// list is asked for in one again.
    /// </summary>
    private TResult[] Isolate<TItem, TResult>(
        TItem[] batch, BatchSize size, Func<TItem, int> bytesOf, Func<TItem[], TResult[]?> call, Func<uint, TResult> ofStatus)
    {
        if (batch.Length == 1)
        {
            return [ofStatus(StatusCodes.BadDecodingError)];
        }

        var half = batch.Length / 2;
        return [.. Run(batch[..half], size, bytesOf, call, ofStatus), .. Run(batch[half..], size, bytesOf, call, ofStatus)];
    }

    /// <summary>The bytes of a structure on the wire.</summary>
    public int BytesOf(IUaStructure structure)
    {
        _scratch.Clear();
        var writer = new UaWriter(_scratch);
        structure.Encode(ref writer);
        return _scratch.Length;
    }

    public int BytesOf(NodeId node)
    {
        _scratch.Clear();
        new UaWriter(_scratch).WriteNodeId(node);
        return _scratch.Length;
    }

    internal static bool IsTooMuch(uint status) => status is StatusCodes.BadTooManyOperations or StatusCodes.BadEncodingLimitsExceeded
        or StatusCodes.BadRequestTooLarge or StatusCodes.BadResponseTooLarge or StatusCodes.BadTcpMessageTooLarge;

    private TItem[] Take<TItem>(IReadOnlyList<TItem> items, int start, int countMax, Func<TItem, int> bytesOf)
    {
        var bytes = 0;
        var end = start;
        while (end < items.Count && end - start < countMax)
        {
            bytes += bytesOf(items[end]);
            if (bytes > sizes.BytesMax && end > start)
            {
                break;
            }

            end++;
        }

        var batch = new TItem[end - start];
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i] = items[start + i];
        }

        return batch;
    }

    /// <summary>Answers that are missing are missing at the end: nothing is shifted.</summary>
    private static void Append<TResult>(List<TResult> results, TResult[]? answers, int count, Func<uint, TResult> ofStatus)
    {
        for (var i = 0; i < count; i++)
        {
            results.Add(answers is not null && i < answers.Length ? answers[i] : ofStatus(StatusCodes.BadUnknownResponse));
        }
    }

    private void Shrink(BatchSize size, int tried)
    {
        size.Shrink(tried);
        counters.BatchesShrunk++;
    }
}
