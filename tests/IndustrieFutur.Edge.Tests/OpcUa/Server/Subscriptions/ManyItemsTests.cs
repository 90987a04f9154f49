using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>Ten thousand items are cheap while nothing changes, and whole while several threads change them.</summary>
public sealed class ManyItemsTests : IDisposable
{
    private const int Items = 10_000;

    private readonly SubscriptionBed _bed = new();

    [Fact]
    public void Sampling_values_that_do_not_change_allocates_nothing()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(interval: 1000);
        Watch(client, id, Variables(Items), sampling: 100, queue: 1);
        client.Publish();
        _bed.Pass(1000);
        Assert.Equal(Items, client.Published.Single().Values().Count);
        var due = client.Subscriptions.NextDueMonoNanos;
        client.Subscriptions.Tick(due, client);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 1; round <= 5; round++)
        {
            client.Subscriptions.Tick(due + (round * 100_000_000L), client);
        }

        // Not a byte per item and pass: what the runtime itself takes now and then is less than that.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Items);
    }

    [Fact]
    public void Ten_thousand_changed_values_travel_in_one_message()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(interval: 100);
        var variables = Variables(Items);
        Watch(client, id, variables, sampling: 100, queue: 1);
        client.Publish();
        _bed.Pass(100);
        variables.ForEach(variable => variable.Set(Variant.Of(1L), _bed.UtcNow));
        client.Publish();
        _bed.Pass(100);

        Assert.Equal(2, client.Published.Count());
        Assert.Equal(Items, client.Published.Last().Values().Count(told => told.Value.Value.Value is 1L));
    }

    [Fact]
    public void Values_set_by_other_threads_while_it_publishes_all_come_in_order()
    {
        const int Sets = 20_000;
        var client = _bed.Connect();
        var id = client.Subscribe(interval: 20, lifetime: 1_000_000);
        var variables = Variables(4);
        Watch(client, id, variables, sampling: 0, queue: 1000);
        var next = new Dictionary<uint, long>();
        var read = 0;
        var setters = variables.Select(variable => new Thread(() =>
        {
            for (var number = 1L; number <= Sets; number++)
            {
                variable.Set(Variant.Of(number), number);
            }
        })).ToList();
        setters.ForEach(thread => thread.Start());
        while (setters.Exists(thread => thread.IsAlive) || next.Values.Any(last => last < Sets) || next.Count < 4)
        {
            client.Publish();
            _bed.Pass(20);
            foreach (var told in client.Published.Skip(read).SelectMany(message => message.Values()))
            {
                var value = (long)told.Value.Value.Value!;
                var last = next.GetValueOrDefault(told.ClientHandle, -1);
                Assert.True(value == last + 1 || (value > last && told.HasOverflown()), $"{value} came after {last}");
                next[told.ClientHandle] = value;
            }

            read = client.Published.Count();
        }
    }

    public void Dispose() => _bed.Dispose();

    private static void Watch(SubscriptionClient client, uint id, List<UaVariable> variables, double sampling, uint queue)
    {
        for (var from = 0; from < variables.Count; from += 2500)
        {
            var items = variables.Skip(from).Take(2500).Select((variable, index) => Wanted.Item(variable.Id, (uint)(from + index), sampling, queue)).ToArray();
            var results = client.Ask<CreateMonitoredItemsResponse>(new CreateMonitoredItemsRequest { SubscriptionId = id, ItemsToCreate = items }).Results!;
            Assert.All(results, result => Assert.Equal(StatusCodes.Good, result.StatusCode));
        }
    }

    /// <summary>Without a parent: the children of one folder are an array that every addition copies.</summary>
    private List<UaVariable> Variables(int count) => [.. Enumerable.Range(0, count).Select(number =>
    {
        var variable = new UaVariable(new NodeId(1, (uint)(100_000 + number)), new QualifiedName(1, $"M{number}")) { DataType = new NodeId(0, NodeIds.Int64DataType) };
        variable.Set(Variant.Of(0L), _bed.UtcNow);
        _bed.Space.Add(variable);
        return variable;
    })];
}
