using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Long lists are cut to what the server takes, and each thing keeps its own result.</summary>
public sealed class BatchesTests
{
    private const int ItemBytes = 100;

    private readonly BatchSizes _sizes = new();
    private readonly SessionCounters _counters = new();
    private readonly List<int> _asked = [];
    private bool _isConnected = true;

    private Batches Batches => new(_sizes, _counters, () => _isConnected);

    [Fact]
    public void The_number_that_the_server_names_is_not_exceeded()
    {
        _sizes.Read.LimitTo(4);

        Assert.Equal(Enumerable.Range(0, 10), Run(10, Echo));
        Assert.Equal([4, 4, 2], _asked);
    }

    [Fact]
    public void Requests_stay_below_the_bytes_that_the_server_takes()
    {
        _sizes.LimitBytesTo(512 + (3 * ItemBytes) + 1);

        Assert.Equal(Enumerable.Range(0, 7), Run(7, Echo));
        Assert.All(_asked, count => Assert.True(count * ItemBytes <= _sizes.BytesMax));
    }

    [Theory]
    [InlineData(StatusCodes.BadTooManyOperations)]
    [InlineData(StatusCodes.BadEncodingLimitsExceeded)]
    [InlineData(StatusCodes.BadRequestTooLarge)]
    [InlineData(StatusCodes.BadResponseTooLarge)]
    [InlineData(StatusCodes.BadTcpMessageTooLarge)]
    public void What_is_refused_as_too_much_is_halved_and_the_size_remembered(uint status)
    {
        var first = Run(12, batch => batch.Length > 3 ? throw new UaException(status, "") : Echo(batch));
        _asked.Clear();
        var second = Run(12, Echo);

        Assert.Equal(Enumerable.Range(0, 12), first);
        Assert.Equal(Enumerable.Range(0, 12), second);
        Assert.Equal([3, 3, 3, 3], _asked);
        Assert.Equal(2, _counters.BatchesShrunk);
    }

    [Fact]
    public void One_thing_that_is_too_large_alone_stops_no_other()
    {
        var results = Run(5, batch => batch.Contains(2) ? throw new UaException(StatusCodes.BadResponseTooLarge, "") : Echo(batch));

        Assert.Equal([0, 1, unchecked((int)StatusCodes.BadResponseTooLarge), 3, 4], results);
    }

    [Fact]
    public void One_answer_that_cannot_be_decoded_costs_its_own_item_and_no_size()
    {
        var results = Run(9, batch => batch.Contains(2) ? throw new UaException(StatusCodes.BadDecodingError, "") : Echo(batch));
        _asked.Clear();
        Run(9, Echo);

        Assert.Equal([0, 1, unchecked((int)StatusCodes.BadDecodingError), 3, 4, 5, 6, 7, 8], results);
        Assert.Equal([9], _asked);
    }

    [Fact]
    public void Another_fault_is_not_tried_around()
    {
        var fault = Assert.Throws<UaException>(() => Run(5, _ => throw new UaException(StatusCodes.BadUserAccessDenied, "")));

        Assert.Equal(StatusCodes.BadUserAccessDenied, fault.Status);
        Assert.Single(_asked);
    }

    [Fact]
    public void A_channel_that_broke_over_a_size_is_told_and_the_size_remembered()
    {
        Assert.Throws<UaException>(() => Run(8, _ =>
        {
            _isConnected = false;
            throw new UaException(StatusCodes.BadTcpMessageTooLarge, "");
        }));

        Assert.Equal(4, _sizes.Read.Items);
    }

    [Fact]
    public void Answers_that_are_missing_shift_nothing()
    {
        _sizes.Read.LimitTo(3);

        var results = Run(6, batch => Echo(batch)[..2]);

        var missing = unchecked((int)StatusCodes.BadUnknownResponse);
        Assert.Equal([0, 1, missing, 3, 4, missing], results);
    }

    [Fact]
    public void What_acts_on_the_plant_is_sent_once_whatever_the_answer()
    {
        _sizes.Write.LimitTo(2);

        var results = RunOnce(6, batch => batch[0] == 2 ? throw new UaException(StatusCodes.BadTooManyOperations, "") : Echo(batch));

        var refused = unchecked((int)StatusCodes.BadTooManyOperations);
        Assert.Equal([0, 1, refused, refused, 4, 5], results);
        Assert.Equal([2, 2, 1, 1], _asked);
    }

    [Fact]
    public void After_a_lost_link_nothing_more_is_sent()
    {
        _sizes.Write.LimitTo(2);

        var results = RunOnce(4, _ =>
        {
            _isConnected = false;
            throw new UaException(StatusCodes.BadTimeout, "");
        });

        var unknown = unchecked((int)StatusCodes.BadTimeout);
        var notSent = unchecked((int)StatusCodes.BadNotConnected);
        Assert.Equal([unknown, unknown, notSent, notSent], results);
        Assert.Single(_asked);
    }

    private int[] Run(int count, Func<int[], int[]> call) =>
        Batches.Run([.. Enumerable.Range(0, count)], _sizes.Read, _ => ItemBytes, Noted(call), status => unchecked((int)status));

    private int[] RunOnce(int count, Func<int[], int[]> call) =>
        Batches.RunOnce([.. Enumerable.Range(0, count)], _sizes.Write, _ => ItemBytes, Noted(call), status => unchecked((int)status));

    private Func<int[], int[]> Noted(Func<int[], int[]> call) => batch =>
    {
        _asked.Add(batch.Length);
        return call(batch);
    };

    private static int[] Echo(int[] batch) => batch;
}
