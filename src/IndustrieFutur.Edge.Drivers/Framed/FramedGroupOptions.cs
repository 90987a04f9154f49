using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>Signals that one message carries: the answer to a request, or one that comes by itself.</summary>
public sealed class FramedGroupOptions
{
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    [Description("How often the request is sent, such as \"200ms\" or \"2s\". A group without request listens and needs none.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    [Description("What is sent to get the message, such as \"SI\\r\\n\"; the escapes \\r \\n \\t \\0 \\\\ \\xHH are known. Without it the group listens.")]
    public string? Request { get; init; }

    [Required]
    [MinLength(1)]
    [Description("The signals, by id.")]
    public IReadOnlyDictionary<string, FramedSignalOptions> Signals { get; init; } = new Dictionary<string, FramedSignalOptions>();

    internal bool Listens => string.IsNullOrEmpty(Request);
}
