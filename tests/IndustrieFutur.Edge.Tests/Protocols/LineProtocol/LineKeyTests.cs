using System.Text;
using IndustrieFutur.Edge.Protocols.LineProtocol;

namespace IndustrieFutur.Edge.Tests.Protocols.LineProtocol;

/// <summary>The series of a line, whatever names an integrator has thought of.</summary>
public sealed class LineKeyTests
{
    [Theory]
    [InlineData("speed", "speed")]
    [InlineData("belt speed", "belt\\ speed")]
    [InlineData("a,b=c", "a\\,b\\=c")]
    [InlineData("ends with \\", "ends\\ with\\ /")]
    [InlineData("a\r\nb", "a\\ \\ b")]
    [InlineData("", "-")]
    [InlineData("température", "température")]
    public void Names_are_escaped_as_stores_ask_for(string signal, string escaped)
    {
        var key = Encoding.UTF8.GetString(LineKey.Telemetry("g/e", "plc", signal));

        Assert.Equal($"telemetry,cell=g/e,device=plc,signal={escaped} ", key);
    }
}
