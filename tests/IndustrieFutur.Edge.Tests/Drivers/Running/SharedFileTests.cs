using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>What lies in a folder that is open to everybody is believed only when it is a file of this user.</summary>
public sealed class SharedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-shared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_of_ones_own_is_taken()
    {
        File.WriteAllText(PathOf("block"), "");

        SharedFile.Demand(PathOf("block"));
    }

    [Fact]
    public void A_folder_or_a_link_in_its_place_is_not()
    {
        Directory.CreateDirectory(PathOf("folder"));
        File.WriteAllText(PathOf("block"), "");
        File.CreateSymbolicLink(PathOf("link"), PathOf("block"));

        Assert.Contains("is no file", Assert.Throws<IOException>(() => SharedFile.Demand(PathOf("folder"))).Message, StringComparison.Ordinal);
        Assert.Contains("is no file", Assert.Throws<IOException>(() => SharedFile.Demand(PathOf("link"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => SharedFile.Demand(PathOf("gone")));
    }

    [Fact]
    public void A_folder_has_one_block_by_whatever_link_it_is_reached()
    {
        Directory.CreateDirectory(PathOf("data"));
        Directory.CreateSymbolicLink(PathOf("alias"), PathOf("data"));

        Assert.Equal(SamplerPlan.BlockOf(PathOf("data")), SamplerPlan.BlockOf(PathOf("alias") + "/"));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
