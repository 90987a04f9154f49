using System.Text;

namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>Turns a byte offset of a file into line and column as an editor counts them.</summary>
internal sealed class LineIndex
{
    private readonly byte[] _utf8;
    private readonly List<int> _starts = [0];

    public LineIndex(byte[] utf8)
    {
        _utf8 = utf8;
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == (byte)'\n')
            {
                _starts.Add(i + 1);
            }
        }
    }

    public (int Line, int Column) At(long offset)
    {
        var at = (int)Math.Clamp(offset, 0, _utf8.Length);
        var found = _starts.BinarySearch(at);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, Encoding.UTF8.GetCharCount(_utf8, _starts[line], at - _starts[line]) + 1);
    }
}
