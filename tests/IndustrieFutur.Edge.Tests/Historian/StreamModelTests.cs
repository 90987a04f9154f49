using FsCheck;
using FsCheck.Fluent;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Whatever the way between edge and store does, in the end everything is stored once and the watermark never went back.</summary>
public sealed class StreamModelTests
{
    [Fact]
    public void Loss_duplication_disorder_and_restarts_end_with_everything_stored_once()
    {
        var mishap = Gen.Elements(Enum.GetValues<StreamMishap>());
        Prop.ForAll(mishap.ListOf().Resize(200).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (mishaps, seed) =>
        {
            var model = new StreamModel(seed);
            foreach (var what in mishaps)
            {
                model.Suffer(what);
            }

            model.Drain();

            Assert.Equal(model.Produced, model.StoredCount);
            Assert.Equal(0, model.StoredTwice);
            Assert.Equal((ulong)model.Produced, model.UpTo);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
