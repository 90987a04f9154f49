using System.Text;
using System.Text.RegularExpressions;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>
/// Chooses nodes by their path: <c>*</c> stands for any part of one name, <c>**</c> for any number of names, <c>?</c> for one character;
/// upper and lower case are the same, because nobody remembers which one a vendor chose.
/// </summary>
internal sealed class PathGlob
{
    /// <summary>A path of a few hundred characters matches in microseconds; a pattern that takes longer than this is a mischief.</summary>
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly Regex _pattern;

    public PathGlob(string glob) =>
        _pattern = new Regex(Translate(glob.Trim('/')), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchLimit);

    public bool Matches(string path) => _pattern.IsMatch(path);

    private static string Translate(string glob)
    {
        var pattern = new StringBuilder("^");
        for (var at = 0; at < glob.Length; at++)
        {
            var rest = glob.AsSpan(at);
            if (rest.StartsWith("**/"))
            {
                pattern.Append("(?:[^/]+/)*");
                at += 2;
            }
            else if (rest.StartsWith("**"))
            {
                pattern.Append(".*");
                at++;
            }
            else
            {
                pattern.Append(rest[0] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape(other.ToString()) });
            }
        }

        return pattern.Append('$').ToString();
    }
}
