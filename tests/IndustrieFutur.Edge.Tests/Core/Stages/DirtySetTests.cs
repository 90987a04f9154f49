using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>The set of what is to be evaluated against a sorted one.</summary>
public sealed class DirtySetTests
{
    private const int Count = 300_000;

    [Fact]
    public void Numbers_come_out_once_each_and_the_smallest_first()
    {
        // A negative number takes one out.
        Prop.ForAll(Gen.OneOf(Gen.Choose(-1, Count - 1), Gen.Choose(-20, 130)).ListOf().ToArbitrary(), steps =>
        {
            var (set, reference) = (new DirtySet(Count), new SortedSet<int>());
            foreach (var step in steps)
            {
                if (step >= 0)
                {
                    set.Add(step);
                    reference.Add(step);
                    continue;
                }

                Assert.Equal(reference.Count == 0 ? -1 : reference.Min, set.TakeFirst());
                reference.Remove(reference.Min);
            }

            Assert.Equal(reference, Rest(set));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(300));
    }

    private static IEnumerable<int> Rest(DirtySet set)
    {
        for (var number = set.TakeFirst(); number >= 0; number = set.TakeFirst())
        {
            yield return number;
        }
    }
}
