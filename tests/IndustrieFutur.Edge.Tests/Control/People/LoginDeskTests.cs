using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;

namespace IndustrieFutur.Edge.Tests.Control.People;

/// <summary>Who is let in, how often one may try, and when a session ends.</summary>
public sealed class LoginDeskTests : IDisposable
{
    private readonly PeopleScene _scene = new();
    private readonly LoginDesk _desk;

    public LoginDeskTests()
    {
        _desk = new LoginDesk(_scene.Store, _scene.Clock);
        _scene.Write(("anne", Role.Operator), ("paul", Role.Trainer));
    }

    public void Dispose()
    {
        _desk.Dispose();
        _scene.Dispose();
    }

    [Fact]
    public async Task The_right_password_opens_a_session_and_logging_out_ends_it()
    {
        var answer = await LogInAsync("anne", PeopleScene.Password);

        Assert.Equal((64, Role.Operator, TimeSpan.Zero), (answer.Session.Length, answer.Role, answer.RetryAfter));
        Assert.Equal(("anne", Role.Operator), _desk.Of(answer.Session));
        _desk.LogOut(answer.Session);
        Assert.Null(_desk.Of(answer.Session));
    }

    [Theory]
    [InlineData("anne", "wrong")]
    [InlineData("nobody", PeopleScene.Password)]
    [InlineData("", "")]
    public async Task Anything_else_opens_none(string name, string password)
    {
        var answer = await LogInAsync(name, password);

        Assert.Equal(("", Role.Observer), (answer.Session, answer.Role));
        Assert.Null(_desk.Of(answer.Session));
    }

    [Fact]
    public async Task After_five_tries_one_waits_ever_longer_and_the_right_password_waits_too()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(TimeSpan.Zero, (await LogInAsync("anne", "wrong")).RetryAfter);
        }

        Assert.Equal(TimeSpan.FromSeconds(1), (await LogInAsync("anne", "wrong")).RetryAfter);
        var early = await LogInAsync("anne", PeopleScene.Password);
        Assert.Equal(("", TimeSpan.FromSeconds(1)), (early.Session, early.RetryAfter));
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), (await LogInAsync("anne", "wrong")).RetryAfter);
        _scene.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.NotEqual("", (await LogInAsync("anne", PeopleScene.Password)).Session);
    }

    [Fact]
    public async Task Another_name_from_the_same_station_waits_with_it()
    {
        for (var i = 0; i < 19; i++)
        {
            await LogInAsync($"guess{i}", "wrong");
        }

        Assert.NotEqual("", (await LogInAsync("paul", PeopleScene.Password)).Session);
        await LogInAsync("guess", "wrong");
        Assert.Equal(TimeSpan.FromSeconds(1), (await LogInAsync("paul", PeopleScene.Password)).RetryAfter);
        Assert.NotEqual("", (await LogInAsync("paul", PeopleScene.Password, "elsewhere")).Session);
    }

    [Fact]
    public async Task Who_logs_in_well_makes_nobody_of_his_station_wait_longer()
    {
        for (var i = 0; i < 22; i++)
        {
            await LogInAsync($"guess{i}", "wrong");
            _scene.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var first = await LogInAsync("anne", PeopleScene.Password);
        var second = await LogInAsync("paul", PeopleScene.Password);

        Assert.All([first, second], answer => Assert.NotEqual("", answer.Session));
    }

    [Fact]
    public async Task More_at_once_than_can_be_hashed_are_asked_to_wait()
    {
        var tries = Enumerable.Range(0, 30).Select(number => LogInAsync("anne", "wrong", $"station{number}")).ToArray();

        var answers = await Task.WhenAll(tries);

        Assert.Contains(answers, answer => answer.RetryAfter > TimeSpan.Zero);
        Assert.DoesNotContain(answers, answer => answer.Session.Length > 0);
    }

    [Fact]
    public async Task A_session_ends_after_five_idle_minutes_and_lives_while_it_is_used()
    {
        var session = (await LogInAsync("anne", PeopleScene.Password)).Session;

        _scene.Clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.NotNull(_desk.Of(session));
        _scene.Clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.NotNull(_desk.Of(session));
        _scene.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(_desk.Of(session));
    }

    [Fact]
    public async Task A_session_ends_with_its_user_his_role_or_his_password()
    {
        var first = (await LogInAsync("anne", PeopleScene.Password)).Session;
        var other = (await LogInAsync("paul", PeopleScene.Password)).Session;
        _scene.Write(("anne", Role.Admin), ("paul", Role.Trainer));
        Assert.Null(_desk.Of(first));
        Assert.NotNull(_desk.Of(other));

        _scene.Write(new Dictionary<string, UserEntry> { ["paul"] = new(Role.Trainer, PasswordHash.Nobody) });

        Assert.Null(_desk.Of(other));
    }

    private Task<LoginAnswer> LogInAsync(string name, string password, string station = "here") =>
        _desk.LogInAsync(name, password, station, TestContext.Current.CancellationToken);
}
