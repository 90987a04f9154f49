using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>
/// Finds a field by a regular expression that runs in linear time. The whole match (group 0) is found without allocation; a group
/// needs a string and a match object for each message, for the framework shows groups in no other way.
/// </summary>
internal sealed class RegexCut : FieldCut
{
    /// <summary>Enough for any pattern of one message's field; beyond, the linear engine's tables grow large.</summary>
    private const int PatternCharactersMax = 500;

    private readonly Regex _regex;
    private readonly int _group;
    private char[] _characters = new char[FrameSettings.UsualBytesMax];

    private RegexCut(Regex regex, int group)
    {
        _regex = regex;
        _group = group;
    }

    public static bool TryMake(string pattern, int group, [NotNullWhen(true)] out FieldCut? cut, out string error)
    {
        cut = null;
        if (pattern.Length > PatternCharactersMax)
        {
            error = $"the pattern is longer than {PatternCharactersMax} characters; describe only what stands around the field";
            return false;
        }

        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException cause)
        {
            error = $"\"{pattern}\" is no regular expression: {cause.Message}";
            return false;
        }
        catch (NotSupportedException)
        {
            error = $"\"{pattern}\" looks around or back, whose time has no limit; write what stands there and take a \"group\"";
            return false;
        }

        if (!regex.GetGroupNumbers().Contains(group))
        {
            error = $"\"{pattern}\" has no group {group}; put parentheses around the field, or take group 0, the whole match";
            return false;
        }

        cut = new RegexCut(regex, group);
        error = "";
        return true;
    }

    /// <inheritdoc/>
    public override bool TryCut(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> field)
    {
        var characters = Widen(frame);
        if (_group == 0)
        {
            foreach (var match in _regex.EnumerateMatches(characters))
            {
                field = frame.Slice(match.Index, match.Length);
                return true;
            }

            field = default;
            return false;
        }

        var found = _regex.Match(characters.ToString()).Groups[_group];
        field = found.Success ? frame.Slice(found.Index, found.Length) : default;
        return found.Success;
    }

    /// <summary>Latin-1: every byte is the character of the same number.</summary>
    private ReadOnlySpan<char> Widen(ReadOnlySpan<byte> frame)
    {
        if (_characters.Length < frame.Length)
        {
            // Once for each longer limit of a frame, not for each frame.
            _characters = new char[frame.Length];
        }

        var count = Encoding.Latin1.GetChars(frame, _characters);
        return _characters.AsSpan(0, count);
    }
}
