using System.Text;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.People;

/// <summary>A topic with placeholders such as <c>{device}</c>, as a site that has its own order of names wants it.</summary>
internal static class TopicTemplate
{
    /// <summary>Four ids of up to 80 characters still leave it far below what brokers and people stand.</summary>
    private const int BytesMax = 200;

    /// <summary>What is wrong with a template, as a sentence; null: nothing.</summary>
    /// <param name="template">As written.</param>
    /// <param name="needed">Without these two messages would share a topic.</param>
    /// <param name="allowed">What else may stand there.</param>
    public static string? Mistake(string template, IReadOnlyList<string> needed, IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.Length == 0 || Encoding.UTF8.GetByteCount(template) > BytesMax)
        {
            return $"a topic has 1 to {BytesMax} bytes";
        }

        if (template.Any(letter => letter is '+' or '#' || char.IsControl(letter)))
        {
            return "\"+\", \"#\" and control characters have no place in a topic that is published (MQTT 5, 4.7); remove them";
        }

        if (template[0] == '$' || template.Split('/').Contains(""))
        {
            return "a topic neither begins with \"$\" nor has an empty level; write it as people/{device}/{signal}";
        }

        if (template.StartsWith(EdgeTopics.Root + "/", StringComparison.Ordinal) || template.StartsWith("spBv1.0/", StringComparison.Ordinal))
        {
            return $"topics below {EdgeTopics.Root}/ and spBv1.0/ are those of the protocols; choose another first level";
        }

        return Placeholders(template, [.. needed, .. allowed])
            ?? (needed.FirstOrDefault(name => !template.Contains($"{{{name}}}", StringComparison.Ordinal)) is { } missing
                ? $"{{{missing}}} is missing, so several would share one topic; add it"
                : null);
    }

    /// <summary>The topic of one device, or of one signal of it.</summary>
    public static string Fill(string template, string group, string edge, string device, string signal) => template
        .Replace("{group}", group, StringComparison.Ordinal)
        .Replace("{edge}", edge, StringComparison.Ordinal)
        .Replace("{device}", device, StringComparison.Ordinal)
        .Replace("{signal}", signal, StringComparison.Ordinal);

    /// <summary>One in a level: with two, "a-b" and "c" could not be told from "a" and "b-c".</summary>
    private static string? Placeholders(string template, IReadOnlyList<string> known)
    {
        foreach (var level in template.Split('/'))
        {
            var (open, close) = (level.IndexOf('{', StringComparison.Ordinal), level.IndexOf('}', StringComparison.Ordinal));
            if (open < 0 && close < 0)
            {
                continue;
            }

            if (open < 0 || close < open || level.Count(letter => letter is '{' or '}') > 2)
            {
                return $"\"{level}\" must hold one placeholder in braces, such as {{{known[0]}}}";
            }

            var name = level[(open + 1)..close];
            if (!known.Contains(name))
            {
                return $"{{{name}}} is unknown here; there are {string.Join(", ", known.Select(word => $"{{{word}}}"))}";
            }
        }

        return null;
    }
}
