using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Tests.Simulators.Scenarios;

/// <summary>What is expected of a journal is found where it is, and missed in words where it is not.</summary>
public sealed class JournalExpectationTests
{
    private static readonly string[] Journal = ["00001.000 plc state Idle", "00002.000 plc state Execute", "00003.000 cobot part lost", "00004.000 plc state Idle"];

    [Fact]
    public void Texts_in_their_order_are_found_with_others_between_them()
    {
        Assert.Null(new JournalExpectation { InOrder = ["state Idle", "part lost", "state Idle"] }.Missed(Journal));
        Assert.Null(new JournalExpectation { InOrder = ["part lost"] }.Missed(Journal));
    }

    [Fact]
    public void A_text_that_comes_too_early_is_missed_and_named()
    {
        Assert.Equal("the journal is to say \"Execute\" after \"part lost\", and does not", new JournalExpectation { InOrder = ["part lost", "Execute"] }.Missed(Journal));
        Assert.Equal("the journal is to say \"door\", and does not", new JournalExpectation { InOrder = ["door", "part lost"] }.Missed(Journal));
    }

    [Fact]
    public void One_line_counts_for_one_text_only()
    {
        Assert.NotNull(new JournalExpectation { InOrder = ["part", "lost"] }.Missed(Journal));
    }

    [Fact]
    public void A_text_that_is_not_to_be_there_is_shown_where_it_is()
    {
        Assert.Null(new JournalExpectation { Lacks = "door" }.Missed(Journal));
        Assert.Contains("00003.000 cobot part lost", new JournalExpectation { Lacks = "lost" }.Missed(Journal), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted()
    {
        Assert.Null(new JournalExpectation { InOrder = ["Idle"], Times = 2 }.Missed(Journal));
        Assert.Equal("the journal is to say \"Idle\" 3 times, and says it 2 times", new JournalExpectation { InOrder = ["Idle"], Times = 3 }.Missed(Journal));
    }
}
