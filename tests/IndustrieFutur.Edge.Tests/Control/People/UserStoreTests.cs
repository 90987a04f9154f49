using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;

namespace IndustrieFutur.Edge.Tests.Control.People;

/// <summary>Who is known, what changes that, and what a damaged file means: nobody is.</summary>
public sealed class UserStoreTests : IDisposable
{
    private readonly PeopleScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Without_a_file_nobody_is_known_and_nothing_is_wrong()
    {
        Assert.Null(_scene.Store.RoleOf("anne"));
        Assert.Null(_scene.Store.Trouble);
    }

    [Fact]
    public void A_changed_file_counts_after_a_second()
    {
        _scene.Write(("anne", Role.Operator));
        Assert.Equal(Role.Operator, _scene.Store.RoleOf("anne"));

        UserFile.Write(_scene.File, new Dictionary<string, UserEntry>());
        Assert.Equal(Role.Operator, _scene.Store.RoleOf("anne"));
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_scene.Store.RoleOf("anne"));
    }

    [Fact]
    public void What_changed_is_news_once()
    {
        _scene.Write(("anne", Role.Operator), ("marc", Role.Integrator));
        var first = _scene.Store.TakeNews();
        var nothing = _scene.Store.TakeNews();
        _scene.Write(new Dictionary<string, UserEntry>
        {
            ["anne"] = new(Role.Admin, PasswordHash.Of("another")),
            ["zoe"] = new(Role.Trainer, PasswordHash.Of("another")),
        });

        Assert.Equal(("users: anne is operator, marc is integrator", null), (first, nothing));
        Assert.Equal("users: marc is gone, anne becomes admin, anne has another password, zoe is trainer", _scene.Store.TakeNews());
        _scene.WriteText("[]");
        Assert.Equal("users: anne is gone, zoe is gone", _scene.Store.TakeNews());
    }

    [Fact]
    public void The_file_is_for_its_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no such modes.");
        _scene.Write(("anne", Role.Admin));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scene.File));
        }
    }

    [Theory]
    [InlineData("{\n\"anne\": {", "line 2: it is no JSON")]
    [InlineData("[]", "line 1: it is no object")]
    [InlineData("{\n\n\"anne\": {\"role\": \"king\", \"password\": \"\"}}", "line 3: the user anne has no role")]
    [InlineData("{\n\"anne\": {\"role\": \"admin\", \"password\": \"secret\"}}", "line 2: the user anne has no password hash")]
    [InlineData("{\n\"an ne\": {}}", "line 2: \"an ne\" is no name")]
    public void A_damaged_file_makes_everybody_unknown_and_is_told_once(string text, string mistake)
    {
        _scene.Write(("anne", Role.Admin));
        Assert.NotNull(_scene.Store.RoleOf("anne"));
        _scene.WriteText(text);

        Assert.Null(_scene.Store.RoleOf("anne"));
        _scene.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_scene.Store.RoleOf("anne"));

        Assert.Contains(mistake, Assert.Single(_scene.Told), StringComparison.Ordinal);
        Assert.Contains(_scene.File, _scene.Store.Trouble, StringComparison.Ordinal);
        _scene.Write(("anne", Role.Admin));
        Assert.Equal(Role.Admin, _scene.Store.RoleOf("anne"));
    }

    [Fact]
    public void More_users_than_a_cell_has_are_refused()
    {
        _scene.Write([.. Enumerable.Range(0, UserFile.UsersMax + 1).Select(number => ($"user{number}", Role.Observer))]);

        Assert.Null(_scene.Store.RoleOf("user0"));
        Assert.Contains("65 users", Assert.Single(_scene.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_holds_for_its_password_only()
    {
        var hash = PasswordHash.Of("convoyeur 7");

        Assert.StartsWith("pbkdf2-sha256$600000$", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, PasswordHash.Of("convoyeur 7"));
        Assert.True(PasswordHash.Matches(hash, "convoyeur 7"));
        Assert.False(PasswordHash.Matches(hash, "convoyeur 8"));
        Assert.False(PasswordHash.Matches(PasswordHash.Nobody, ""));
    }
}
