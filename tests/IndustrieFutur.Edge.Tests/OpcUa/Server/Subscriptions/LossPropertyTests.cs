using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>
/// Whatever the order in which values are set and a client publishes, acknowledges, loses answers and asks for them again: what it gets is
/// in order, nothing twice, and what is missing is marked by an overflow bit or a missing sequence number.
/// </summary>
public sealed class LossPropertyTests
{
    private const int Steps = 600;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_lost_without_a_mark_and_nothing_comes_twice(int seed)
    {
        using var run = new Run(seed);
        for (var step = 0; step < Steps; step++)
        {
            run.Step();
        }

        run.Finish();
        Assert.True(run.LastTold > 0, $"Seed {seed}: nothing was told.");
    }

    private sealed class Run : IDisposable
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly SubscriptionBed _bed = new();
        private readonly SubscriptionClient _client;
        private readonly UaVariable _variable;
        private readonly uint _id;
        private readonly bool _discardOldest;
        private readonly int _queue;
        private readonly SortedDictionary<uint, NotificationMessage> _received = [];
        private readonly HashSet<uint> _cut = [];
        private readonly HashSet<uint> _unacknowledged = [];
        private int _seen;
        private long _value;

        public Run(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _client = _bed.Connect();
            _queue = _random.Next(2, 12);
            _discardOldest = _random.Next(2) == 0;
            _id = _client.Subscribe(interval: 20, keepAlive: 5, lifetime: 10_000, max: (uint)_random.Next(0, 5));
            _variable = _bed.AddVariable(Variant.Of(0L), NodeIds.Int64DataType);
            _client.Watch(_id, Wanted.Item(_variable.Id, queue: (uint)_queue, discardOldest: _discardOldest));
        }

        public long LastTold { get; private set; } = -1;

        public void Step()
        {
            switch (_random.Next(8))
            {
                case < 4:
                    _variable.Set(Variant.Of(++_value), _bed.UtcNow);
                    break;
                case 4:
                    _bed.Pass(_random.Next(1, 40));
                    break;
                case 5:
                    _client.Publish([.. _unacknowledged.Where(_ => _random.Next(2) == 0).Select(number => (_id, number))]);
                    break;
                case 6:
                    Receive(isCut: _random.Next(4) == 0);
                    break;
                default:
                    RepublishOne();
                    break;
            }
        }

        public void Finish()
        {
            for (var round = 0; round < 200; round++)
            {
                _client.Publish();
                _bed.Pass(20);
            }

            Receive(isCut: false);
            foreach (var number in _cut.ToList())
            {
                Republish(number);
            }

            Judge();
        }

        public void Dispose() => _bed.Dispose();

        private void Receive(bool isCut)
        {
            foreach (var message in _client.Published.Skip(_seen).Select(answer => answer.NotificationMessage).ToList())
            {
                _seen++;
                if (message.Values().Count == 0)
                {
                    continue;
                }

                if (isCut)
                {
                    _cut.Add(message.SequenceNumber);
                }
                else
                {
                    Keep(message);
                }
            }
        }

        private void RepublishOne()
        {
            if (_cut.Count > 0)
            {
                Republish(_cut.ElementAt(_random.Next(_cut.Count)));
            }
        }

        /// <summary>A message that was not acknowledged is there, unless it is one of the oldest of more than a hundred.</summary>
        private void Republish(uint number)
        {
            var answer = _client.Subscriptions.Handle(
                0, new RepublishRequest { SubscriptionId = _id, RetransmitSequenceNumber = number }, _client.Session, _bed.MonoNow);
            if (answer is RepublishResponse again)
            {
                _cut.Remove(number);
                Keep(again.NotificationMessage);
            }
        }

        private void Keep(NotificationMessage message)
        {
            Assert.True(_received.TryAdd(message.SequenceNumber, message), $"Seed {_seed}: message {message.SequenceNumber} came twice.");
            _unacknowledged.Add(message.SequenceNumber);
        }

        private void Judge()
        {
            uint expected = 1;
            var isMarked = true;
            foreach (var (number, message) in _received)
            {
                isMarked |= number != expected;
                expected = number + 1;
                foreach (var told in message.Values())
                {
                    var value = (long)told.Value.Value.Value!;
                    Assert.True(value > LastTold, $"Seed {_seed}: {value} came after {LastTold}.");
                    Assert.True(
                        value == LastTold + 1 || isMarked || told.HasOverflown(),
                        $"Seed {_seed}: {LastTold} to {value} in message {number} without a mark (queue {_queue}, discard oldest {_discardOldest}).");
                    LastTold = value;
                    isMarked = false;
                }
            }

            Assert.True(LastTold == _value || isMarked, $"Seed {_seed}: {_value} was never told.");
        }
    }
}
