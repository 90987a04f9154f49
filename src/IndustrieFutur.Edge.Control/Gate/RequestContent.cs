using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The hash by which a resend is told from another request under the same id.</summary>
internal static class RequestContent
{
    public static string Hash(CommandRequest request)
    {
        var text = new StringBuilder();
        Add(text, request.Step.ToString());
        Add(text, request.Command);
        Add(text, request.Token);
        foreach (var (id, value) in request.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(text, id);
            Add(text, value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    /// <summary>With its length before it, so that no two contents look alike.</summary>
    private static void Add(StringBuilder text, string part) => text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
}
