using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>One signal as the driver asks for it: bound at start-up, allocates nothing.</summary>
internal sealed class DashboardSignal
{
    private readonly int _index;
    private readonly byte[]? _utf8;

    public DashboardSignal(int index, DashboardSignalOptions options)
    {
        _index = index;
        Question = DashboardQuestion.Of(options.Query!.Value);
        _utf8 = options.Query == DashboardQuery.Program ? new byte[options.TextBytes] : null;
    }

    public DashboardQuestion Question { get; }

    /// <summary>Writes the value that the answer says, or that it could not be read.</summary>
    public void Write(ReadOnlySpan<byte> answer, SampleWriter writer, long arrivalMonoNanos)
    {
        if (_utf8 is null)
        {
            var isRead = Question.TryRead(answer, out var value);
            writer.Write(_index, isRead ? StatusCode.Good : StatusCode.BadDecodingError, value, arrivalMonoNanos);
            return;
        }

        if (!Question.TryReadText(answer, out var text))
        {
            writer.Write(_index, StatusCode.BadDecodingError, 0, arrivalMonoNanos);
            return;
        }

        var length = FieldValue.ToUtf8(text, _utf8);
        writer.WriteText(_index, StatusCode.Good, _utf8.AsSpan(0, length), arrivalMonoNanos);
    }
}
