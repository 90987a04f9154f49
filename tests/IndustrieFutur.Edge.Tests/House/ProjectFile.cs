using System.Xml.Linq;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>What one project of ours says it uses.</summary>
/// <param name="Name">Its short name: "Core" for IndustrieFutur.Edge.Core.</param>
/// <param name="References">The projects of ours it references, short.</param>
/// <param name="Packages">The packages it references.</param>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    private const string Prefix = "IndustrieFutur.Edge.";

    public static IReadOnlyList<ProjectFile> ReadAll() =>
        [.. Repository.CodeFiles()
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(path => Read(Repository.PathOf(path)))];

    private static ProjectFile Read(string path)
    {
        var project = XDocument.Load(path);
        return new ProjectFile(
            Short(path),
            [.. project.Descendants("ProjectReference").Select(reference => Short(reference.Attribute("Include")!.Value))],
            [.. project.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)]);
    }

    private static string Short(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')).Replace(Prefix, "", StringComparison.Ordinal);
}
