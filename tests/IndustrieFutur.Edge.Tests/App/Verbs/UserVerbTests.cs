using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>What <c>ifedge user</c> makes of the file of users, and what it refuses.</summary>
public sealed class UserVerbTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("edge-users-").FullName;

    private string Secret => Path.Combine(_data, "secret");

    private string Users => Path.Combine(_data, "users.json");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_user_is_added_changed_listed_and_removed()
    {
        await File.WriteAllTextAsync(Secret, "convoyeur 7\n", TestContext.Current.CancellationToken);

        Assert.Equal((0, "added: anne, operator\n", ""), await UserAsync("add", "anne", _data, "--role", "operator", "--password", $"file:{Secret}"));
        var before = UserFile.Read(Users)["anne"];
        Assert.Equal((0, "changed: anne\n", ""), await UserAsync("password", "anne", _data, "--password", $"file:{Secret}"));
        var (_, json, _) = await UserAsync("list", _data, "--json");

        Assert.Equal(Role.Operator, before.Role);
        Assert.NotEqual(before.Password, UserFile.Read(Users)["anne"].Password);
        Assert.Equal("[{\"name\":\"anne\",\"role\":\"operator\"}]\n", json);
        Assert.Equal((0, "removed: anne\n", ""), await UserAsync("remove", "anne", _data));
        Assert.Empty(UserFile.Read(Users));
    }

    [Theory]
    [InlineData(2, "is no name", "an ne", "operator", "convoyeur 7")]
    [InlineData(2, "there is no role \"king\"", "anne", "king", "convoyeur 7")]
    [InlineData(5, "has 5 letters", "anne", "operator", "short")]
    public async Task What_is_not_in_order_changes_nothing(int expected, string text, string name, string role, string password)
    {
        await File.WriteAllTextAsync(Secret, password, TestContext.Current.CancellationToken);

        var (code, _, error) = await UserAsync("add", name, _data, "--role", role, "--password", $"file:{Secret}");

        Assert.Equal(expected, code);
        Assert.Contains(text, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Users));
    }

    [Fact]
    public async Task A_password_in_clear_on_the_command_line_is_refused_and_so_is_an_unknown_user()
    {
        Assert.Equal(2, (await UserAsync("add", "anne", _data, "--role", "operator", "--password", "convoyeur 7")).Code);
        Assert.Equal(5, (await UserAsync("remove", "anne", _data)).Code);
        Assert.False(File.Exists(Users));
    }

    private static async Task<(int Code, string Output, string Error)> UserAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["user", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
