using System.Text;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// A way of browse names from the Objects folder to a variable, with namespaces by URI. A simple form of the standard's relative
/// path (OPC UA Part 4, A.2): '/' before each name, '&amp;' before a character that would mean something.
/// </summary>
internal sealed class OpcUaPath(IReadOnlyList<OpcUaPathStep> steps)
{
    public const string StandardNamespace = "http://opcfoundation.org/UA/";

    /// <summary>Deeper than any information model; each step costs the server a browse.</summary>
    private const int StepsMax = 32;

    private const string UriMark = "nsu=";

    public IReadOnlyList<OpcUaPathStep> Steps => steps;

    /// <summary>False with a sentence that says what to write.</summary>
    public static bool TryParse(string text, out OpcUaPath path, out string error)
    {
        path = new OpcUaPath([]);
        if (!text.StartsWith('/'))
        {
            error = $"\"{text}\" does not begin with '/'; write \"/nsu=<URI>:<name>/<name>...\", from the Objects folder";
            return false;
        }

        var found = new List<OpcUaPathStep>();
        var uri = StandardNamespace;
        var at = 1;
        while (at <= text.Length)
        {
            if (!TryReadUri(text, ref at, ref uri))
            {
                error = $"a namespace stands open at \"{text[at..]}\"; write \"nsu=<URI>:<name>\", the URI as ifedge browse shows it";
                return false;
            }

            if (IndexedName(text, at) is { } indexed)
            {
                error = indexed;
                return false;
            }

            var name = ReadName(text, ref at);
            if (name.Length == 0)
            {
                error = $"a name is missing in \"{text}\"; write one after each '/', and '&/' for a '/' within a name";
                return false;
            }

            found.Add(new OpcUaPathStep(uri, name));
        }

        if (found.Count > StepsMax)
        {
            error = $"the path has {found.Count} names; at most {StepsMax} are allowed, write the variable's \"node\" instead";
            return false;
        }

        path = new OpcUaPath(found);
        error = "";
        return true;
    }

    /// <summary>
    /// "/2:Cell" is how most tools write a namespace, by its index; what to say of it, or null. A name that truly begins so is written
    /// "2&amp;:Cell", or with its namespace before it.
    /// </summary>
    private static string? IndexedName(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end == at || end == text.Length || text[end] != ':' || text[at - 1] != '/')
        {
            return null;
        }

        var step = text[at..(text.IndexOf('/', at) is >= 0 and var slash ? slash : text.Length)];
        var name = OpcUaNode.Short(step[(end - at + 1)..]);
        return text[at..end] == "0"
            ? $"\"{OpcUaNode.Short(step)}\" names the standard's namespace by its index; write \"nsu={StandardNamespace}:{name}\""
            : OpcUaNode.CountsOnIndex(step, $"nsu=<the namespace's URI>:{name}");
    }

    private static bool TryReadUri(string text, ref int at, ref string uri)
    {
        if (!text.AsSpan(at).StartsWith(UriMark, StringComparison.Ordinal))
        {
            return true;
        }

        var start = at + UriMark.Length;
        var end = EndOfUri(text, start);
        if (end <= start)
        {
            return false;
        }

        uri = text[start..end];
        at = end + 1;
        return true;
    }

    /// <summary>
    /// The colon between a URI and its name. A URI has colons and slashes of its own: in "http://vendor.com:80/UA/:Name" it is the one
    /// after a slash, or else the first behind host and port; in "urn:vendor:plc:Name" the last before the next '/'.
    /// </summary>
    private static int EndOfUri(string text, int start)
    {
        var nextUri = text.IndexOf("/" + UriMark, start, StringComparison.Ordinal);
        var step = text[start..(nextUri < 0 ? text.Length : nextUri)];
        var host = step.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        if (host < "://".Length)
        {
            var slash = step.IndexOf('/', StringComparison.Ordinal);
            var colon = (slash < 0 ? step : step[..slash]).LastIndexOf(':');
            return start + colon;
        }

        var afterSlash = step.IndexOf("/:", host, StringComparison.Ordinal);
        if (afterSlash >= 0)
        {
            return start + afterSlash + 1;
        }

        var first = step.IndexOf(':', host);
        var port = first + 1;
        while (first >= 0 && port < step.Length && char.IsAsciiDigit(step[port]))
        {
            port++;
        }

        var isPort = first >= 0 && port > first + 1 && port < step.Length && step[port] is '/' or ':';
        return start + (isPort ? step.IndexOf(':', port) : first);
    }

    private static string ReadName(string text, ref int at)
    {
        var name = new StringBuilder();
        while (at < text.Length && text[at] != '/')
        {
            at += text[at] == '&' && at + 1 < text.Length ? 1 : 0;
            name.Append(text[at++]);
        }

        at++;
        return name.ToString();
    }
}
