using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>A data folder that cannot be had is told in a sentence with what to do, whatever stands in the way.</summary>
public sealed class DataDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-data-directory-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_of_that_name_is_told_and_nothing_is_started()
    {
        File.WriteAllText(Data, "in the way");

        var refused = Assert.Throws<VerbFailedException>(() => DataDirectory.Own(Data));

        Assert.Equal(ExitCode.CannotConnect, refused.ExitCode);
        Assert.Contains($"the data folder {Data} cannot be written", refused.Message, StringComparison.Ordinal);
        Assert.Contains("it is a file and no folder. Move the file away", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_is_told()
    {
        Directory.CreateDirectory(Path.Combine(Data, ".lock"));

        var refused = Assert.Throws<VerbFailedException>(() => DataDirectory.Own(Data));

        Assert.Equal(ExitCode.CannotConnect, refused.ExitCode);
        Assert.Contains("point \"data\" elsewhere", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "mounted read-only. Mount it writable (mount -o remount,rw)")]
    [InlineData(28, "its disk is full. Make room there")]
    [InlineData(5, "Input/output error. Mend that, or point \"data\" elsewhere")]
    public void What_the_disk_says_is_told_with_a_remedy(int error, string expected) =>
        Assert.Contains(expected, DataDirectory.Hindrance(Data, new IOException("Input/output error.", error)), StringComparison.Ordinal);

    [Fact]
    public void A_right_that_is_missing_is_told_with_the_user() =>
        Assert.Contains(
            $"the user {Environment.UserName} may not write there", DataDirectory.Hindrance(Data, new UnauthorizedAccessException()), StringComparison.Ordinal);
}
