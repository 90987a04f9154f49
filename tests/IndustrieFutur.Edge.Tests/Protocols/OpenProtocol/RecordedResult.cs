using System.Text;

namespace IndustrieFutur.Edge.Tests.Protocols.OpenProtocol;

/// <summary>The MID 0061, revision 1, that the specification prints as its example: a vector that nobody here has made.</summary>
internal static class RecordedResult
{
    public const string Text =
        "02310061001         " +
        "010001" + "0201" + "03airbag7                  " + "04KPOL3456JKLO897          " + "0500" + "06003" + "070000" + "080000" + "091" +
        "101" + "111" + "12000840" + "13001400" + "14001200" + "15000739" + "1600000" + "1709999" + "1800000" + "1900000" +
        "202001-06-02:09:54:09" + "212001-05-29:12:34:33" + "222" + "230000345675";

    /// <summary>Without the NUL behind it.</summary>
    public static byte[] Message => Encoding.ASCII.GetBytes(Text);

    /// <summary>As it travels over TCP.</summary>
    public static byte[] OnTcp => [.. Message, 0];

    /// <summary>The same with another id.</summary>
    public static byte[] WithId(int id) => [.. Encoding.ASCII.GetBytes(Text[..^10] + id.ToString("0000000000", System.Globalization.CultureInfo.InvariantCulture)), 0];
}
