using System.Security.Cryptography;
using System.Text;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What two requests with one id must have in common to be the same one, as a short text.</summary>
internal static class RequestContent
{
    private const int Digits = 15;

    /// <summary>The step's letter, then 15 hexadecimal digits.</summary>
    public static string Of(CommandRequest request) => LetterOf(request.Step) + Hash($"{request.Command}\n{request.Token}\n{ValuesOf(request)}");

    /// <summary>The values as they were written, in one order, each with its length before it.</summary>
    public static string ValuesOf(CommandRequest request) =>
        string.Concat(request.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key.Length}:{value.Key}{value.Value.Length}:{value.Value}"));

    /// <summary>A preparation and its execution may bear one id; they are two requests.</summary>
    public static char LetterOf(RequestStep step) => step switch { RequestStep.Prepare => 'p', RequestStep.Execute => 'x', _ => 's' };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
}
